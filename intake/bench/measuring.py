"""Measures acts in rounds, each round one of each, so that a busy minute is spread over all of them."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Protocol

from sqlalchemy import event

from intake.db import Database

#: These are not measured: in them everything is loaded that is only loaded once.
WARMING_UP = 3
_TWENTIETHS = 20


class Act(Protocol):
    """Something that is done again and again; only `run` is timed. It may be done `times` in one go."""

    @property
    def name(self) -> str: ...

    @property
    def times(self) -> int: ...

    def prepare(self) -> None:
        """Do whatever must have been done before."""

    def run(self) -> None:
        """Do it."""


@dataclass(slots=True)
class Counter:
    """What one database was asked while an act ran."""

    statements: int = 0
    commits: int = 0


@dataclass(slots=True)
class Timings:
    """How long one act took, each time, by the wall and in this process's own work; in seconds."""

    name: str
    wall: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    statements: int = 0
    commits: int = 0

    @property
    def median(self) -> float:
        """Half of them took longer."""
        return median(self.wall)

    @property
    def p95(self) -> float:
        """One in twenty took longer."""
        return quantiles(self.wall, n=_TWENTIETHS, method="inclusive")[-1]

    @property
    def own_median(self) -> float:
        """The median of this process's own work, which other programs of the machine hardly change."""
        return median(self.own)

    def halves(self) -> tuple[float, float]:
        """Return the medians of the first half and of the second."""
        middle = len(self.wall) // 2
        return median(self.wall[:middle]), median(self.wall[middle:])


def in_rounds(
    acts: Sequence[tuple[Act, Counter]], rounds: int, *, warming_up: int = WARMING_UP
) -> tuple[Timings, ...]:
    """Do every act once a round, every other round in the opposite order; returns their timings in order."""
    timings = tuple(Timings(act.name) for act, _ in acts)
    paired = tuple(zip(acts, timings, strict=True))
    gc.collect()
    for number in range(-warming_up, rounds):
        for (act, counter), timing in paired if number % 2 else paired[::-1]:
            act.prepare()
            wall, own = _timed(act, counter)
            if number >= 0:
                timing.wall.append(wall / act.times)
                timing.own.append(own / act.times)
                timing.statements, timing.commits = counter.statements, counter.commits
    return timings


def _timed(act: Act, counter: Counter) -> tuple[float, float]:
    counter.statements = counter.commits = 0
    own, wall = time.process_time(), time.perf_counter()
    act.run()
    return time.perf_counter() - wall, time.process_time() - own


@contextmanager
def counting(database: Database) -> Iterator[Counter]:
    """Give a counter of what this database is asked."""
    counter = Counter()

    def statement(*asked: object) -> None:
        if not str(asked[2]).startswith("BEGIN"):
            counter.statements += 1

    def commit(_connection: object) -> None:
        counter.commits += 1

    event.listen(database.engine, "before_cursor_execute", statement)
    event.listen(database.engine, "commit", commit)
    yield counter
    event.remove(database.engine, "before_cursor_execute", statement)
    event.remove(database.engine, "commit", commit)
