"""Measures a search: every identity card of a duty service opened and compared, in a scratch database."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from intake.bench.bulk import Bulk, bulk_writing, settle
from intake.bench.hand import Hand
from intake.bench.office_hours import MONDAY_AT_TEN, OfficeHours
from intake.bench.roster import HALTON, Roster, fill_roster
from intake.bench.scratch import Scratch, scratch_databases
from intake.casework.documents.child import ChildCard
from intake.casework.documents.searching import SearchTerms
from intake.casework.sealed_form import to_bytes
from intake.casework.signs import current as current_signs
from intake.casework.triage import urgency_rank
from intake.crypto import inventory
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import KeyPair
from intake.ids import new_id
from intake.policy.actor import Actor
from intake.routing.directory_folder import read_directory
from intake.services.holders import newest_pairs
from intake.services.sessions import SessionLimits
from intake.services.shelf import Shelf
from intake.services.workplace import Tools, Workplace
from intake.vocabulary import Answer, Compartment, Nation, OrganisationKind, ReferralState, Role

_ROUNDS = 5
_TODAY = MONDAY_AT_TEN.date()
#: How many names there are to draw from; the name of rank r is borne in proportion to 1 / (r + 7).
_GIVEN, _FAMILY = 3_000, 30_000
_FLATTENED = 7
_SYLLABLES = (
    "ba",
    "cor",
    "den",
    "el",
    "fi",
    "gra",
    "hol",
    "is",
    "ka",
    "lin",
    "mo",
    "nor",
    "pe",
    "ri",
    "sta",
    "wy",
)


@dataclass(frozen=True, slots=True)
class SearchMeasured:
    """What one search takes in seconds, by its number of cards: on the wall, and of the processor.

    Before the first search of a service every key is only sealed: it wraps them, and indexes every card.
    """

    cards: int
    first_seconds: float
    seconds: float
    processor_seconds: float
    found: int


def measure_search(
    sizes: tuple[int, ...], database_url: str | None, say: Callable[[str], None]
) -> tuple[SearchMeasured, ...]:
    """Fill a scratch database for each size and search it several times over. Raises `NotConfigured`."""
    with scratch_databases(database_url, sizes, keep=False) as scratches:
        return tuple(_measured(each, say) for each in scratches)


def _measured(scratch: Scratch, say: Callable[[str], None]) -> SearchMeasured:
    say(f"Filling a database with {scratch.referrals:,} children's cards")
    tools = Tools(
        clock=OfficeHours(),
        key_ring=KeyRing.new(),
        shelf=Shelf(read_directory()),
        catalogue=current_signs(),
        session_limits=SessionLimits(idle=timedelta(hours=1), absolute=timedelta(hours=1)),
        public_url="http://localhost",
        sample=False,
    )
    place = Workplace(scratch.database, tools)
    worker, terms = _fill(place, scratch.referrals), _terms(scratch.referrals)
    say("Searching")
    (first, _, _), *rounds = (_search(place, worker, terms) for _ in range(_ROUNDS + 1))
    return SearchMeasured(
        cards=scratch.referrals,
        first_seconds=first,
        seconds=median(wall for wall, _, _ in rounds),
        processor_seconds=median(own for _, own, _ in rounds),
        found=rounds[0][2],
    )


def _terms(cards: int) -> SearchTerms:
    """Ask after a child who is there: both names and the year, as somebody rings and says them."""
    child = next(_children(cards))
    born = str(child.born_on.year) if child.born_on else ""
    return SearchTerms(f"{child.given_name} {child.family_name}", born, "")


def _search(place: Workplace, worker: Actor, terms: SearchTerms) -> tuple[float, float, int]:
    wall, own = time.perf_counter(), time.process_time()
    with place.opening() as services:
        looked = services.searching.look(worker, terms, _TODAY)
    with place.opening() as services:
        answer = services.searching.show(worker, looked)
    return time.perf_counter() - wall, time.process_time() - own, len(answer.found) + answer.more


def _fill(place: Workplace, cards: int) -> Actor:
    """Put so many referrals with their cards and keys into one hub; returns one of its workers."""
    roster = fill_roster(place)
    with place.reading() as services:
        pairs = newest_pairs(services.unit.session, place.tools.key_ring)
    with bulk_writing(place.database) as bulk:
        for card in _children(cards):
            _put(bulk, pairs, roster, card)
            bulk.write_if_many()
    settle(place.database)
    hub = roster.hubs[0]
    roles = frozenset({Role.DUTY_WORKER})
    return Actor(hub.people[0], hub.id, OrganisationKind.HUB, roles, new_id(), second_factor=True)


def _put(bulk: Bulk, pairs: dict[UUID, KeyPair], roster: Roster, card: ChildCard) -> None:
    hand, referral_id, received = Hand(bulk, pairs, {}), new_id(), ReferralState.RECEIVED
    school, hub = roster.schools[0], roster.hubs[0]
    key = hand.key(referral_id, Compartment.IDENTITY, MONDAY_AT_TEN, hub.id, only_sealed=True)
    sealed, _ = hand.seal(inventory.REFERRAL_CARD, referral_id, key, to_bytes(card))
    bulk.add(
        "referral",
        id=referral_id,
        reference=f"R-{referral_id.hex[-13:]}",
        school_id=school.id,
        sent_by=school.people[0],
        hub_id=hub.id,
        service_slug=hub.slug,
        authority_code=HALTON,
        nation=Nation.ENGLAND,
        directory_version="bench",
        state=received,
        needs_allocation=False,
        in_queue=True,
        danger_now=Answer.NO,
        missing_now=Answer.NO,
        urgency_rank=urgency_rank(Answer.NO, Answer.NO, None, received),
        submitted_at=MONDAY_AT_TEN,
        received_at=MONDAY_AT_TEN,
        clock_starts_at=MONDAY_AT_TEN,
        due_at=MONDAY_AT_TEN,
        version=1,
    )
    bulk.add("referral_sent", referral_id=referral_id, document_sealed=sealed, card_sealed=sealed)


def _children(many: int) -> Iterator[ChildCard]:
    """Make up children whose names are as varied as a county's, some common and most rare."""
    chance = random.Random(many)  # noqa: S311 - invented children, the same ones in every run
    given_names, family_names = (
        chance.choices(range(names), [1 / (rank + _FLATTENED) for rank in range(names)], k=many)
        for names in (_GIVEN, _FAMILY)
    )
    for number, (given_name, family_name) in enumerate(zip(given_names, family_names, strict=True)):
        yield ChildCard(
            given_name=_name(given_name),
            family_name=_name(family_name),
            known_as="",
            born_on=date(2008, 1, 1) + timedelta(days=chance.randrange(4_000)),
            age_about="",
            home_address=f"{number % 90} Nowhere Street",
            home_postcode="WA8 7QF",
            year_group="9",
            nhs_number=f"{chance.randrange(10**10):010}",
            identifiers=f"07700 9{number % 100_000:05}",
        )


def _name(number: int) -> str:
    parts: list[str] = []
    while number or not parts:
        number, at = divmod(number, len(_SYLLABLES))
        parts.append(_SYLLABLES[at])
    return "".join(parts).capitalize()
