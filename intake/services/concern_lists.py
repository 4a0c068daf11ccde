"""Lists of concerns by the child's name: cards opened under one entry of the trail, the words left closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from intake.audit.event import Subject
from intake.audit.events.concerns import IdentityCardsListed
from intake.casework.documents.child import ChildCard
from intake.crypto.inventory import CHILD_CARD, CONCERN_NAME
from intake.db import Unit
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.queries import concerns
from intake.queries.concerns import ConcernCard
from intake.services.opening import Opened, Opening
from intake.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class NamedConcern:
    """One row of a list, with the child's name: the file's where the concern was matched, else as typed."""

    card: ConcernCard
    name: str


@dataclass(frozen=True, slots=True)
class LeadList:
    """What a lead has before them: unread and worst first, then to be decided, then settled."""

    unread: tuple[NamedConcern, ...]
    to_decide: tuple[NamedConcern, ...]
    settled: tuple[NamedConcern, ...]
    older: UUID | None


@dataclass(frozen=True, slots=True)
class OwnList:
    """What a person recorded themselves, newest first."""

    concerns: tuple[NamedConcern, ...]
    older: UUID | None


class ConcernLists:
    """Opens the names of the concerns on a list."""

    def __init__(self, unit: Unit, opening: Opening) -> None:
        self._session = unit.session
        self._opening = opening

    def for_lead(self, actor: Actor, before: UUID | None = None) -> LeadList:
        """Return the school's concerns; `before` goes on with the settled ones. Raises `NotPermitted`."""
        unread = () if before else concerns.unread(self._session, actor)
        to_decide = () if before else concerns.to_decide(self._session, actor)
        settled = concerns.settled(self._session, actor, before)
        named = self._named(actor, (*unread, *to_decide, *settled.cards))
        return LeadList(
            unread=tuple(named[card.id] for card in unread),
            to_decide=tuple(named[card.id] for card in to_decide),
            settled=tuple(named[card.id] for card in settled.cards),
            older=settled.older,
        )

    def own(self, actor: Actor, before: UUID | None = None) -> OwnList:
        """Return what the actor recorded. Raises `NotPermitted`."""
        page = concerns.own(self._session, actor, before)
        named = self._named(actor, page.cards)
        return OwnList(tuple(named[card.id] for card in page.cards), page.older)

    def _named(self, actor: Actor, cards: Iterable[ConcernCard]) -> dict[UUID, NamedConcern]:
        listed = tuple(cards)
        if not listed:
            return {}
        # Whoever only recorded a concern is shown the name they typed, never the school's file.
        from_files = role_may(actor, Permission.CHILD_OPEN)
        case_ids = dict.fromkeys(_case(card, from_files=from_files) for card in listed)
        opened = self._opening.record(
            IdentityCardsListed(case_ids=tuple(case_ids)),
            actor=actor,
            subject=Subject(SubjectKind.ORGANISATION, actor.organisation_id),
        )
        opened.load(case_ids)
        return {card.id: NamedConcern(card, _name(opened, card, from_files=from_files)) for card in listed}


def _case(card: ConcernCard, *, from_files: bool) -> UUID:
    return card.child_file_id if from_files and card.child_file_id is not None else card.id


def _name(opened: Opened, card: ConcernCard, *, from_files: bool) -> str:
    if from_files and card.child_file_id and card.file_card_sealed and card.file_version:
        file_id, version = card.child_file_id, card.file_version
        place = CHILD_CARD.place(row_id=file_id, case_id=file_id, version=version)
        return opened.unseal(ChildCard, card.file_card_sealed, place).full_name
    place = CONCERN_NAME.place(row_id=card.id, case_id=card.id)
    return opened.unseal(ChildCard, card.name_sealed, place).full_name
