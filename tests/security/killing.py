"""T16: writers killed at any moment; what they said was kept is there, whole, and nothing twice."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from intake import schema
from intake.audit.events.concerns import ConcernRecorded
from intake.audit.trail import Trail
from intake.db import Database
from intake.models.audit import AuditEntry
from intake.models.concern import Alert, Concern
from intake.policy.actor import Actor
from tests.factories.people import People
from tests.factories.school import concern, make_school
from tests.security.outcome import Outcome
from tests.support.place import TestPlace, make_place

_ROUNDS, _PLANTED_ROUNDS = 300, 40
#: Killed further until so many are said to be kept, on a machine that is slow to keep them; but not for ever.
_KEPT, _MOST_ROUNDS = 20_000, 400
_WRITERS = 4
_LONGEST = 1.2
_SOONEST_OPEN = 2.0
_SEED = 16


@dataclass
class Killed:
    """What was said to be kept in all rounds, and what was found afterwards."""

    said: set[UUID] = field(default_factory=set)
    lost: set[UUID] = field(default_factory=set)
    slowest: float = 0.0
    times: int = 0
    faults: list[str] = field(default_factory=list)

    def enough(self, *, too_early: bool) -> bool:
        """Tell whether writers were killed often enough."""
        if too_early:
            return self.times >= _PLANTED_ROUNDS
        return self.times >= (_ROUNDS if len(self.said) >= _KEPT else _MOST_ROUNDS)


def measure(folder: Path) -> Outcome:
    """Kill writers that say what they kept; and writers that say it too early, which must be seen to lie."""
    killed = _rounds(folder / "kept.sqlite3", too_early=False)
    liars = _rounds(folder / "planted.sqlite3", too_early=True)
    if not liars.lost:
        killed.faults.append("nothing is missed of writers who say too early that something is kept")
    figures = {
        "times killed": killed.times,
        "said to be kept": len(killed.said),
        "of it lost": len(killed.lost),
        "slowest to open again": f"{killed.slowest:.2f} s",
        "lost of what was said too early": f"{len(liars.lost)} of {len(liars.said)}",
    }
    kept = len(killed.said)
    not_run = {"as many as were meant": f"{kept} of {_KEPT} in the time there is"} if kept < _KEPT else {}
    return Outcome(figures, tuple(killed.faults), not_run)


def _rounds(path: Path, *, too_early: bool) -> Killed:
    chance, killed = random.Random(_SEED), Killed()
    with closing(Database(f"sqlite:///{path}")) as database:
        schema.upgrade(database)
        place = make_place(database)
        teacher = make_school(place, People(place)).teacher
        database.close()
        while not killed.enough(too_early=too_early):
            killed.times += 1
            killed.said |= _killed(place, teacher, chance.random() * _LONGEST, too_early=too_early)
            began = time.monotonic()
            with place.reading() as services:
                services.unit.session.scalars(select(Concern.id).limit(1)).one_or_none()
            killed.slowest = max(killed.slowest, time.monotonic() - began)
            if not too_early and killed.times % 50 == 0:
                killed.faults += [f"killed {killed.times} times: {each}" for each in _amiss(place)]
            database.close()
        if not too_early:
            killed.faults += [f"in the end: {each}" for each in _amiss(place)]
        with place.reading() as services:
            killed.lost = killed.said - set(services.unit.session.scalars(select(Concern.id)))
    if not too_early:
        checks = {
            f"{len(killed.lost)} that were said to be kept are lost": not killed.lost,
            "nothing was ever said to be kept": bool(killed.said),
            "it took too long to open again": killed.slowest < _SOONEST_OPEN,
        }
        killed.faults += [what for what, good in checks.items() if not good]
    return killed


def _amiss(place: TestPlace) -> list[str]:
    """Return what is half there or there twice: each concern has its entry and alerts, in a whole chain."""
    with place.reading() as services:
        session = services.unit.session
        entered = select(AuditEntry.subject_id).where(AuditEntry.event == ConcernRecorded.NAME)
        counts = [
            Counter(session.scalars(each)) for each in (select(Concern.id), entered, select(Alert.concern_id))
        ]
        chains = Trail(session, place.tools.key_ring).check_everything()
        broken = [f"a chain is broken: {each.fault}" for each in chains if not each.whole]
    same = counts[0] == counts[1] and counts[0].keys() == counts[2].keys()
    return broken + ["concerns, entries and alerts are not the same"] * (not same)


def _killed(place: TestPlace, teacher: Actor, after: float, *, too_early: bool) -> set[UUID]:
    """Start a process of writers, and kill it so many seconds after it began to keep things; what it said."""
    out, into = os.pipe()
    process = multiprocessing.get_context("fork").Process(
        target=_write, args=(place, teacher, into, too_early), daemon=True
    )
    process.start()
    os.close(into)
    with os.fdopen(out, "rb") as told:
        said = told.read(16)
        time.sleep(after)
        os.kill(process.pid or 0, signal.SIGKILL)
        process.join()
        said += told.read()
    return {UUID(bytes=said[at : at + 16]) for at in range(0, len(said) - len(said) % 16, 16)}


def _write(place: TestPlace, teacher: Actor, into: int, too_early: bool) -> None:  # noqa: FBT001 - of a process
    """Record concerns without end, and say each once it is kept: sixteen bytes are written whole or not."""

    def write(_number: int) -> None:
        while True:
            with place.writing() as services:
                made = services.concerns.record(teacher, concern())
                if too_early:
                    os.write(into, made.bytes)
            if not too_early:
                os.write(into, made.bytes)

    with ThreadPoolExecutor(_WRITERS) as writers:
        list(writers.map(write, range(_WRITERS)))
