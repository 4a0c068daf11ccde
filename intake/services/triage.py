"""Triage: taking a referral and handing it back, acknowledging it, and giving it a colour."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from intake.audit.events.referrals import (
    ReferralAcknowledged,
    ReferralColoured,
    ReferralHandedBack,
    ReferralTaken,
)
from intake.audit.log import AuditLog
from intake.calendars.hours import Hours, UnknownHours
from intake.casework import referral_lifecycle
from intake.casework.documents.referral import ColourReason
from intake.casework.drafts import ColourDraft
from intake.casework.limits import colour_due_at
from intake.casework.triage import require_colour_reason
from intake.clock import Clock
from intake.crypto.inventory import COLOUR_REASON
from intake.db import Unit
from intake.ids import new_id
from intake.models.referral import Referral
from intake.models.triage import TriageColour
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.routing.directory import Directory
from intake.services.hub_case import (
    hub_referral,
    move_on,
    record_about,
    require_current,
    require_taken_by,
)
from intake.services.keys import CaseKeys
from intake.services.limits import limit_in_force
from intake.services.news import News
from intake.vocabulary import Colour, ReferralAct


class Triage:
    """What a duty worker does with a referral until it is decided."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        news: News,
        directory: Directory,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._news = news
        self._directory = directory

    def take(self, actor: Actor, referral_id: UUID, version: int) -> None:
        """Take a referral, from the queue or over from a colleague.

        Raises `StaleVersion` where somebody else was quicker, and `IllegalTransition`.
        """
        referral = self._at(actor, Permission.REFERRAL_TAKE, referral_id, version)
        referral_lifecycle.step(referral.state, ReferralAct.TAKE)
        now = self._clock.now()
        move_on(self._session, referral, version, taken_by=actor.person_id, taken_at=now)
        record_about(self._audit, ReferralTaken(), actor, referral)

    def hand_back(self, actor: Actor, referral_id: UUID, version: int) -> None:
        """Put one's own referral back in the queue. Raises `StaleVersion` and `IllegalTransition`."""
        referral = self._at(actor, Permission.REFERRAL_TAKE, referral_id, version)
        require_taken_by(referral, actor, ReferralAct.HAND_BACK)
        referral_lifecycle.step(referral.state, ReferralAct.HAND_BACK)
        move_on(self._session, referral, version, taken_by=None, taken_at=None)
        record_about(self._audit, ReferralHandedBack(), actor, referral)

    def acknowledge(self, actor: Actor, referral_id: UUID, version: int) -> None:
        """Tell the sender that a person has it. Raises `StaleVersion` and `IllegalTransition`."""
        referral = self._at(actor, Permission.REFERRAL_ACKNOWLEDGE, referral_id, version)
        require_taken_by(referral, actor, ReferralAct.ACKNOWLEDGE)
        state = referral_lifecycle.step(referral.state, ReferralAct.ACKNOWLEDGE)
        move_on(
            self._session,
            referral,
            version,
            state=state,
            acknowledged_at=self._clock.now(),
            acknowledged_by=actor.person_id,
        )
        record_about(self._audit, ReferralAcknowledged(), actor, referral)
        self._news.tell_sender(referral)

    def colour(self, actor: Actor, referral_id: UUID, version: int, draft: ColourDraft) -> None:
        """Give a referral its colour, with the reason; each colour is kept and none replaces another.

        Raises `Refused`, `StaleVersion` and `IllegalTransition`.
        """
        referral = self._at(actor, Permission.REFERRAL_COLOUR, referral_id, version)
        require_colour_reason(draft)
        require_taken_by(referral, actor, ReferralAct.COLOUR)
        referral_lifecycle.step(referral.state, ReferralAct.COLOUR)
        now = self._clock.now()
        due_at = self._colour_due_at(referral, draft.colour, now)
        colour_id = self._keep_colour(actor, referral, draft, now)
        move_on(self._session, referral, version, colour=draft.colour, colour_due_at=due_at)
        record_about(self._audit, ReferralColoured(colour_id=colour_id, colour=draft.colour), actor, referral)

    def _at(self, actor: Actor, permission: Permission, referral_id: UUID, version: int) -> Referral:
        referral = hub_referral(self._session, actor, permission, referral_id)
        require_current(referral, version)
        return referral

    def _colour_due_at(self, referral: Referral, colour: Colour, now: datetime) -> datetime | None:
        first_at = self._session.scalar(
            select(func.min(TriageColour.given_at)).where(TriageColour.referral_id == referral.id)
        )
        return colour_due_at(
            limit_in_force(self._session, self._directory, referral.authority_code, colour),
            clock_starts_at=referral.clock_starts_at,
            first_coloured_at=first_at or now,
            hours=self._hours(referral),
        )

    def _hours(self, referral: Referral) -> Hours:
        service = self._directory.services.get(referral.service_slug or "")
        return UnknownHours() if service is None else service.hours

    def _keep_colour(self, actor: Actor, referral: Referral, draft: ColourDraft, now: datetime) -> UUID:
        colour_id = new_id()
        place = COLOUR_REASON.place(row_id=colour_id, case_id=referral.id)
        row = TriageColour(
            id=colour_id,
            referral_id=referral.id,
            colour=draft.colour,
            given_by=actor.person_id,
            given_at=now,
            reason_sealed=self._keys.seal(
                ColourReason(draft.reason), place, holders=(actor.organisation_id,)
            ),
        )
        self._session.add(row)
        return colour_id
