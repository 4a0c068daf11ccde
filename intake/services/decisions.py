"""Deciding on a referral, and letting the school read what it may of that."""

from datetime import datetime
from uuid import UUID

from intake.audit.events.referrals import ReferralDecided, ReferralReleased
from intake.audit.log import AuditLog
from intake.casework import referral_lifecycle
from intake.casework.documents.referral import DecisionReason
from intake.casework.documents.referral import Release as ReleaseWords
from intake.casework.drafts import DecisionDraft
from intake.casework.objections import says_something
from intake.casework.referral_lifecycle import WAITING_FOR_THE_HUB
from intake.casework.triage import act_of, require_reasons
from intake.clock import Clock
from intake.crypto.inventory import DECISION_REASON, RELEASE_WORDS
from intake.db import Unit
from intake.ids import new_id
from intake.models.referral import Referral, Release
from intake.models.triage import TriageDecision
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.services.hub_case import (
    hub_referral,
    move_on,
    record_about,
    require_current,
    require_taken_by,
)
from intake.services.keys import CaseKeys
from intake.services.news import News
from intake.services.passing_on import require_not_waiting
from intake.services.staff import Staff


class Decisions:
    """Decisions are rows: a later one follows an earlier one and does not replace it."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys, *, news: News, staff: Staff
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._news = news
        self._staff = staff

    def decide(self, actor: Actor, referral_id: UUID, version: int, draft: DecisionDraft) -> None:
        """Record a decision with its reason, and seal for the school what it may read.

        Asking for more information is the one decision that does not end triage: the clock goes on.
        Raises `Refused`, `StaleVersion` and `IllegalTransition`.
        """
        referral = hub_referral(self._session, actor, Permission.REFERRAL_DECIDE, referral_id)
        require_reasons(draft)
        require_current(referral, version)
        act = act_of(draft.decision)
        require_taken_by(referral, actor, act)
        state = referral_lifecycle.step(referral.state, act)
        require_not_waiting(self._session, referral, act)
        now = self._clock.now()
        waits = state in WAITING_FOR_THE_HUB
        # The shared clock stops at the first decision that stands; a later one does not move that.
        decided_at = None if waits else referral.decided_at or now
        self._keep_decision(actor, referral, draft, now)
        if says_something(draft.to_school) or says_something(draft.advice):
            self._release(actor, referral, draft, now)
        move_on(self._session, referral, version, state=state, in_queue=waits, decided_at=decided_at)
        self._news.tell_sender(referral)

    def _keep_decision(self, actor: Actor, referral: Referral, draft: DecisionDraft, now: datetime) -> None:
        decision_id = new_id()
        place = DECISION_REASON.place(row_id=decision_id, case_id=referral.id)
        reason = DecisionReason(draft.decision, draft.rationale, draft.would_change_it, draft.now_with)
        row = TriageDecision(
            id=decision_id,
            referral_id=referral.id,
            decided_by=actor.person_id,
            decided_at=now,
            reason_sealed=self._keys.seal(reason, place, holders=(actor.organisation_id,)),
        )
        self._session.add(row)
        record_about(self._audit, ReferralDecided(decision_id=decision_id), actor, referral)

    def _release(self, actor: Actor, referral: Referral, draft: DecisionDraft, now: datetime) -> None:
        release_id = new_id()
        place = RELEASE_WORDS.place(row_id=release_id, case_id=referral.id)
        words = ReleaseWords(draft.to_school, draft.advice, self._staff.name_and_post(actor.person_id))
        holders = (actor.organisation_id, referral.school_id)
        row = Release(
            id=release_id,
            referral_id=referral.id,
            released_by=actor.person_id,
            released_at=now,
            words_sealed=self._keys.seal(words, place, holders=holders),
        )
        self._session.add(row)
        record_about(self._audit, ReferralReleased(release_id=release_id), actor, referral)
