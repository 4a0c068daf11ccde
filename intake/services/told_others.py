"""Who is told of a referral besides whoever leads it, as the school that sent it sees that."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from intake.db import Unit
from intake.errors import NotFound
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.copies import copies_of
from intake.queries.tellings import tellings_of
from intake.services.referral_rows import sent_for
from intake.services.routing_desk import RoutingDesk


@dataclass(frozen=True, slots=True)
class ToTell:
    """A service that is to be told for information, by telephone; `waits` until a call was recorded."""

    id: UUID
    name: str
    phone: str
    waits: bool


@dataclass(frozen=True, slots=True)
class HeldCopy:
    """A copy for information that another service has of a referral."""

    referral_id: UUID
    reference: str
    hub_id: UUID
    hub: str


class ToldOthers:
    """Answers for forms about who else is told; no words are opened."""

    def __init__(self, unit: Unit, desk: RoutingDesk) -> None:
        self._session = unit.session
        self._desk = desk

    def by_telephone(self, actor: Actor, referral_id: UUID, *, told_too: bool) -> tuple[ToTell, ...]:
        """Return who is still to be told of a referral about which the actor may record calls.

        With `told_too` also who was told since: for a form that was made before. Raises `NotFound`.
        """
        referral = sent_for(self._session, actor, Permission.REFERRAL_RECORD_CALL, referral_id)
        return still_to_tell(self._session, self._desk, referral.id, told_too=told_too)

    def copy(self, actor: Actor, referral_id: UUID, hub_id: UUID) -> HeldCopy:
        """Return a copy of which the actor may say that it went to the wrong place. Raises `NotFound`."""
        referral = sent_for(self._session, actor, Permission.REFERRAL_SENT_WRONG, referral_id)
        held = next((one for one in copies_of(self._session, referral_id) if one.hub_id == hub_id), None)
        if held is None:
            raise NotFound
        return HeldCopy(referral.id, referral.reference, hub_id, held.hub)


def still_to_tell(
    session: Session, desk: RoutingDesk, referral_id: UUID, *, told_too: bool = False
) -> tuple[ToTell, ...]:
    """Return who is still to be told of a referral that was found to be the actor's, in order."""
    rows = tellings_of(session, referral_id, told_too=told_too)
    return tuple(ToTell(row.id, *desk.reached_at(row.service_slug), row.told_at is None) for row in rows)
