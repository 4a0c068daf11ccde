"""Everything the hub keeps on one referral, as rows with their words still sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.models.meeting import Meeting, MeetingChange
from intake.models.organisation import Organisation
from intake.models.referral import Referral, ReferralCall, ReferralSent, Release, RoutingRecord
from intake.models.triage import CaseNote, ReferralClosing, TriageColour, TriageDecision
from intake.queries.glass import GlassTold, broken_for
from intake.queries.meetings import MeetingCard, meetings_of
from intake.queries.restrictions import standing
from intake.queries.routing_records import standing_record

Told = TypeVar("Told", ReferralCall, TriageColour, TriageDecision, Release, CaseNote)


@dataclass(frozen=True, slots=True)
class HubRows:
    """The rows of one referral that was found to be the actor's to open; each list is in order of time."""

    sent: ReferralSent
    school: Organisation
    routed: RoutingRecord | None
    calls: Sequence[ReferralCall]
    colours: Sequence[TriageColour]
    decisions: Sequence[TriageDecision]
    releases: Sequence[Release]
    notes: Sequence[CaseNote]
    meetings: Sequence[MeetingCard]
    meeting_changes: Sequence[MeetingChange]
    closing: ReferralClosing | None
    broken: Sequence[GlassTold]
    restriction_id: UUID | None

    def people(self) -> set[UUID]:
        """Return everybody who did any of this."""
        return {
            *(call.recorded_by for call in self.calls),
            *(colour.given_by for colour in self.colours),
            *(decision.decided_by for decision in self.decisions),
            *(release.released_by for release in self.releases),
            *(note.written_by for note in self.notes),
            *(meeting.arranged_by for meeting in self.meetings),
            *(change.changed_by for change in self.meeting_changes),
            *(broken.person_id for broken in self.broken),
            *(closing.closed_by for closing in (self.closing,) if closing is not None),
        }


def hub_rows(session: Session, referral: Referral) -> HubRows:
    """Return the rows of a referral whose header was found through `hub_case.hub_referral`."""
    of_this = referral.id
    restricted = None if referral.hub_id is None else standing(session, referral.hub_id, of_this)
    return HubRows(
        sent=session.get_one(ReferralSent, of_this),
        school=session.get_one(Organisation, referral.school_id),
        routed=session.scalars(standing_record(referral)).one_or_none(),
        calls=_of(session, ReferralCall, of_this, ReferralCall.called_at),
        colours=_of(session, TriageColour, of_this, TriageColour.given_at),
        decisions=_of(session, TriageDecision, of_this, TriageDecision.decided_at),
        releases=_of(session, Release, of_this, Release.released_at),
        notes=_of(session, CaseNote, of_this, CaseNote.written_at),
        meetings=meetings_of(session, of_this),
        meeting_changes=session.scalars(
            select(MeetingChange)
            .join(Meeting, Meeting.id == MeetingChange.meeting_id)
            .where(Meeting.referral_id == of_this)
            .order_by(MeetingChange.changed_at, MeetingChange.id)
        ).all(),
        closing=session.get(ReferralClosing, of_this),
        broken=broken_for(session, of_this),
        restriction_id=None if restricted is None else restricted.id,
    )


def _of(
    session: Session, kind: type[Told], referral_id: UUID, at: InstrumentedAttribute[datetime]
) -> Sequence[Told]:
    """Return the rows of one kind about a referral, in order of time."""
    return session.scalars(select(kind).where(kind.referral_id == referral_id).order_by(at, kind.id)).all()
