"""The meetings about a referral, and their minutes in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from intake.models.meeting import Meeting, MeetingChange, Minute
from intake.vocabulary import MeetingState


@dataclass(frozen=True, slots=True)
class MeetingCard:
    """A meeting as the clear columns tell of it; who was asked, and what was said, stay sealed."""

    id: UUID
    starts_at: datetime
    state: MeetingState
    arranged_by: UUID
    arranged_at: datetime


def meetings_of(session: Session, referral_id: UUID) -> tuple[MeetingCard, ...]:
    """Return the meetings about a referral that was found to be the actor's, the latest first."""
    rows = session.execute(
        select(Meeting.id, Meeting.starts_at, Meeting.state, Meeting.arranged_by, Meeting.arranged_at)
        .where(Meeting.referral_id == referral_id)
        .order_by(Meeting.starts_at.desc(), Meeting.id.desc())
    )
    return tuple(MeetingCard(*row) for row in rows)


def is_arranged(session: Session, referral_id: UUID) -> bool:
    """Tell whether a meeting about a referral is still to be held or called off."""
    waiting = select(Meeting.id).where(
        Meeting.referral_id == referral_id, Meeting.state == MeetingState.ARRANGED
    )
    return session.scalars(waiting.limit(1)).one_or_none() is not None


def changes_of(session: Session, meeting_id: UUID) -> Sequence[MeetingChange]:
    """Return how a meeting was moved and called off, the latest first."""
    rows = session.scalars(
        select(MeetingChange)
        .where(MeetingChange.meeting_id == meeting_id)
        .order_by(MeetingChange.changed_at.desc(), MeetingChange.id.desc())
    )
    return rows.all()


def minutes_of(session: Session, meeting_id: UUID) -> Sequence[Minute]:
    """Return the minutes of a meeting, each correction before what it corrects."""
    rows = session.scalars(
        select(Minute)
        .where(Minute.meeting_id == meeting_id)
        .order_by(Minute.written_at.desc(), Minute.id.desc())
    )
    return rows.all()


def newest_minute(session: Session, meeting_id: UUID) -> UUID | None:
    """Return the minute that stands: the one no other corrects; None before any is written."""
    later = aliased(Minute)
    corrected = select(later.id).where(later.corrects_id == Minute.id).exists()
    return session.scalars(select(Minute.id).where(Minute.meeting_id == meeting_id, ~corrected)).one_or_none()
