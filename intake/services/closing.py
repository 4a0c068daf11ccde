"""Closing a referral whose work here is done: it leaves the open lists and stays to be read."""

from uuid import UUID

from intake.audit.events.referrals import ReferralClosed
from intake.audit.log import AuditLog
from intake.casework import referral_lifecycle
from intake.casework.documents.referral import ClosingReason
from intake.casework.triage import require_closing
from intake.clock import Clock
from intake.crypto.inventory import CLOSING_REASON
from intake.db import Unit
from intake.models.triage import ReferralClosing
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.meetings import is_arranged
from intake.queries.messages import is_unread
from intake.services.hub_case import about, hub_referral, move_on, require_current, require_taken_by
from intake.services.keys import CaseKeys
from intake.vocabulary import ReferralAct


class Closing:
    """Puts referrals away; a closed one stays closed."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys

    def close(self, actor: Actor, referral_id: UUID, version: int, reason: str) -> None:
        """Close a decided referral, giving why. Raises `Refused`, `StaleVersion` and `IllegalTransition`."""
        referral = hub_referral(self._session, actor, Permission.REFERRAL_CLOSE, referral_id)
        require_current(referral, version)
        require_taken_by(referral, actor, ReferralAct.CLOSE)
        state = referral_lifecycle.step(referral.state, ReferralAct.CLOSE)
        require_closing(
            reason,
            meeting_arranged=is_arranged(self._session, referral_id),
            answer_unread=is_unread(
                self._session, referral_id, by=actor.organisation_id, school_id=referral.school_id
            ),
        )
        place = CLOSING_REASON.place(row_id=referral_id, case_id=referral_id)
        row = ReferralClosing(
            referral_id=referral_id,
            closed_by=actor.person_id,
            closed_at=self._clock.now(),
            reason_sealed=self._keys.seal(ClosingReason(reason), place, holders=(actor.organisation_id,)),
        )
        self._session.add(row)
        move_on(self._session, referral, version, state=state)
        self._audit.record(
            ReferralClosed(), actor=actor, organisation_id=actor.organisation_id, subject=about(referral)
        )
