"""Children's files: looking a child up on the roll, and saying which child a concern is about."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from intake.audit.event import Event, Subject
from intake.audit.events.concerns import (
    ChildFileCreated,
    ChildFileOpened,
    ChildFilePutRight,
    ConcernMatched,
    RollSearched,
)
from intake.audit.events.searching import SearchShown
from intake.audit.log import AuditLog
from intake.casework.documents.child import ChildCard
from intake.casework.objections import says_something
from intake.casework.seeking import Seeker, Sought
from intake.clock import Clock
from intake.crypto.inventory import CHILD_CARD
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import Refused, StaleVersion
from intake.ids import new_id
from intake.models.concern import ChildFile, Concern
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.queries.concerns import ConcernCard, about_child
from intake.queries.erasures import standing_hold
from intake.queries.open_to import open_to
from intake.queries.restrictions import spread_from_file
from intake.services.card_keys import SealedCard
from intake.services.case_locks import lock_files
from intake.services.concern_reading import whole_card
from intake.services.concern_rows import concern_for, file_for, subject_of
from intake.services.earlier_cards import Earlier, replace_card, said_before
from intake.services.kept_out import follow_into_file
from intake.services.keys import CaseKeys
from intake.services.opening import Opening
from intake.services.staff import Staff
from intake.vocabulary import Compartment, SubjectKind

#: More than this is not a choice; the person types more of the name.
MOST_FOUND = 12
#: No name is longer, and every one of the school's children is compared with it.
_LONGEST_NAME = 200
_HOME = frozenset({"home_address", "home_postcode", "address_withheld"})


@dataclass(frozen=True, slots=True)
class OnRoll:
    """A child of the school as they are offered for choosing."""

    id: UUID
    card: ChildCard


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A child's file: the card and those before it, and the concerns in it that its reader may read."""

    id: UUID
    version: int
    made_at: datetime
    card: ChildCard
    concerns: tuple[ConcernCard, ...]
    earlier: tuple[Earlier, ...]


class Children:
    """Finds, makes and opens children's files, and puts them right."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        *,
        keys: CaseKeys,
        opening: Opening,
        staff: Staff,
        key_ring: KeyRing,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._opening = opening
        self._staff = staff
        self._key_ring = key_ring

    def search(self, actor: Actor, typed: str, today: date) -> tuple[OnRoll, ...]:
        """Return the children of the actor's school whose name may be the one typed, the likeliest first.

        Names are never indexed: the school's cards are opened, under one entry of the trail, and compared.
        """
        require_role(actor, Permission.CHILD_SEARCH)
        typed = typed[:_LONGEST_NAME]
        rows = self._session.scalars(
            select(ChildFile).where(
                ChildFile.organisation_id == actor.organisation_id, open_to(actor, ChildFile.id)
            )
        ).all()
        key = self._key_ring.derive("roll-search-terms", actor.organisation_id.bytes)
        event = RollSearched(terms_mac=hmac.digest(key, typed.encode(), "sha256")[:16], cards=len(rows))
        cards = self._open_cards(actor, rows, event)
        seeker = Seeker(Sought((typed,)), today)
        found = [(match.far, child) for child in cards if (match := seeker.match(child.card)) is not None]
        found.sort(key=lambda each: (each[0], each[1].card.full_name.casefold()))
        return tuple(child for _, child in found[:MOST_FOUND])

    def show(self, actor: Actor, found: tuple[OnRoll, ...]) -> tuple[OnRoll, ...]:
        """Keep in the trail which children of the roll are about to be offered, and give them back."""
        if found:
            subject = Subject(SubjectKind.ORGANISATION, actor.organisation_id)
            shown = SearchShown(case_ids=tuple(child.id for child in found))
            self._opening.record(shown, actor=actor, subject=subject)
        return found

    def match(self, actor: Actor, concern_id: UUID, child_file_id: UUID, *, version: int) -> None:
        """Say which child's file a concern belongs to: whoever has a tie to it is kept out of the file too.

        Raises `NotFound`, `StaleVersion`, and `Refused` where nobody would be left to work with the file, or
        the concern is in a file that is held.
        """
        lock_files(self._session, concern_id, child_file_id)
        concern = self._concern(actor, concern_id, version)
        file_for(self._session, actor, Permission.CHILD_OPEN, child_file_id)
        self._put_in(actor, concern, child_file_id)

    def make(self, actor: Actor, concern_id: UUID, card: ChildCard, *, version: int) -> UUID:
        """Begin a file for the child of a concern; returns its id. Raises `NotFound`, `StaleVersion`."""
        lock_files(self._session, concern_id)
        concern = self._concern(actor, concern_id, version)
        file_id = new_id()
        holders = (actor.organisation_id,)
        self._keys.begin(file_id, (Compartment.IDENTITY,), holders=holders)
        place = CHILD_CARD.place(row_id=file_id, case_id=file_id, version=1)
        self._session.add(
            ChildFile(
                id=file_id,
                organisation_id=actor.organisation_id,
                card_sealed=self._keys.seal(card, place, holders=holders),
                version=1,
                made_at=self._clock.now(),
                made_by=actor.person_id,
            )
        )
        self._session.flush()
        self._audit.record(
            ChildFileCreated(),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=Subject(SubjectKind.CHILD_FILE, file_id),
        )
        self._put_in(actor, concern, file_id)
        return file_id

    def open(self, actor: Actor, child_file_id: UUID) -> OpenFile:
        """Read a child's file: the card, what it said before, and which concerns there are.

        Raises `NotFound`.
        """
        row = file_for(self._session, actor, Permission.CHILD_OPEN, child_file_id)
        listed = about_child(self._session, actor, row.id)
        opened = self._opening.record(
            ChildFileOpened(concern_ids=tuple(concern.id for concern in listed)),
            actor=actor,
            subject=Subject(SubjectKind.CHILD_FILE, row.id),
        )
        card = whole_card(opened, row)
        earlier = tuple(said_before(self._session, opened, self._staff, row, card))
        return OpenFile(row.id, row.version, row.made_at, card.masked(), listed, earlier)

    def put_right(self, actor: Actor, child_file_id: UUID, card: ChildCard, *, version: int) -> bool:
        """Have a child's file say what this card says, and keep what it said; whether anything is different.

        A home that is withheld and that the card leaves empty stays as it is, so that nobody need see it.
        Raises `NotFound`, `StaleVersion`, and `Refused` for a home that would be withheld no more unseen.
        """
        file_for(self._session, actor, Permission.CHILD_CORRECT, child_file_id)
        subject = Subject(SubjectKind.CHILD_FILE, child_file_id)
        opened = self._opening.record(ChildFileOpened(), actor=actor, subject=subject)
        # Keeping that record let go of every lock: whatever happened meanwhile is found out here.
        self._session.get(ChildFile, child_file_id, with_for_update=True, populate_existing=True)
        row = file_for(self._session, actor, Permission.CHILD_CORRECT, child_file_id)
        if row.version != version:
            raise StaleVersion
        before = whole_card(opened, row)
        after = _home_kept(_as_meant(card, before), before)
        if after == before:
            return False
        replace_card(self._session, self._keys, row, before, after, by=actor.person_id, at=self._clock.now())
        self._audit.record(
            ChildFilePutRight(card_version=row.version),
            actor=actor,
            organisation_id=row.organisation_id,
            subject=subject,
        )
        return True

    def _concern(self, actor: Actor, concern_id: UUID, version: int) -> Concern:
        concern = concern_for(self._session, actor, Permission.CHILD_MATCH, concern_id, to_change=True)
        if concern.version != version:
            raise StaleVersion
        return concern

    def _put_in(self, actor: Actor, concern: Concern, child_file_id: UUID) -> None:
        before = concern.child_file_id
        if (
            before not in {None, child_file_id}
            and standing_hold(self._session, concern.organisation_id, before) is not None
        ):
            raise Refused("", "hold.keeps_concern")
        concern.child_file_id = child_file_id
        concern.version += 1
        spread_from_file(self._session, child_file_id, concern.id)
        now = self._clock.now()
        if not follow_into_file(self._session, actor.organisation_id, concern.id, child_file_id, now):
            raise Refused("", "child.nobody_left")
        self._audit.record(
            ConcernMatched(child_file_id=child_file_id),
            actor=actor,
            organisation_id=concern.organisation_id,
            subject=subject_of(concern),
        )

    def _open_cards(self, actor: Actor, rows: Iterable[ChildFile], event: Event) -> tuple[OnRoll, ...]:
        children = tuple(rows)
        subject = Subject(SubjectKind.ORGANISATION, actor.organisation_id)
        opened = self._opening.record(event, actor=actor, subject=subject)
        sealed = [SealedCard(row.id, row.version, row.card_sealed) for row in children]
        cards = opened.unseal_many(ChildCard, CHILD_CARD, sealed)
        return tuple(OnRoll(row.id, card) for row, card in zip(children, cards, strict=True))


def _as_meant(card: ChildCard, before: ChildCard) -> ChildCard:
    """Return a card as it was typed: what was blacked out is put back, and what was left is as it was."""
    home, shown = before.withheld_home, before.masked()
    if home is None:
        return card
    names = (each.name for each in fields(ChildCard) if each.name not in _HOME)
    left = {name: getattr(before, name) for name in names if getattr(card, name) == getattr(shown, name)}
    return replace(home.edited(card), **left)


def _home_kept(card: ChildCard, before: ChildCard) -> ChildCard:
    """Return a card with the withheld home that whoever typed it never saw, or as it was typed."""
    if not before.address_withheld or any(map(says_something, (card.home_address, card.home_postcode))):
        return card
    if not card.address_withheld:
        raise Refused("address_withheld", "child.home_unseen")
    return replace(card, home_address=before.home_address, home_postcode=before.home_postcode)
