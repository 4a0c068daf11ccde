"""Everything the hub keeps on one referral, as rows with their words still sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models.organisation import Organisation
from intake.models.referral import Referral, ReferralCall, ReferralSent, Release, RoutingRecord
from intake.models.triage import CaseNote, TriageColour, TriageDecision
from intake.queries.meetings import MeetingCard, meetings_of


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

    def people(self) -> set[UUID]:
        """Return everybody who did any of this."""
        return {
            *(call.recorded_by for call in self.calls),
            *(colour.given_by for colour in self.colours),
            *(decision.decided_by for decision in self.decisions),
            *(release.released_by for release in self.releases),
            *(note.written_by for note in self.notes),
            *(meeting.arranged_by for meeting in self.meetings),
        }


def hub_rows(session: Session, referral: Referral) -> HubRows:
    """Return the rows of a referral whose header was found through `hub_case.hub_referral`."""
    of_this = referral.id
    return HubRows(
        sent=session.get_one(ReferralSent, of_this),
        school=session.get_one(Organisation, referral.school_id),
        routed=session.scalars(
            select(RoutingRecord)
            .where(RoutingRecord.referral_id == of_this)
            .order_by(RoutingRecord.decided_at.desc(), RoutingRecord.id.desc())
            .limit(1)
        ).one_or_none(),
        calls=session.scalars(
            select(ReferralCall)
            .where(ReferralCall.referral_id == of_this)
            .order_by(ReferralCall.called_at, ReferralCall.id)
        ).all(),
        colours=session.scalars(
            select(TriageColour)
            .where(TriageColour.referral_id == of_this)
            .order_by(TriageColour.given_at, TriageColour.id)
        ).all(),
        decisions=session.scalars(
            select(TriageDecision)
            .where(TriageDecision.referral_id == of_this)
            .order_by(TriageDecision.decided_at, TriageDecision.id)
        ).all(),
        releases=session.scalars(
            select(Release).where(Release.referral_id == of_this).order_by(Release.released_at, Release.id)
        ).all(),
        notes=session.scalars(
            select(CaseNote).where(CaseNote.referral_id == of_this).order_by(CaseNote.written_at, CaseNote.id)
        ).all(),
        meetings=meetings_of(session, of_this),
    )
