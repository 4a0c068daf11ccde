"""Measures what share of the page of a long case is keys, decryption and the trail."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter, process_time

from sqlalchemy import select

from intake.audit.log import AuditLog
from intake.bench.acts import signed_in
from intake.bench.measuring import WARMING_UP
from intake.bench.scratch import scratch_databases
from intake.bench.seeding import FEWEST, NOTES, seed
from intake.bench.spans import Named, Spans, spanning
from intake.bench.upon import MakeApp, workplace_upon
from intake.bench.visitor import Visitor
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.models.referral import Referral
from intake.services.keys import CaseKeys

_KINDS: Named = {
    "keys": ((CaseKeys, "load"), (KeyRing, "derive"), (KeyRing, "open_pair")),
    # With the reading of the document that was opened.
    "decryption": ((CaseKeys, "unseal_on_record"), (CaseKeys, "unseal_on_record_many")),
    # With the commit of the record, and whatever it writes.
    "trail": ((AuditLog, "record"), (Unit, "commit_record")),
}
_TELLS = (process_time, perf_counter)
_Spent = Mapping[str, float]
_PAGE = "page"


@dataclass(frozen=True, slots=True)
class PageMeasured:
    """Medians in milliseconds of the processor; the share of the three in its time and in the wall's."""

    notes: int
    page: float
    keys: float
    decryption: float
    trail: float
    share: float
    share_on_the_wall: float


def measure_page(
    notes: int, rounds: int, url: str | None, make_app: MakeApp, say: Callable[[str], None]
) -> PageMeasured:
    """Fill a scratch database, write so many notes on one referral, and open its page over and over."""
    with scratch_databases(url, (FEWEST,), keep=False) as (scratch,):
        place = workplace_upon(scratch.database, KeyRing.new())
        say("Filling a database")
        seeded = seed(place, FEWEST)
        hub, referral_id = seeded.roster.hubs[0], seeded.thick[0]
        with place.reading() as services:
            taken_by = select(Referral.acknowledged_by).where(Referral.id == referral_id)
            worker = services.unit.session.scalars(taken_by).one()
        token, actor = signed_in(place, hub, hub.people.index(worker) if worker in hub.people else 0)
        say(f"Writing {notes - NOTES} notes more")
        for number in range(notes - NOTES):
            with place.writing() as services:
                services.notes.write(actor, referral_id, f"Rang the school again, note {number}. " * 6)
        say(f"Opening the page, {rounds} times by either clock")
        visitor, path = Visitor(make_app(place), token), f"/queue/{referral_id}"
        by_processor, on_the_wall = _opened(visitor, path, rounds)
    middle = {kind: 1e3 * median(each[kind] for each in by_processor) for kind in (_PAGE, *_KINDS)}
    return PageMeasured(
        notes=notes,
        page=middle[_PAGE],
        keys=middle["keys"],
        decryption=middle["decryption"],
        trail=middle["trail"],
        share=median(map(_share, by_processor)),
        share_on_the_wall=median(map(_share, on_the_wall)),
    )


def _opened(visitor: Visitor, path: str, rounds: int) -> tuple[list[_Spent], list[_Spent]]:
    """Open the page by turns under either clock; gives what each opening spent on what."""
    found: tuple[list[_Spent], list[_Spent]] = ([], [])
    for number in range(-WARMING_UP, rounds):
        for tell, kept in zip(_TELLS, found, strict=True):
            spans = Spans(tell)
            with spanning(spans, _KINDS), spans.of("rest"):
                visitor.get(path)
            if number >= 0:
                kept.append({**dict.fromkeys(_KINDS, 0.0), **spans.spent, _PAGE: sum(spans.spent.values())})
    return found


def _share(spent: _Spent) -> float:
    return sum(spent[kind] for kind in _KINDS) / spent[_PAGE]
