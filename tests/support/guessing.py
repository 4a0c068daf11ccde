"""Three tries at one account: a process that has nothing but the address of a database and the key ring."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from intake.clock import SetClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.services.throttle import Throttle, Try


def main(url: str, ring: str, source: str) -> None:
    """Make them one after another at one moment, and say which were granted."""
    database, clock = Database(url), SetClock(datetime(2026, 11, 23, 10, tzinfo=UTC))
    key_ring, granted = KeyRing.load(Path(ring)), list[bool]()
    for _ in range(3):
        with database.writing() as unit:
            tried = Try("password", b"ann", source)
            granted.append(Throttle(unit, clock, key_ring).take(tried).granted)
    json.dump(granted, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
