"""Measures many schools submitting to one hub at once, with the chain of the trail and without it."""

import multiprocessing
import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import count
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from statistics import median
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import make_url

from intake.audit.chain import GENESIS, Head
from intake.audit.log import AuditLog
from intake.bench.acts import signed_in
from intake.bench.made_up import concern_draft, referral_draft
from intake.bench.roster import HALTON, fill_roster
from intake.bench.scratch import scratch_databases
from intake.bench.upon import workplace_upon
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import NotConfigured
from intake.policy.actor import Actor
from intake.services.workplace import Services, Workplace

SCHOOLS, WRITERS = 64, 16
#: Every flush of the server's journal waits ten milliseconds, as if its disk were far away.
_SLOW = "-ccommit_delay=10000 -ccommit_siblings=0"
#: As the column is wide; two that are the same are as good as never drawn.
_SEQ_BITS = 30
_SECONDS = 120
_NUMBERS = count()
_Told = tuple[float, float]


class Unchained(AuditLog):
    """The same entries, each the end of a chain of its own: nobody waits for anybody's, and none is moved."""

    def _lock_heads(self, organisation_ids: set[UUID]) -> Iterable[tuple[UUID, Head]]:
        return [(each, Head(secrets.randbits(_SEQ_BITS), GENESIS, b"")) for each in organisation_ids]

    def _move_heads(self, moved: list[dict[str, Any]]) -> None:
        """Leave them where they are."""


@dataclass(frozen=True, slots=True)
class SubmittingMeasured:
    """Referrals submitted in a second, median of the rounds, and what share of the speed the chain leaves."""

    schools: int
    writers: int
    rounds: int
    submitted: int
    with_the_chain: float
    without_it: float
    share: float
    load: float


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two that are compared: a database with the schools in it, with the chain or without."""

    url: str
    key_ring: KeyRing
    leads: tuple[Actor, ...]
    chained: bool

    def services(self, services: Services) -> Services:
        """Return the services as this side has them."""
        if not self.chained:
            tools = services.tools
            services.audit = Unchained(services.unit, tools.clock, tools.key_ring, tools.tier)
        return services


def measure_submitting(
    each: int,
    rounds: int,
    url: str | None,
    say: Callable[[str], None],
    *,
    writers: int = WRITERS,
    schools: int = SCHOOLS,
) -> SubmittingMeasured:
    """Have every writer submit `each` referrals a round, by turns with the chain and without it."""
    if url is None:
        raise NotConfigured("Writers wait for one another only upon a server: say --database-url.")
    load = os.getloadavg()[0]
    slow = make_url(url).update_query_dict({"options": _SLOW})
    with scratch_databases(slow.render_as_string(hide_password=False), (1, 2), keep=False) as scratches:
        say(f"Founding {schools} schools, twice")
        sides = [
            _founded(scratch.database, scratch.url, schools, chained=chained)
            for scratch, chained in zip(scratches, (True, False), strict=True)
        ]
        say(f"Submitting, {rounds} rounds")
        speeds: dict[bool, list[float]] = {True: [], False: []}
        for number in range(-1, rounds):
            for side in sides if number % 2 else sides[::-1]:
                speed = _speed(side, each, writers)
                if number >= 0:
                    speeds[side.chained].append(speed)
    return SubmittingMeasured(
        schools=schools,
        writers=writers,
        rounds=rounds,
        submitted=2 * rounds * writers * each,
        with_the_chain=median(speeds[True]),
        without_it=median(speeds[False]),
        share=median(one / other for one, other in zip(speeds[True], speeds[False], strict=True)),
        load=load,
    )


def _founded(database: Database, url: str, schools: int, *, chained: bool) -> _Side:
    place = workplace_upon(database, KeyRing.new())
    roster = fill_roster(place, {HALTON: schools})
    leads = tuple(signed_in(place, school, 0)[1] for school in roster.schools)
    return _Side(url, place.tools.key_ring, leads, chained)


def _speed(side: _Side, each: int, writers: int) -> float:
    """Return how many a second processes of their own submit, who all begin at once."""
    context = multiprocessing.get_context("fork")
    begins, told = context.Barrier(writers), context.SimpleQueue()
    processes = [
        context.Process(target=_submit, args=(side, side.leads[number::writers], each, begins, told))
        for number in range(writers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("a writer did not come to its end")
    spans: list[_Told] = [told.get() for _ in processes]
    return writers * each / (max(end for _, end in spans) - min(begin for begin, _ in spans))


def _submit(
    side: _Side, mine: tuple[Actor, ...], each: int, begins: Barrier, told: "SimpleQueue[_Told]"
) -> None:
    """Submit for one writer's share of the schools what was recorded before any writer begins."""
    with closing(Database(side.url, pool_size=1)) as database:
        place = workplace_upon(database, side.key_ring)
        drafts = [_recorded(side, place, mine[turn % len(mine)]) for turn in range(each)]
        begins.wait(_SECONDS)
        began = monotonic()
        for turn, concern_id in enumerate(drafts):
            draft = replace(referral_draft(next(_NUMBERS), HALTON), concern_ids=(concern_id,))
            with place.writing() as services:
                side.services(services).referrals.submit(mine[turn % len(mine)], draft)
        told.put((began, monotonic()))


def _recorded(side: _Side, place: Workplace, lead: Actor) -> UUID:
    with place.writing() as services:
        return side.services(services).concerns.record(lead, concern_draft(next(_NUMBERS)))
