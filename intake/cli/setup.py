"""`intake setup`: a key ring, a database of the newest schema, the directory; done again, nothing changes."""

import argparse
import json
from contextlib import closing
from dataclasses import dataclass

from config import Settings
from intake import schema
from intake.app import open_workplace
from intake.cli import Commands
from intake.cli.opened import settings
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import KeysMissing
from intake.services.database_there import embedded_file, standing
from intake.services.directory_loading import Loaded
from intake.services.installation import Installations
from intake.services.key_custody import ring_file
from intake.services.shipped_directory import load_shipped
from intake.services.workplace import Services, Workplace

_FOLDER_MODE = 0o700
_NO_RING = (
    "There is a database, and no key ring at {path}. Put back the copy of its key ring that was kept apart "
    "from it: without it nothing in the database can be read, and a new ring would not help. If nobody needs "
    "that database, move it away first and set up again."
)


@dataclass(frozen=True, slots=True)
class Done:
    """What a set-up had to do; nothing of it when all was in place."""

    made_key_ring: bool
    schema_was: str | None
    schema_is: str
    directory: Loaded


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "setup",
        help="make or renew everything the program needs before it can start",
        description="Make the key ring of a new database, bring the database to the newest schema, mark it "
        "as that key ring's own, and load the directory of services. Does only what is left to do: it may "
        "be run again at any time, and is, by 'make setup' and 'make run'.",
        epilog="A key ring is made only where there is no database yet. Where a database is and its key ring "
        "is not, this stops and says so: put the ring back, for a new one would open nothing.",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Set up, and say what was done."""
    found = settings()
    done = set_up(found)
    if args.json:
        print(json.dumps(_as_json(found, done), indent=2))
    else:
        print("\n".join(in_words(found, done)))
    return 0


def set_up(found: Settings) -> Done:
    """Do what is left to do; raises `KeysMissing` or `NotConfigured` where things do not belong together."""
    with closing(Database(found.database_url)) as database:
        there = standing(database, found.tier)
    schema_was, made_key_ring = there.schema, _require_ring(found, in_use=there.in_use)
    place = open_workplace(found)
    with closing(place.database) as database:
        if schema_was is not None:
            # Before anything is changed: a database of another key ring is left as it is.
            with place.reading() as services:
                _installations(services).recognise()
        if schema_was != schema.newest():
            _make_folder(database)
            schema.upgrade(database)
        database.check()
        return Done(made_key_ring, schema_was, schema.newest(), _mark(place))


def _make_folder(database: Database) -> None:
    file = embedded_file(database)
    if file is not None:
        file.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)


def _require_ring(found: Settings, *, in_use: bool) -> bool:
    """Make sure there is a key ring; whether one was made."""
    if found.key_ring.exists():
        return False
    if in_use:
        raise KeysMissing(_NO_RING.format(path=found.key_ring))
    KeyRing.create(ring_file(found.key_ring, found.keys))
    return True


def _mark(place: Workplace) -> Loaded:
    """Mark a new database as this key ring's, and load the directory; what became of that."""
    with place.writing() as services:
        _installations(services).begin(sample=place.tools.sample)
        services.holders.make_missing()
    return load_shipped(place)


def _installations(services: Services) -> Installations:
    tools = services.tools
    return Installations(services.unit, tools.clock, tools.key_ring, services.audit, tools.tier)


def in_words(found: Settings, done: Done) -> list[str]:
    """Return what was done, a line for each thing."""
    lines = []
    if done.made_key_ring:
        lines.append(f"Made a key ring at {found.key_ring}. Keep a copy of it, away from this machine.")
    if done.schema_was is None:
        lines.append(f"Made the database ({done.schema_is}).")
    elif done.schema_was != done.schema_is:
        lines.append(f"Brought the database from schema {done.schema_was} to {done.schema_is}.")
    if done.directory is Loaded.TAKEN:
        lines.append("Loaded the directory of services.")
    elif done.directory is Loaded.OFFERED:
        lines.append("This program brings a newer directory: it waits on the page 'Directory' for approval.")
    return lines or ["Everything is in place."]


def _as_json(found: Settings, done: Done) -> dict[str, object]:
    return {
        "key_ring": str(found.key_ring),
        "made_key_ring": done.made_key_ring,
        "schema_was": done.schema_was,
        "schema_is": done.schema_is,
        "new_directory": done.directory is Loaded.TAKEN,
        "directory": done.directory.value,
    }
