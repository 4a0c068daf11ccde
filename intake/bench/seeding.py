"""Fills a scratch database with as many referrals as are asked for, and all that comes with them."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from intake.bench.bulk import bulk_writing, settle
from intake.bench.chains import Chain
from intake.bench.hand import Hand
from intake.bench.hub_rows import HubRows
from intake.bench.made_up import VARIETY, referral_draft, words
from intake.bench.office_hours import MONDAY_AT_TEN
from intake.bench.roster import Place, Roster, fill_roster
from intake.bench.school_rows import SchoolRows
from intake.bench.story import Story
from intake.casework.sealed_form import to_bytes
from intake.crypto.data_keys import DataKey
from intake.crypto.pairs import KeyPair
from intake.errors import NotConfigured
from intake.models.key_grant import KeyGrant
from intake.services.holders import held_grants, newest_pairs, open_held
from intake.services.routing_desk import Routed
from intake.services.workplace import Workplace
from intake.vocabulary import Answer, Colour, Compartment, ConcernState, ReferralState

FEWEST = 200
NOTES = 50
#: So many referrals have fifty notes each: they are opened in turn.
_THICK = 20
_UNREAD = 12
_HISTORY = timedelta(days=400)
#: How far a hub has come with every ten referrals of a school: half wait, half are decided.
_STATES = (
    *(ReferralState.RECEIVED,) * 4,
    ReferralState.ACKNOWLEDGED,
    *(ReferralState.DECIDED,) * 5,
)
_COLOURS = (Colour.RED, Colour.AMBER, Colour.GREEN, Colour.BLUE)


@dataclass(frozen=True, slots=True)
class Seeded:
    """What is in the database now: who, the referrals with fifty notes, how many rows, in what time."""

    roster: Roster
    thick: tuple[UUID, ...]
    rows: int
    seconds: float


def seed(place: Workplace, referrals: int) -> Seeded:
    """Fill an empty database; the first school has sent every second referral, the first hub most of them."""
    if referrals < FEWEST:
        raise NotConfigured(f"bench measures a full page: {FEWEST} referrals are the fewest it can do with.")
    began = time.perf_counter()
    roster = fill_roster(place)
    people_keys, pairs = _people_keys(place), _pairs(place)
    stories = Stories(place, roster, referrals)
    with bulk_writing(place.database) as bulk:
        places = (*roster.schools, *roster.hubs)
        connection = bulk.connection
        chains = {each.id: Chain(connection, place.tools.key_ring, each.id) for each in places}
        hand = Hand(bulk, pairs, chains)
        thick = tuple(_put_all(stories, hand, people_keys))
        bulk.write()
        for chain in chains.values():
            chain.end(connection)
    settle(place.database)
    return Seeded(roster, thick, bulk.written, time.perf_counter() - began)


def _put_all(stories: "Stories", hand: Hand, people_keys: dict[UUID, DataKey]) -> Iterator[UUID]:
    """Put every case; yields the referrals with fifty notes."""
    school_rows, hub_rows = SchoolRows(hand, people_keys), HubRows(hand)
    for story in stories:
        about = school_rows.referral(story, school_rows.concern(story))
        hub_rows.triage(story, about)
        hand.bulk.write_if_many()
        if story.notes == NOTES and about.id is not None:
            yield about.id
    for story in stories.last(_UNREAD):
        school_rows.concern(story, ConcernState.RECORDED)


class Stories:
    """The cases to be told, oldest first."""

    def __init__(self, place: Workplace, roster: Roster, many: int) -> None:
        self._roster = roster
        self._many = many
        self._routed = {school.id: _routed(place, school) for school in roster.schools}

    def __iter__(self) -> Iterator[Story]:
        return map(self._story, range(self._many))

    def last(self, many: int) -> Iterator[Story]:
        """Yield stories of the last hours in the first school."""
        return (self._story(self._many - 2 * number - 2) for number in range(many))

    def _story(self, number: int) -> Story:
        schools, turn = self._roster.schools, number // 2
        school = schools[0] if number % 2 == 0 else schools[1 + turn % (len(schools) - 1)]
        routed, trace = self._routed[school.id]
        state = _STATES[turn % len(_STATES)]
        seen = state is not ReferralState.RECEIVED
        # The thick ones are the newest of the first school that a worker has in hand: one in twenty.
        newest = school is schools[0] and number >= self._many - 2 * len(_STATES) * _THICK
        thick = newest and state is ReferralState.ACKNOWLEDGED
        return Story(
            school=school,
            hub=self._roster.hub_of(school),
            at=MONDAY_AT_TEN - _HISTORY * ((self._many - number) / self._many),
            routed=routed,
            trace=trace,
            words=words(number % VARIETY, school.authority),
            danger_now=Answer.YES if turn % 7 == 0 else Answer.NO,
            state=state,
            colour=_COLOURS[turn % len(_COLOURS)] if seen else None,
            notes=NOTES if thick else 2 * (turn % 6 == 0),
            has_mail=turn % 4 == 0,
        )


def _routed(place: Workplace, school: Place) -> tuple[Routed, bytes]:
    """Put one question to the engine for each school: its answer is every one of its referrals'."""
    with place.reading() as services:
        routed = services.routing.ask(referral_draft(0, school.authority), school_id=school.id)
    return routed, to_bytes(routed.trace())


def _pairs(place: Workplace) -> dict[UUID, KeyPair]:
    """Return each organisation's pair, which making its people has made."""
    with place.reading() as services:
        return newest_pairs(services.unit.session, place.tools.key_ring)


def _people_keys(place: Workplace) -> dict[UUID, DataKey]:
    """Return each organisation's key for staff cards and mail, which making its people has made."""
    with place.reading() as services:
        found = held_grants(services.unit.session, KeyGrant.compartment == Compartment.PEOPLE)
        return {grant.case_id: open_held(place.tools.key_ring, grant, kept) for grant, kept in found}
