"""Measures how long it takes to sign a long trail, and to check it from end to end."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from intake.audit.chain import GENESIS, chain_key, head_at
from intake.audit.event import Subject
from intake.audit.events.concerns import ConcernRead
from intake.audit.log_check import LogCheck
from intake.audit.log_writer import LogWriter
from intake.audit.note import LogKey
from intake.audit.trail import Trail
from intake.bench.bulk import bulk_writing, settle
from intake.bench.chains import Chain, Happening
from intake.bench.scratch import scratch_databases
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.ids import new_id
from intake.models import METADATA
from intake.vocabulary import SubjectKind

#: As in a real one, most is done by a few people, and every third entry notes what was sealed.
_PEOPLE = 300
_SUBJECTS = 5_000
_CHAINS = 4
_SEALED_EVERY = 3
_HEADS = METADATA.tables["audit_head"]


@dataclass(frozen=True, slots=True)
class TrailMeasured:
    """What signing and checking took, in seconds on the wall and of this processor."""

    entries: int
    checkpoints: int
    sign_seconds: float
    chains_seconds: float
    chains_processor_seconds: float
    log_seconds: float
    log_processor_seconds: float

    @property
    def verify_seconds(self) -> float:
        """What `intake audit verify` takes."""
        return self.chains_seconds + self.log_seconds


def measure_trail(entries: int, url: str | None, now: datetime, say: Callable[[str], None]) -> TrailMeasured:
    """Fill a scratch database with so many entries, sign them, and check everything."""
    key_ring = KeyRing.new()
    key = LogKey(key_ring)
    with scratch_databases(url, (entries,), keep=False) as (scratch,):
        database = scratch.database
        say(f"Writing {entries:,} entries.")
        _fill(database, key_ring, entries, now)
        say("Signing them.")
        began, checkpoints = time.perf_counter(), 0
        while _sign(database, key, now):
            checkpoints += 1
        signed = time.perf_counter()
        say("Checking them.")
        with database.reading() as unit:
            walls, works = [time.perf_counter()], [time.process_time()]
            whole = all(each.whole for each in Trail(unit.session, key_ring).check_everything())
            walls.append(time.perf_counter())
            works.append(time.process_time())
            log = LogCheck(unit.session, key).run()
            walls.append(time.perf_counter())
            works.append(time.process_time())
        if not (whole and log.whole and log.entries == entries):
            raise RuntimeError("what nobody touched was not found whole")
        return TrailMeasured(
            entries=entries,
            checkpoints=checkpoints,
            sign_seconds=signed - began,
            chains_seconds=walls[1] - walls[0],
            chains_processor_seconds=works[1] - works[0],
            log_seconds=walls[2] - walls[1],
            log_processor_seconds=works[2] - works[1],
        )


def _sign(database: Database, key: LogKey, now: datetime) -> bool:
    with database.writing() as unit:
        return LogWriter(unit.session, key).append(now) is not None


def _fill(database: Database, key_ring: KeyRing, entries: int, now: datetime) -> None:
    organisations = [new_id() for _ in range(_CHAINS)]
    people, subjects = [new_id() for _ in range(_PEOPLE)], [new_id() for _ in range(_SUBJECTS)]
    with bulk_writing(database) as bulk:
        for each in organisations:
            head = head_at(chain_key(key_ring, each), each, 0, GENESIS)
            row = {"organisation_id": each, "seq": 0, "mac": head.mac, "seal": head.seal}
            bulk.connection.execute(_HEADS.insert(), row)
        chains = [Chain(bulk.connection, key_ring, each) for each in organisations]
        for number in range(entries):
            subject = subjects[number * 7 % _SUBJECTS]
            happening = Happening(
                ConcernRead(),
                now - timedelta(seconds=entries - number),
                people[number % _PEOPLE],
                Subject(SubjectKind.CONCERN, subject, "C-7K3M-9QTX"),
                sealed=(_noted(subject),) if number % _SEALED_EVERY == 0 else (),
            )
            chains[number % _CHAINS].add(bulk, happening)
            bulk.write_if_many()
        for chain in chains:
            chain.end(bulk.connection)
    settle(database)


def _noted(subject: UUID) -> tuple[str, str, int, str]:
    return "concern.words_sealed", str(subject), 1, subject.hex * 2
