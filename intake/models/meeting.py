"""Safety-plan meetings, their minutes and what was to be done by when."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, MaybeAt, On, PersonId, RowId, Sealed, tier, word
from intake.vocabulary import MeetingState


class Meeting(Base):
    """A safety-plan meeting about one referral."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_referral", "referral_id", "starts_at"), tier("hub"))

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    starts_at: Mapped[At]
    state: Mapped[MeetingState] = word(MeetingState)
    arranged_by: Mapped[PersonId]
    arranged_at: Mapped[At]
    held_at: Mapped[MaybeAt]
    invitation_sealed: Mapped[Sealed]
    version: Mapped[int]


class MeetingChange(Base):
    """A meeting was moved, or called off: `to_at` is empty then."""

    __tablename__ = "meeting_change"
    __table_args__ = (Index("ix_meeting_change_meeting", "meeting_id", "changed_at"), tier("hub"))

    id: Mapped[RowId]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    changed_by: Mapped[PersonId]
    changed_at: Mapped[At]
    from_at: Mapped[At]
    to_at: Mapped[MaybeAt]
    reason_sealed: Mapped[Sealed]


class Minute(Base):
    """The minutes of a meeting; a correction is another row that names the one it corrects."""

    __tablename__ = "minute"
    __table_args__ = (Index("ix_minute_meeting", "meeting_id", "written_at"), tier("hub"))

    id: Mapped[RowId]
    meeting_id: Mapped[UUID] = mapped_column(ForeignKey("meeting.id"))
    written_by: Mapped[PersonId]
    written_at: Mapped[At]
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("minute.id"))
    review_on: Mapped[On]
    minute_sealed: Mapped[Sealed]


class PlanAction(Base):
    """One row of the plan: when it is due stands clear, what and who stands in the minute."""

    __tablename__ = "plan_action"
    __table_args__ = (Index("ix_plan_action_minute", "minute_id"), tier("hub"))

    minute_id: Mapped[UUID] = mapped_column(ForeignKey("minute.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    due_on: Mapped[On]
