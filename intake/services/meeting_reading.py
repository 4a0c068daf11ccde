"""Reading a meeting's papers: who was asked, and every minute, the one that stands first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.audit.events.casework import MeetingOpened
from intake.audit.events.referrals import ReferralOpened
from intake.audit.log import AuditLog
from intake.casework.documents.child import ChildCard
from intake.casework.documents.meeting import Invitation
from intake.casework.documents.meeting import Minute as MinuteWords
from intake.crypto.inventory import INVITATION, MINUTE, REFERRAL_CARD
from intake.db import Unit
from intake.errors import NotFound
from intake.models.meeting import Meeting
from intake.models.referral import Referral, ReferralSent
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.meetings import minutes_of
from intake.services.hub_case import about, hub_referral
from intake.services.opening import Opening
from intake.services.staff import Staff
from intake.vocabulary import Compartment, MeetingState


@dataclass(frozen=True, slots=True)
class MinuteRead:
    """One set of minutes; `corrects` is the time at which the one it puts right was written."""

    id: UUID
    written_at: datetime
    corrects: datetime | None
    words: MinuteWords


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """A meeting with its papers; `minutes` begins with the one that stands."""

    id: UUID
    referral_id: UUID
    reference: str
    child: ChildCard
    starts_at: datetime
    state: MeetingState
    arranged_by: str
    arranged_at: datetime
    invitation: Invitation
    minutes: tuple[MinuteRead, ...]


class MeetingReading:
    """Opens the papers of meetings, on the record."""

    def __init__(self, unit: Unit, audit: AuditLog, opening: Opening, staff: Staff) -> None:
        self._session = unit.session
        self._audit = audit
        self._opening = opening
        self._staff = staff

    def read(self, actor: Actor, meeting_id: UUID) -> ReadMeeting:
        """Return a meeting with its papers. Raises `NotPermitted` and `NotFound`."""
        meeting, referral = self._find(actor, meeting_id)
        minutes = minutes_of(self._session, meeting_id)
        card = self._session.get_one(ReferralSent, referral.id).card_sealed
        self._audit.record(
            ReferralOpened(compartments=(Compartment.IDENTITY,)),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=about(referral),
        )
        event = MeetingOpened(meeting_id=meeting_id, minute_ids=tuple(minute.id for minute in minutes))
        opened = self._opening.record(event, actor=actor, subject=about(referral))
        written = {minute.id: minute.written_at for minute in minutes}
        case_id = referral.id
        return ReadMeeting(
            id=meeting_id,
            referral_id=case_id,
            reference=referral.reference,
            child=opened.unseal(ChildCard, card, REFERRAL_CARD.place(row_id=case_id, case_id=case_id)),
            starts_at=meeting.starts_at,
            state=meeting.state,
            arranged_by=self._staff.name(meeting.arranged_by),
            arranged_at=meeting.arranged_at,
            invitation=opened.unseal(
                Invitation, meeting.invitation_sealed, INVITATION.place(row_id=meeting_id, case_id=case_id)
            ),
            minutes=tuple(
                MinuteRead(
                    id=minute.id,
                    written_at=minute.written_at,
                    corrects=None if minute.corrects_id is None else written[minute.corrects_id],
                    words=opened.unseal(
                        MinuteWords, minute.minute_sealed, MINUTE.place(row_id=minute.id, case_id=case_id)
                    ),
                )
                for minute in minutes
            ),
        )

    def _find(self, actor: Actor, meeting_id: UUID) -> tuple[Meeting, Referral]:
        meeting = self._session.get(Meeting, meeting_id)
        # A meeting that is not there is asked after as a referral that is not there: one answer for both.
        referral_id = meeting_id if meeting is None else meeting.referral_id
        referral = hub_referral(self._session, actor, Permission.MEETING_OPEN, referral_id)
        if meeting is None:
            raise NotFound
        return meeting, referral
