"""Copies for information: what a service reads of a referral that another one leads."""

from uuid import UUID

from sqlalchemy import select

from intake.audit.events.referrals import ReferralOpened
from intake.db import Unit
from intake.errors import NotFound
from intake.models.referral import Referral, RoutingRecord
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.queries.copies import CopyCard, copies, is_copy
from intake.services.concern_rows import named_in
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
        referral = self._find(actor, referral_id)
        routed = self._session.scalars(
            select(RoutingRecord)
            .where(RoutingRecord.referral_id == referral_id)
            .order_by(RoutingRecord.decided_at, RoutingRecord.id)
            .limit(1)
        ).one()
        event = ReferralOpened(compartments=_SENT)
        opened = self._opening.record(event, actor=actor, subject=about(referral))
        opened.load((referral_id,))
        return as_sent(self._session, self._staff, opened, actor, routed)

    def _find(self, actor: Actor, referral_id: UUID) -> Referral:
        given = is_copy(self._session, actor.organisation_id, referral_id)
        referral = self._session.get(Referral, referral_id) if given else None
        if referral is None:
            require(actor, Permission.REFERRAL_READ_COPY, Facts())
            raise NotFound
        facts = Facts(hub_id=actor.organisation_id, named=named_in(self._session, referral_id))
        require(actor, Permission.REFERRAL_READ_COPY, facts)
        return referral
