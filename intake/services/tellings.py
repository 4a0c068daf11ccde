"""Telling the services that a routing names for information: a copy where they receive here, else a call."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from intake.audit.events.referrals import CopyReceived, ReferralCopied
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound
from intake.ids import new_id
from intake.models.passing import Breach
from intake.models.referral import Referral
from intake.models.telling import Telling
from intake.policy.actor import Actor
from intake.queries.copies import is_copy
from intake.queries.tellings import WAITING
from intake.services.case_facts import named_in
from intake.services.hub_case import about
from intake.services.keys import CaseKeys
from intake.services.routing_desk import receiving
from intake.vocabulary import Compartment

_SENT = (Compartment.REFERRAL, Compartment.IDENTITY)


class Tellings:
    """Keeps whom a routing names, and tells them once it stands."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys

    def sent(
        self, referral_id: UUID, record_id: UUID, slugs: Collection[str], *, copied: Collection[str]
    ) -> None:
        """Keep whom a referral as it was sent is to be told to; `copied` have their copy already."""
        now = self._clock.now()
        for slug in slugs:
            self._add(referral_id, record_id, slug, from_at=now, told_at=now if slug in copied else None)

    def routed_again(self, referral_id: UUID, record_id: UUID, slugs: Collection[str]) -> None:
        """Keep whom another routing names; nobody is told before that routing stands."""
        for slug in slugs:
            self._add(referral_id, record_id, slug)

    def stand(self, actor: Actor, referral: Referral, record_id: UUID, *, lead: str | None) -> None:
        """Tell whoever is named by a routing that stands from now on, and was not told before.

        `lead` is the service that has the referral now: it need not be told of it any more. What was in the
        wrong place once is not sent there again. The actor's organisation gives on the keys.
        """
        self._settle(referral.id, lead)
        known = set(
            self._session.scalars(
                select(Telling.service_slug).where(
                    Telling.referral_id == referral.id, Telling.from_at.is_not(None)
                )
            )
        )
        hubs = receiving(self._session, self._clock.now(), but=named_in(self._session, referral.id))
        rows = self._session.scalars(select(Telling).where(Telling.routing_record_id == record_id)).all()
        for row in rows:
            now = self._clock.now()
            hub_id = hubs.get(row.service_slug)
            row.from_at = now
            if row.service_slug in known or row.service_slug == lead:
                row.told_at = now
            elif hub_id is not None:
                row.told_at = now
                self._copy(actor, referral, hub_id)

    def rung(self, referral_id: UUID, telling_id: UUID, call_id: UUID) -> None:
        """Put down that a service was told by a call; the first call stands, and a second is only a call.

        Raises `NotFound` where the referral names no such service.
        """
        row = self._session.get(Telling, telling_id)
        if row is None or row.referral_id != referral_id or row.from_at is None:
            raise NotFound
        if row.told_at is None:
            row.told_at, row.call_id = self._clock.now(), call_id

    def _copy(self, actor: Actor, referral: Referral, hub_id: UUID) -> None:
        strayed = select(Breach.id).where(Breach.referral_id == referral.id, Breach.had_id == hub_id)
        if hub_id == referral.hub_id or is_copy(self._session, hub_id, referral.id):
            return
        if self._session.scalars(strayed.limit(1)).first() is not None:
            return
        for compartment in _SENT:
            self._keys.share(referral.id, compartment, by=actor.organisation_id, with_organisation=hub_id)
        school_id = referral.school_id
        copied = self._audit.record(
            ReferralCopied(hub_id=hub_id),
            actor=actor if actor.organisation_id == school_id else None,
            organisation_id=school_id,
            subject=about(referral),
        )
        self._audit.record(
            CopyReceived(school_id=school_id),
            actor=None,
            organisation_id=hub_id,
            subject=about(referral),
            joint=copied,
        )

    def _settle(self, referral_id: UUID, lead: str | None) -> None:
        self._session.execute(
            update(Telling)
            .where(Telling.referral_id == referral_id, Telling.service_slug == lead, *WAITING)
            .values(told_at=self._clock.now())
        )

    def _add(
        self,
        referral_id: UUID,
        record_id: UUID,
        slug: str,
        *,
        from_at: datetime | None = None,
        told_at: datetime | None = None,
    ) -> None:
        self._session.add(
            Telling(
                id=new_id(),
                referral_id=referral_id,
                routing_record_id=record_id,
                service_slug=slug,
                from_at=from_at,
                told_at=told_at,
            )
        )
