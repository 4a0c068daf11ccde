"""Reading a meeting's papers: who was asked, and every minute, the one that stands first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.audit.events.casework import MeetingOpened
from intake.audit.events.referrals import ReferralOpened
from intake.audit.log import AuditLog
from intake.casework.documents.child import ChildCard
from intake.casework.documents.meeting import Invitation
from intake.casework.documents.meeting import MeetingChange as ChangeWords
from intake.casework.documents.meeting import Minute as MinuteWords
from intake.clock import Clock
from intake.crypto.inventory import INVITATION, MEETING_CHANGE, MINUTE, REFERRAL_CARD
from intake.db import Unit
from intake.models.meeting import MeetingChange, Minute
from intake.models.referral import ReferralSent
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.meetings import changes_of, minutes_of
from intake.services.hub_case import about, hub_meeting
from intake.services.opening import Opened, Opening
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
class ChangeRead:
    """The meeting was moved, or called off: `to_at` is None then."""

    at: datetime
    by: str
    from_at: datetime
    to_at: datetime | None
    words: ChangeWords


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """A meeting with its papers; `minutes` begins with the one that stands, `changes` with the latest.

    `place` is where it is now; the invitation stays as it was sealed.
    """

    id: UUID
    referral_id: UUID
    reference: str
    child: ChildCard
    starts_at: datetime
    state: MeetingState
    arranged_by: str
    arranged_at: datetime
    version: int
    has_begun: bool
    invitation: Invitation
    place: str
    changes: tuple[ChangeRead, ...]
    minutes: tuple[MinuteRead, ...]


class MeetingReading:
    """Opens the papers of meetings, on the record."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, opening: Opening, staff: Staff) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._opening = opening
        self._staff = staff

    def read(self, actor: Actor, meeting_id: UUID) -> ReadMeeting:
        """Return a meeting with its papers. Raises `NotPermitted` and `NotFound`."""
        meeting, referral = hub_meeting(self._session, actor, Permission.MEETING_OPEN, meeting_id)
        minutes = minutes_of(self._session, meeting_id)
        changes = changes_of(self._session, meeting_id)
        sealed = self._session.get_one(ReferralSent, referral.id).card_sealed
        self._audit.record(
            ReferralOpened(compartments=(Compartment.IDENTITY,)),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=about(referral),
        )
        event = MeetingOpened(meeting_id=meeting_id, minute_ids=tuple(minute.id for minute in minutes))
        opened = self._opening.record(event, actor=actor, subject=about(referral))
        case_id = referral.id
        card = opened.unseal(ChildCard, sealed, REFERRAL_CARD.place(row_id=case_id, case_id=case_id))
        opened = opened.withholding(card)
        changed = tuple(self._change(opened, change, case_id) for change in changes)
        invitation = opened.unseal(
            Invitation, meeting.invitation_sealed, INVITATION.place(row_id=meeting_id, case_id=case_id)
        )
        places = (change.words.place for change in changed if change.words.place)
        return ReadMeeting(
            id=meeting_id,
            referral_id=case_id,
            reference=referral.reference,
            child=card.masked(),
            starts_at=meeting.starts_at,
            state=meeting.state,
            arranged_by=self._staff.name(meeting.arranged_by),
            arranged_at=meeting.arranged_at,
            version=meeting.version,
            has_begun=self._clock.now() >= meeting.starts_at,
            invitation=invitation,
            place=next(places, invitation.place),
            changes=changed,
            minutes=tuple(_minutes(opened, minutes, case_id)),
        )

    def _change(self, opened: Opened, row: MeetingChange, case_id: UUID) -> ChangeRead:
        place = MEETING_CHANGE.place(row_id=row.id, case_id=case_id)
        return ChangeRead(
            at=row.changed_at,
            by=self._staff.name(row.changed_by),
            from_at=row.from_at,
            to_at=row.to_at,
            words=opened.unseal(ChangeWords, row.reason_sealed, place),
        )


def _minutes(opened: Opened, minutes: Sequence[Minute], case_id: UUID) -> Iterator[MinuteRead]:
    written = {minute.id: minute.written_at for minute in minutes}
    for minute in minutes:
        place = MINUTE.place(row_id=minute.id, case_id=case_id)
        yield MinuteRead(
            id=minute.id,
            written_at=minute.written_at,
            corrects=None if minute.corrects_id is None else written[minute.corrects_id],
            words=opened.unseal(MinuteWords, minute.minute_sealed, place),
        )
