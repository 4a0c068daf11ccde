"""A safety-plan meeting is moved, or called off: with a reason, and how it was arranged stays."""

from datetime import datetime
from uuid import UUID

from intake.audit.events.casework import MeetingCalledOff, MeetingMoved
from intake.audit.log import AuditLog
from intake.casework import meeting_lifecycle
from intake.casework.documents.meeting import MeetingChange as ChangeWords
from intake.casework.drafts import MoveDraft
from intake.casework.safety_plan import require_reason
from intake.clock import Clock
from intake.crypto.inventory import MEETING_CHANGE
from intake.db import Unit
from intake.errors import StaleVersion
from intake.ids import new_id
from intake.models.meeting import Meeting, MeetingChange
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.services.hub_case import hub_meeting, move_meeting_on, record_about
from intake.services.keys import CaseKeys
from intake.vocabulary import MeetingAct


class MeetingChanges:
    """Moves meetings and calls them off; each change is a row that stays."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys

    def move(self, actor: Actor, meeting_id: UUID, version: int, draft: MoveDraft) -> None:
        """Give a meeting another time, or another place. Raises as `call_off` does."""
        meeting, referral = self._changeable(actor, meeting_id, version, MeetingAct.MOVE)
        require_reason(draft.reason, MeetingAct.MOVE)
        self._keep(actor, meeting, ChangeWords(draft.reason, draft.place), to_at=draft.starts_at)
        move_meeting_on(self._session, meeting, starts_at=draft.starts_at)
        record_about(
            self._audit, MeetingMoved(meeting_id=meeting_id, starts_at=draft.starts_at), actor, referral
        )

    def call_off(self, actor: Actor, meeting_id: UUID, version: int, reason: str) -> None:
        """Call a meeting off.

        Raises `Refused`; `IllegalTransition` where it was held or called off; `StaleVersion` where somebody
        changed it since the actor's page was made.
        """
        meeting, referral = self._changeable(actor, meeting_id, version, MeetingAct.CALL_OFF)
        require_reason(reason, MeetingAct.CALL_OFF)
        state = meeting_lifecycle.step(meeting.state, MeetingAct.CALL_OFF)
        self._keep(actor, meeting, ChangeWords(reason, ""), to_at=None)
        move_meeting_on(self._session, meeting, state=state)
        record_about(self._audit, MeetingCalledOff(meeting_id=meeting_id), actor, referral)

    def _changeable(
        self, actor: Actor, meeting_id: UUID, version: int, act: MeetingAct
    ) -> tuple[Meeting, Referral]:
        meeting, referral = hub_meeting(self._session, actor, Permission.MEETING_ARRANGE, meeting_id)
        meeting_lifecycle.step(meeting.state, act)
        if meeting.version != version:
            raise StaleVersion
        return meeting, referral

    def _keep(self, actor: Actor, meeting: Meeting, words: ChangeWords, *, to_at: datetime | None) -> None:
        change_id = new_id()
        place = MEETING_CHANGE.place(row_id=change_id, case_id=meeting.referral_id)
        row = MeetingChange(
            id=change_id,
            meeting_id=meeting.id,
            changed_by=actor.person_id,
            changed_at=self._clock.now(),
            from_at=meeting.starts_at,
            to_at=to_at,
            reason_sealed=self._keys.seal(words, place, holders=(actor.organisation_id,)),
        )
        self._session.add(row)
