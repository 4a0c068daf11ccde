"""Calls the school made about a referral: whom, when, and what was said."""

from uuid import UUID

from intake.audit.events.referrals import CallRecorded
from intake.audit.log import AuditLog
from intake.casework import referral_lifecycle
from intake.casework.completeness import require_call
from intake.casework.documents.referral import CallMade
from intake.casework.drafts import CallDraft
from intake.casework.triage import urgency_rank
from intake.clock import Clock
from intake.crypto.inventory import REFERRAL_CALL
from intake.db import Unit
from intake.ids import new_id
from intake.models.referral import Referral, ReferralCall
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.services.keys import CaseKeys
from intake.services.referral_rows import sent_for, subject_of
from intake.services.tellings import Tellings
from intake.vocabulary import ReferralAct, ReferralState


class ReferralCalls:
    """Records calls; the first that was answered takes an unsent referral off the lead's page."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys, *, tellings: Tellings
    ) -> None:
        self._session = unit.session
        self._tellings = tellings
        self._clock = clock
        self._audit = audit
        self._keys = keys

    def record(self, actor: Actor, referral_id: UUID, draft: CallDraft) -> None:
        """Keep a call: to whoever is to act, to somebody else, or to one who is only told for information.

        One that nobody answered is kept, and told nobody. Raises `NotFound`, and `Refused` for a call that
        says not whom it was to, or is still to be made.
        """
        referral = sent_for(
            self._session, actor, Permission.REFERRAL_RECORD_CALL, referral_id, to_change=True
        )
        now = self._clock.now()
        require_call(draft, now=now)
        if draft.answered and draft.telling_id is None:
            self._step(referral)
        call_id = new_id()
        place = REFERRAL_CALL.place(row_id=call_id, case_id=referral.id)
        call = CallMade(draft.spoke_to, draft.number, draft.said, answered=draft.answered)
        self._session.add(
            ReferralCall(
                id=call_id,
                referral_id=referral.id,
                recorded_by=actor.person_id,
                called_at=draft.called_at,
                recorded_at=now,
                call_sealed=self._keys.seal(call, place, holders=(actor.organisation_id,)),
            )
        )
        if draft.answered and draft.telling_id is not None:
            # The call it refers to must be there first.
            self._session.flush()
            self._tellings.rung(referral.id, draft.telling_id, call_id)
        self._audit.record(
            CallRecorded(call_id=call_id),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=subject_of(referral),
        )

    def _step(self, referral: Referral) -> None:
        state = referral_lifecycle.step(referral.state, ReferralAct.RECORD_CALL)
        if state is referral.state:
            return
        referral.state = ReferralState(state)
        referral.urgency_rank = urgency_rank(
            referral.danger_now, referral.missing_now, referral.colour, referral.state
        )
        referral.version += 1
