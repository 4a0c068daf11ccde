"""Everything a school keeps in one child's file, as rows with their words still sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models.concern import ChildFile, Concern, ConcernAddition, EarlierCard
from intake.models.referral import (
    Referral,
    ReferralCall,
    ReferralConcern,
    ReferralMessage,
    ReferralSent,
    Release,
)
from intake.policy.actor import Actor
from intake.queries.open_to import open_to


@dataclass(frozen=True, slots=True)
class FileRows:
    """The rows of one file that was found to be the actor's to open; each list is in order of time.

    `said_since` is since when its card says what it says.
    """

    file: ChildFile
    said_since: datetime
    concerns: Sequence[Concern]
    additions: Sequence[ConcernAddition]
    referrals: Sequence[Referral]
    sent: Sequence[ReferralSent]
    calls: Sequence[ReferralCall]
    releases: Sequence[Release]
    messages: Sequence[ReferralMessage]

    def people(self) -> set[UUID]:
        """Return everybody who did any of this."""
        did = {
            *(person for one in self.concerns for person in (one.recorded_by, one.read_by, one.kept_by)),
            *(addition.added_by for addition in self.additions),
            *(person for one in self.referrals for person in (one.sent_by, one.acknowledged_by)),
            *(call.recorded_by for call in self.calls),
            *(message.written_by for message in self.messages),
        }
        return {person for person in did if person is not None}


def file_rows(session: Session, actor: Actor, file: ChildFile) -> FileRows:
    """Return what is in a file: its concerns, and the referrals made of them, but nothing erased here."""
    concerns = session.scalars(
        select(Concern)
        .where(Concern.child_file_id == file.id, open_to(actor, Concern.id))
        .order_by(Concern.recorded_at, Concern.id)
    ).all()
    concern_ids = [concern.id for concern in concerns]
    made_of = select(ReferralConcern.referral_id).where(ReferralConcern.concern_id.in_(concern_ids))
    referrals = session.scalars(
        select(Referral)
        .where(Referral.id.in_(made_of), open_to(actor, Referral.id))
        .order_by(Referral.submitted_at, Referral.id)
    ).all()
    ids = [referral.id for referral in referrals]
    return FileRows(
        file=file,
        said_since=_said_since(session, file),
        concerns=concerns,
        additions=session.scalars(
            select(ConcernAddition)
            .where(ConcernAddition.concern_id.in_(concern_ids))
            .order_by(ConcernAddition.added_at, ConcernAddition.id)
        ).all(),
        referrals=referrals,
        sent=session.scalars(select(ReferralSent).where(ReferralSent.referral_id.in_(ids))).all(),
        calls=session.scalars(
            select(ReferralCall).where(ReferralCall.referral_id.in_(ids)).order_by(ReferralCall.called_at)
        ).all(),
        releases=session.scalars(
            select(Release).where(Release.referral_id.in_(ids)).order_by(Release.released_at)
        ).all(),
        messages=session.scalars(
            select(ReferralMessage)
            .where(ReferralMessage.referral_id.in_(ids))
            .order_by(ReferralMessage.written_at, ReferralMessage.id)
        ).all(),
    )


def _said_since(session: Session, file: ChildFile) -> datetime:
    put_right = select(func.max(EarlierCard.until_at)).where(EarlierCard.child_file_id == file.id)
    return session.scalar(put_right) or file.made_at
