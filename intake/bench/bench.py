"""One run: databases filled, everything measured by turns, the databases gone."""

import os
import platform
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from intake.audit.trail import Trail
from intake.bench.acts import acts
from intake.bench.floors import floors, transactions
from intake.bench.measuring import Act, Counter, Timings, counting, in_rounds
from intake.bench.results import Filled, Results
from intake.bench.scratch import Scratch, scratch_databases
from intake.bench.seeding import Seeded, seed
from intake.bench.start_up import start_ups
from intake.bench.upon import MakeApp, workplace_upon
from intake.bench.visitor import WentWrong
from intake.crypto.key_ring import KeyRing
from intake.errors import NotConfigured
from intake.services.workplace import Workplace

VERIFY = "audit verify, each entry"
_FEWEST_TIMES = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run is asked to do; `root` is the folder the program is started in."""

    sizes: tuple[int, ...]
    rounds: int
    starts: int
    root: Path
    database_url: str | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class _Ready:
    """One filled database with the application upon it."""

    scratch: Scratch
    place: Workplace
    seeded: Seeded
    app: Flask


def run(asked: Asked, make_app: MakeApp, say: Callable[[str], None]) -> Results:
    """Measure everything; `say` is told how far it has come. Raises `IntakeError`."""
    if min(asked.rounds, asked.starts) < _FEWEST_TIMES:
        raise NotConfigured("bench measures everything twice at the least: a median of one says nothing.")
    load, key_ring = os.getloadavg()[0], KeyRing.new()
    with scratch_databases(asked.database_url, asked.sizes, keep=asked.keep) as scratches:
        ready = [_fill(each, key_ring, make_app, say) for each in scratches]
        say(f"Measuring, {asked.rounds} rounds")
        bare, by_size = _measure(ready, asked.rounds)
        say("Starting up")
        started, *starting = start_ups(asked.root, scratches, key_ring, asked.starts)
        say("Verifying the trails")
        acted = {
            each.scratch.referrals: (*timings, _verify(each), start)
            for each, timings, start in zip(ready, by_size, starting, strict=True)
        }
        filled = tuple(
            Filled(each.scratch.referrals, each.seeded.rows, each.seeded.seconds, each.scratch.bytes())
            for each in ready
        )
        if asked.keep:
            for each in scratches:
                say(f"Kept: {each.url}")
        return Results(
            database=_version(scratches[0]),
            machine=f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}",
            load=load,
            processors=os.cpu_count() or 1,
            rounds=asked.rounds,
            filled=filled,
            floors=(*bare, started),
            acts=acted,
        )


def _fill(scratch: Scratch, key_ring: KeyRing, make_app: MakeApp, say: Callable[[str], None]) -> _Ready:
    say(f"Filling a database with {scratch.referrals:,} referrals")
    place = workplace_upon(scratch.database, key_ring)
    return _Ready(scratch, place, seed(place, scratch.referrals), make_app(place))


def _measure(ready: list[_Ready], rounds: int) -> tuple[tuple[Timings, ...], list[tuple[Timings, ...]]]:
    """Measure the floors and every act on every database in the same rounds; T is that of the largest."""
    largest = max(ready, key=lambda each: each.scratch.referrals)
    with ExitStack() as stack:
        bare = stack.enter_context(floors())
        durable = stack.enter_context(transactions(largest.scratch.database))
        todo: list[tuple[Act, Counter]] = [(act, Counter()) for act in (*bare, durable)]
        many = len(todo)
        for each in ready:
            counter = stack.enter_context(counting(each.scratch.database))
            todo += [(act, counter) for act in acts(each.app, each.place, each.seeded)]
        timings = in_rounds(_by_turns(todo, many, len(ready)), rounds)
    return _sorted_out(timings, many, len(ready))


def _by_turns(todo: list[tuple[Act, Counter]], many: int, databases: int) -> list[tuple[Act, Counter]]:
    """Put the same act on each database side by side: what disturbs one disturbs the others."""
    acted = todo[many:]
    each = len(acted) // databases
    return todo[:many] + [
        acted[start + number] for number in range(each) for start in range(0, len(acted), each)
    ]


def _sorted_out(
    timings: tuple[Timings, ...], many: int, databases: int
) -> tuple[tuple[Timings, ...], list[tuple[Timings, ...]]]:
    return timings[:many], [timings[many + start :: databases] for start in range(databases)]


def _verify(ready: _Ready) -> Timings:
    """Check every chain that was added to; raises `WentWrong` for one that is not whole."""
    timing = Timings(VERIFY)
    with ready.place.reading() as services:
        trail = Trail(services.unit.session, ready.place.tools.key_ring)
        for place in (ready.seeded.roster.schools[0], ready.seeded.roster.hubs[0]):
            wall, own = time.perf_counter(), time.process_time()
            checked = trail.check(place.id)
            if not checked.whole:
                raise WentWrong(f"The trail of a scratch database is broken: {checked.fault}")
            timing.wall.append((time.perf_counter() - wall) / checked.entries)
            timing.own.append((time.process_time() - own) / checked.entries)
    return timing


def _version(scratch: Scratch) -> str:
    if scratch.database.is_sqlite:
        return f"SQLite {sqlite3.sqlite_version}"
    with scratch.database.engine.connect() as connection:
        return f"PostgreSQL {connection.execute(text('SHOW server_version')).scalar_one()}"
