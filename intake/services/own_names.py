"""Comparing who looked without a task with the child they looked at: on the record, and shown to nobody."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from intake.audit.event import Subject
from intake.audit.events.keeping import LookingCompared
from intake.casework.documents.child import ChildCard
from intake.casework.looking import Pair
from intake.casework.own_name import Known, of_their_own
from intake.crypto.inventory import CHILD_CARD, CONCERN_NAME, REFERRAL_CARD, SealedColumn
from intake.db import Unit
from intake.models.organisation import Organisation
from intake.policy.actor import Actor
from intake.queries.looks import AT_ONCE, Period, parts_held
from intake.routing.postcodes import read_postcode
from intake.services.card_keys import SealedCard
from intake.services.opening import Opening
from intake.services.sealed_rows import sealed_rows
from intake.services.staff import Staff
from intake.vocabulary import AskWhy, OrganisationKind, SubjectKind

#: Where the card of a case stands, by whose trail it is: a hub's role may not ask for a school's tables.
_CARDS: Final = {
    OrganisationKind.HUB: (REFERRAL_CARD,),
    OrganisationKind.SCHOOL: (REFERRAL_CARD, CHILD_CARD, CONCERN_NAME),
}
_Sealed = list[tuple[SealedColumn, list[SealedCard]]]


@dataclass(frozen=True, slots=True)
class Compared:
    """What was found to be somebody's own, by who looked at which case, and what could not be asked.

    `gone` are records that cannot be opened here any more; `homeless` of the `people` who looked have given
    no postcode.
    """

    own: Mapping[Pair, frozenset[AskWhy]] = field(default_factory=dict)
    cards: int = 0
    gone: int = 0
    people: int = 0
    homeless: int = 0


class OwnNames:
    """Opens the cards that a report of looking asks about, and keeps nothing of them."""

    def __init__(self, unit: Unit, opening: Opening, staff: Staff) -> None:
        self._session = unit.session
        self._opening = opening
        self._staff = staff

    def compare(
        self, organisation_id: UUID, actor: Actor | None, period: Period, pairs: Collection[Pair]
    ) -> Compared:
        """Record that so many cards are opened to be compared, and compare them: `pairs` say whose."""
        if not pairs:
            return Compared()
        case_ids, person_ids = {case_id for _, case_id in pairs}, {person_id for person_id, _ in pairs}
        sealed = self._sealed(organisation_id, case_ids)
        cards = sum(len(some) for _, some in sealed)
        children = self._children(organisation_id, actor, period, sealed, cards) if cards else {}
        homes = self._staff.homes(person_ids)
        lookers = {
            person_id: Known(_last_word(card.name), homes.get(person_id, ""))
            for person_id, card in self._staff.cards(person_ids).items()
        }
        own = of_their_own(pairs, lookers, children)
        return Compared(own, cards, len(case_ids) - cards, len(person_ids), len(person_ids - homes.keys()))

    def _sealed(self, organisation_id: UUID, case_ids: Iterable[UUID]) -> _Sealed:
        kind = self._session.get_one(Organisation, organisation_id).kind
        return [(column, list(self._of(column, organisation_id, case_ids))) for column in _CARDS[kind]]

    def _of(
        self, column: SealedColumn, organisation_id: UUID, case_ids: Iterable[UUID]
    ) -> Iterator[SealedCard]:
        ids = sorted(case_ids)
        for start in range(0, len(ids), AT_ONCE):
            some = ids[start : start + AT_ONCE]
            held = parts_held(self._session, organisation_id, some, column.compartment)
            for _, case_id, version, blob in self._session.execute(sealed_rows(column, *some)):
                if case_id in held:
                    yield SealedCard(case_id, version, blob)

    def _children(
        self, organisation_id: UUID, actor: Actor | None, period: Period, sealed: _Sealed, cards: int
    ) -> dict[UUID, Known]:
        event = LookingCompared(begins_at=period.begins, ends_at=period.ends, cards=cards)
        subject = Subject(SubjectKind.ORGANISATION, organisation_id)
        opened = self._opening.record_of(event, actor, organisation_id=organisation_id, subject=subject)
        return {
            each.case_id: Known(card.family_name, read_postcode(card.home_postcode).whole)
            for column, some in sealed
            for each, card in zip(some, opened.unseal_many(ChildCard, column, some), strict=True)
        }


def _last_word(name: str) -> str:
    return next(reversed(name.split()), "")
