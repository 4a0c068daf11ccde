"""Safety-plan meetings: arranging them, writing their minutes, and correcting what was written."""

from dataclasses import replace
from uuid import UUID

from intake.audit.event import Event
from intake.audit.events.casework import (
    MeetingArranged,
    MeetingCorrected,
    MeetingMinuted,
    PlanActionAdded,
)
from intake.audit.events.referrals import ReferralOpened
from intake.audit.log import AuditLog
from intake.calendars.local_time import to_local
from intake.casework import meeting_lifecycle, referral_lifecycle
from intake.casework.documents.child import ChildCard
from intake.casework.documents.meeting import Minute as MinuteWords
from intake.casework.drafts import MeetingDraft, MinuteDraft
from intake.casework.safety_plan import act_of, require_begun, require_invitation, require_minute
from intake.casework.withheld_home import has_marks
from intake.clock import Clock
from intake.crypto.inventory import INVITATION, MINUTE, REFERRAL_CARD
from intake.db import Unit
from intake.errors import StaleVersion
from intake.ids import new_id
from intake.models.meeting import Meeting, Minute, PlanAction
from intake.models.referral import Referral, ReferralSent
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.meetings import newest_minute
from intake.services.hub_case import about, hub_meeting, hub_referral, move_meeting_on, record_about
from intake.services.keys import CaseKeys
from intake.services.opening import Opening
from intake.services.staff import Staff
from intake.vocabulary import Compartment, ReferralAct


class Meetings:
    """Arranges meetings and keeps their minutes; minutes are only ever added to."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys, staff: Staff, *, opening: Opening
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._staff = staff
        self._opening = opening

    def arrange(self, actor: Actor, referral_id: UUID, draft: MeetingDraft) -> UUID:
        """Arrange a meeting about a referral and return its id. Raises `Refused` and `IllegalTransition`."""
        referral = hub_referral(self._session, actor, Permission.MEETING_ARRANGE, referral_id)
        require_invitation(draft.invitation)
        referral_lifecycle.step(referral.state, ReferralAct.ARRANGE_MEETING)
        meeting_id = new_id()
        place = INVITATION.place(row_id=meeting_id, case_id=referral_id)
        row = Meeting(
            id=meeting_id,
            referral_id=referral_id,
            starts_at=draft.starts_at,
            state=meeting_lifecycle.FIRST,
            arranged_by=actor.person_id,
            arranged_at=self._clock.now(),
            invitation_sealed=self._keys.seal(draft.invitation, place, holders=(actor.organisation_id,)),
            version=1,
        )
        self._session.add(row)
        event = MeetingArranged(meeting_id=meeting_id, starts_at=draft.starts_at)
        record_about(self._audit, event, actor, referral)
        return meeting_id

    def minute(self, actor: Actor, meeting_id: UUID, draft: MinuteDraft) -> UUID:
        """Keep the minutes of a meeting, or a whole minute correcting the one that stands; returns its id.

        Raises `Refused`; `StaleVersion` where somebody wrote or corrected the minutes meanwhile.
        """
        meeting, referral = hub_meeting(self._session, actor, Permission.MEETING_MINUTE, meeting_id)
        if has_marks(draft.minute):
            draft = replace(draft, minute=self._as_meant(actor, referral, draft.minute))
        newest = newest_minute(self._session, meeting_id)
        if draft.corrects != newest:
            raise StaleVersion
        state = meeting_lifecycle.step(meeting.state, act_of(draft))
        require_begun(meeting.starts_at, self._clock.now())
        require_minute(draft, held_on=to_local(meeting.starts_at).date(), newest=newest)
        minute_id = self._keep(actor, meeting, draft)
        move_meeting_on(self._session, meeting, state=state, held_at=meeting.starts_at)
        self._record_minute(actor, referral, meeting_id, minute_id, draft)
        return minute_id

    def _as_meant(self, actor: Actor, referral: Referral, minute: MinuteWords) -> MinuteWords:
        """Return minutes with the withheld home that was blacked out in those they correct."""
        event = ReferralOpened(compartments=(Compartment.IDENTITY,))
        opened = self._opening.record(event, actor=actor, subject=about(referral))
        sealed = self._session.get_one(ReferralSent, referral.id).card_sealed
        place = REFERRAL_CARD.place(row_id=referral.id, case_id=referral.id)
        home = opened.unseal(ChildCard, sealed, place).withheld_home
        return minute if home is None else home.edited(minute)

    def _keep(self, actor: Actor, meeting: Meeting, draft: MinuteDraft) -> UUID:
        minute_id = new_id()
        minute = replace(draft.minute, written_by=self._staff.name(actor.person_id))
        place = MINUTE.place(row_id=minute_id, case_id=meeting.referral_id)
        row = Minute(
            id=minute_id,
            meeting_id=meeting.id,
            written_by=actor.person_id,
            written_at=self._clock.now(),
            corrects_id=draft.corrects,
            review_on=minute.review_on,
            minute_sealed=self._keys.seal(minute, place, holders=(actor.organisation_id,)),
        )
        self._session.add(row)
        self._session.flush()
        for position, planned in enumerate(minute.plan):
            self._session.add(PlanAction(minute_id=minute_id, position=position, due_on=planned.due_on))
        return minute_id

    def _record_minute(
        self, actor: Actor, referral: Referral, meeting_id: UUID, minute_id: UUID, draft: MinuteDraft
    ) -> None:
        event: Event
        if draft.corrects is None:
            event = MeetingMinuted(
                meeting_id=meeting_id, minute_id=minute_id, review_on=draft.minute.review_on
            )
        else:
            event = MeetingCorrected(meeting_id=meeting_id, minute_id=minute_id, corrects_id=draft.corrects)
        record_about(self._audit, event, actor, referral)
        for position, planned in enumerate(draft.minute.plan):
            added = PlanActionAdded(minute_id=minute_id, position=position, due_on=planned.due_on)
            record_about(self._audit, added, actor, referral)
