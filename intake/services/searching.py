"""Searching for a child: cards opened by the thousand under one entry, and those shown under another.

Names, birthdays and postcodes have no index (ADR 23): a search opens every identity card the actor may
reach now, compares, and lets them go. First it is kept in the trail that so many cards are looked
through; then they are; then it is kept which of them are shown, and only then is anything shown.
"""

import gc
import hmac
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import delete

from intake.audit.event import Subject
from intake.audit.events.searching import SearchRun, SearchShown
from intake.casework.birthdays import born_from
from intake.casework.documents.child import ChildCard
from intake.casework.documents.searching import SearchTerms
from intake.casework.identifiers import Identifier, identifiers_of
from intake.casework.sealed_form import to_bytes
from intake.casework.seeking import Match, Seeker, Sought
from intake.clock import Clock
from intake.crypto.binding import Binding
from intake.crypto.inventory import CHILD_CARD, CONCERN_NAME, REFERRAL_CARD, SEARCH_TERMS
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import NotFound
from intake.ids import new_id
from intake.models.person import FormDraftRow
from intake.models.searching import Search
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.queries.searching import SealedHit, Standing, cards_by_index, cards_within_reach, standing
from intake.services.card_keys import SealedCard, Slow
from intake.services.decoy_marks import DecoyMarks
from intake.services.drafts import Author
from intake.services.hub_case import about, hub_referral
from intake.services.identifiers import Identifiers
from intake.services.keys import CaseKeys
from intake.services.opening import Opened, Opening
from intake.services.staff import Staff
from intake.vocabulary import MatchReason, OrganisationKind, SubjectKind

#: More than this is not an answer; the person says more of whom they look for.
MOST_SHOWN: Final = 20
#: So long does the address of an answer hold: it is gone before the next shift.
KEPT_FOR: Final = timedelta(hours=12)
#: Where a search is typed.
_ASKED_AT: Final = "/search"
_COLUMNS: Final = {
    SubjectKind.REFERRAL: REFERRAL_CARD,
    SubjectKind.CHILD_FILE: CHILD_CARD,
    SubjectKind.CONCERN: CONCERN_NAME,
}


@contextmanager
def _without_walks() -> Iterator[None]:
    """Let Python not walk through the whole program's objects again and again for circles: none is made."""
    walks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if walks:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Hit:
    """A card that was found, and why; it was opened, and is not shown yet."""

    kind: SubjectKind
    id: UUID
    card: ChildCard
    match: Match


@dataclass(frozen=True, slots=True)
class Looked:
    """What a search came to: the likeliest first, how many more there are, and what was not indexed yet.

    `by_index`: whether every record was asked for a number by the index, and not looked through.
    `only_sealed`: the keys that took long to open, which are wrapped before anything is shown.
    """

    subject: Subject
    cards: int
    hits: tuple[Hit, ...]
    more: int
    unindexed: dict[UUID, frozenset[Identifier]]
    only_sealed: tuple[Slow, ...]
    by_index: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """One record as it is shown to whoever searched: whose it is, where it stands, and why it was found."""

    kind: SubjectKind
    id: UUID
    card: ChildCard
    reasons: tuple[MatchReason, ...]
    standing: Standing | None
    taken_by: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown of a search."""

    found: tuple[Found, ...]
    more: int
    cards: int
    by_index: bool


class Searching:
    """Looks for children among the records the actor may open."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        opening: Opening,
        *,
        keys: CaseKeys,
        staff: Staff,
        key_ring: KeyRing,
    ) -> None:
        self._unit = unit
        self._session = unit.session
        self._clock = clock
        self._opening = opening
        self._keys = keys
        self._staff = staff
        self._key_ring = key_ring
        self._identifiers = Identifiers(unit, clock, key_ring)
        self._decoys = DecoyMarks(unit, key_ring)

    def keep(self, actor: Actor, author: Author, terms: SearchTerms) -> UUID:
        """Seal what somebody looks for, for them alone; returns where its answer stands. `NotPermitted`."""
        require_role(actor, Permission.CASE_SEARCH)
        search_id = new_id()
        place = SEARCH_TERMS.place(row_id=search_id, case_id=author.person_id)
        self._session.add(
            Search(
                id=search_id,
                person_id=author.person_id,
                organisation_id=author.organisation_id,
                terms_sealed=self._keys.seal(terms, place, holders=(author.home_id,)),
                made_at=self._clock.now(),
            )
        )
        return search_id

    def terms(self, actor: Actor, author: Author, search_id: UUID) -> SearchTerms:
        """Return what the actor looked for; raises `NotFound` for another's, or once its time is over."""
        require_role(actor, Permission.CASE_SEARCH)
        row = self._session.get(Search, search_id)
        mine = row is not None and (row.person_id, row.organisation_id) == (
            author.person_id,
            author.organisation_id,
        )
        if row is None or not mine or row.made_at < self._clock.now() - KEPT_FOR:
            raise NotFound
        place = SEARCH_TERMS.place(row_id=search_id, case_id=author.person_id)
        return self._keys.unseal(SearchTerms, row.terms_sealed, place, holder=author.home_id)

    def forget_old(self) -> None:
        """Let go of searches whose time is over, and of half-filled ones: earlier versions kept them."""
        self._session.execute(delete(Search).where(Search.made_at < self._clock.now() - KEPT_FOR))
        self._session.execute(delete(FormDraftRow).where(FormDraftRow.path == _ASKED_AT))

    @_without_walks()
    def look(self, actor: Actor, terms: SearchTerms, today: date) -> Looked:
        """Open the cards within the actor's reach and find those that are alike. Raises `NotPermitted`.

        Whole identifiers and nothing else are asked of the index: only the cards they lead to are
        opened, and those it does not know yet.
        """
        born = born_from(terms.born, today)
        sought = Sought((terms.name,) if terms.name.strip() else (), born, terms.other)
        subject = Subject(SubjectKind.ORGANISATION, actor.organisation_id)
        by_index = sought.only_whole and actor.organisation_kind is OrganisationKind.HUB
        if by_index:
            holding = self._identifiers.holding(actor.organisation_id, sought.identifiers)
            sealed = cards_by_index(self._session, actor, self._identifiers.version, holding)
        else:
            sealed = cards_within_reach(self._session, actor, self._identifiers.version)
        opened = self._run(actor, subject, to_bytes(terms), len(sealed))
        return replace(self._compared(subject, opened, sealed, Seeker(sought, today)), by_index=by_index)

    @_without_walks()
    def look_for_earlier(self, actor: Actor, referral_id: UUID, today: date) -> Looked:
        """Look among a service's referrals for others of the child that one is about. Raises `NotFound`.

        Nobody is led to a decoy: its card is compared as every other, and it is not among what is found.
        """
        referral = hub_referral(self._session, actor, Permission.REFERRAL_OPEN, referral_id)
        sealed = cards_within_reach(self._session, actor, self._identifiers.version)
        opened = self._run(actor, about(referral), referral_id.bytes, len(sealed))
        own = next(each for each in sealed if each.id == referral_id)
        seeker = Seeker(Sought.like(opened.unseal(ChildCard, own.blob, _place(own))), today)
        others = [each for each in sealed if each.id != referral_id]
        decoys = self._decoys.standing(actor.organisation_id, (each.id for each in others))
        return self._compared(about(referral), opened, others, seeker, but=decoys)

    def show(self, actor: Actor, looked: Looked) -> Answer:
        """Keep in the trail whom the answer shows, index and wrap what was not, and give the answer."""
        indexed: dict[UUID, frozenset[Identifier]] = {}
        if self._unit.can_record:
            indexed = looked.unindexed
            self._keys.wrap(looked.only_sealed)
        self._identifiers.keep(actor.organisation_id, indexed)
        shown = SearchShown(case_ids=tuple(hit.id for hit in looked.hits), indexed=len(indexed))
        self._opening.record(shown, actor=actor, subject=looked.subject)
        where = {
            kind: standing(self._session, kind, (hit.id for hit in looked.hits if hit.kind is kind))
            for kind in {hit.kind for hit in looked.hits}
        }
        return Answer(
            tuple(self._found(hit, where[hit.kind].get(hit.id)) for hit in looked.hits),
            looked.more,
            looked.cards,
            looked.by_index,
        )

    def _found(self, hit: Hit, at: Standing | None) -> Found:
        taken_by = "" if at is None else self._staff.name(at.taken_by)
        return Found(hit.kind, hit.id, hit.card, hit.match.reasons, at, taken_by)

    def _run(self, actor: Actor, subject: Subject, terms: bytes, cards: int) -> Opened:
        key = self._key_ring.derive("search-terms", actor.organisation_id.bytes)
        event = SearchRun(terms_mac=hmac.digest(key, terms, "sha256")[:16], cards=cards)
        return self._opening.record(event, actor=actor, subject=subject)

    def _compared(
        self,
        subject: Subject,
        opened: Opened,
        sealed: Sequence[SealedHit],
        seeker: Seeker,
        *,
        but: Collection[UUID] = (),
    ) -> Looked:
        hits: list[Hit] = []
        unindexed: dict[UUID, frozenset[Identifier]] = {}
        for each, card in _cards(opened, sealed):
            if not each.indexed:
                unindexed[each.id] = identifiers_of(card)
            match = seeker.match(card)
            if match is not None and each.id not in but:
                hits.append(Hit(each.kind, each.id, card, match))
        hits.sort(key=lambda hit: (hit.match.far, hit.card.full_name.casefold(), hit.id))
        return Looked(
            subject,
            len(sealed),
            tuple(hits[:MOST_SHOWN]),
            max(0, len(hits) - MOST_SHOWN),
            unindexed,
            self._keys.take_sealed(),
        )


def _cards(opened: Opened, sealed: Sequence[SealedHit]) -> Iterator[tuple[SealedHit, ChildCard]]:
    for kind, column in _COLUMNS.items():
        some = [each for each in sealed if each.kind is kind]
        cards = [SealedCard(each.id, each.version, each.blob) for each in some]
        yield from zip(some, opened.unseal_many(ChildCard, column, cards), strict=True)


def _place(hit: SealedHit) -> Binding:
    return _COLUMNS[hit.kind].place(row_id=hit.id, case_id=hit.id, version=hit.version)
