"""Copies for information: what a service reads of a referral that another one leads."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.audit.events.referrals import ReferralOpened
from intake.db import Unit
from intake.errors import NotFound
from intake.models.organisation import Organisation
from intake.models.referral import Referral, RoutingRecord
from intake.models.telling import Telling
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.queries.copies import CopyCard, copies, is_copy
from intake.services.case_facts import facts_about
from intake.services.hub_case import about
from intake.services.hub_reading import ReadReferral, as_sent
from intake.services.opening import Opening
from intake.services.staff import Staff
from intake.vocabulary import Compartment

_SENT = (Compartment.REFERRAL, Compartment.IDENTITY)


class Copies:
    """Lists and opens copies; nothing is done about them here."""

    def __init__(self, unit: Unit, opening: Opening, staff: Staff) -> None:
        self._session = unit.session
        self._opening = opening
        self._staff = staff

    def listed(self, actor: Actor) -> tuple[CopyCard, ...]:
        """Return the copies the service was given, the last first. Raises `NotPermitted`."""
        return copies(self._session, actor)

    def read(self, actor: Actor, referral_id: UUID) -> ReadReferral:
        """Return a copy as it was sent, without what the leading service wrote. Raises `NotFound`."""
        referral = copied_referral(self._session, actor, Permission.REFERRAL_READ_COPY, referral_id)
        routed = self._routed(actor, referral_id)
        event = ReferralOpened(compartments=_SENT)
        opened = self._opening.record(event, actor=actor, subject=about(referral))
        opened.load((referral_id,))
        return as_sent(self._session, self._staff, opened, actor, routed)

    def reference(self, actor: Actor, referral_id: UUID) -> str:
        """Return the reference of a referral of whose copy the actor may say that it strayed.

        Raises `NotFound`.
        """
        permission = Permission.REFERRAL_WRONG_PLACE
        return copied_referral(self._session, actor, permission, referral_id).reference

    def _routed(self, actor: Actor, referral_id: UUID) -> RoutingRecord:
        """Return by which routing the service was told: the first that named it, else the first of all."""
        here = self._session.get_one(Organisation, actor.organisation_id)
        of_this = select(RoutingRecord).where(RoutingRecord.referral_id == referral_id)
        in_order = (RoutingRecord.decided_at, RoutingRecord.id)
        named = of_this.join(Telling, Telling.routing_record_id == RoutingRecord.id).where(
            Telling.service_slug == here.service_slug, Telling.from_at.is_not(None)
        )
        found = self._session.scalars(named.order_by(*in_order).limit(1)).one_or_none()
        return found or self._session.scalars(of_this.order_by(*in_order).limit(1)).one()


def copied_referral(session: Session, actor: Actor, permission: Permission, referral_id: UUID) -> Referral:
    """Return a referral of which the actor's service has a copy, with which the actor may do this.

    Raises `NotPermitted`, or `NotFound` where there is no such copy or it is closed to the actor.
    """
    here = actor.organisation_id
    given = is_copy(session, here, referral_id)
    referral = session.get(Referral, referral_id) if given else None
    if referral is None:
        require(actor, permission, Facts())
        raise NotFound
    facts = facts_about(session, referral_id, Facts(hub_id=here), seen_from=here)
    require(actor, permission, facts)
    return referral
