"""Referrals passed on, and those found to have been sent to the wrong place."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import (
    At,
    MaybeAt,
    MaybeOrganisationId,
    MaybePersonId,
    MaybeSealed,
    MaybeShort,
    OrganisationId,
    PersonId,
    RowId,
    Sealed,
    tier,
    word,
)
from intake.vocabulary import BreachAct, BreachState, PassingState, PassingWhy


class Passing(Base):
    """One time a service passed a referral on, to whom, and what came of it.

    `had_from_at` and the acknowledgement are the first service's own, which its header held until then.
    """

    __tablename__ = "passing"
    __table_args__ = (
        Index("ix_passing_referral", "referral_id", "passed_at"),
        Index("ix_passing_offered", "to_id", "state", "passed_at"),
        Index("ix_passing_from", "from_id", "passed_at"),
        tier("shared"),
    )

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    routing_record_id: Mapped[UUID] = mapped_column(ForeignKey("routing_record.id"))
    from_id: Mapped[OrganisationId]
    to_id: Mapped[MaybeOrganisationId]
    to_service: Mapped[MaybeShort]
    why: Mapped[PassingWhy] = word(PassingWhy)
    state: Mapped[PassingState] = word(PassingState)
    passed_by: Mapped[PersonId]
    passed_at: Mapped[At]
    words_sealed: Mapped[Sealed]
    had_from_at: Mapped[At]
    acknowledged_at: Mapped[MaybeAt]
    acknowledged_by: Mapped[MaybePersonId]
    answered_by: Mapped[MaybePersonId]
    answered_at: Mapped[MaybeAt]
    told_at: Mapped[MaybeAt]
    answer_sealed: Mapped[MaybeSealed]


class Breach(Base):
    """A referral sent to the wrong place: who had it from when until when, and who answers for that.

    Where it `was_copy`, another service led, and only the copy for information was in the wrong place.
    """

    __tablename__ = "breach"
    __table_args__ = (
        Index("ix_breach_had", "had_id", "state", "found_at"),
        Index("ix_breach_answerable", "answerable_id", "state", "found_at"),
        tier("shared"),
    )

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    had_id: Mapped[OrganisationId]
    answerable_id: Mapped[OrganisationId]
    had_from_at: Mapped[At]
    found_by: Mapped[PersonId]
    found_at: Mapped[At]
    report_by_at: Mapped[At]
    state: Mapped[BreachState] = word(BreachState)
    version: Mapped[int]
    was_copy: Mapped[bool] = mapped_column(server_default=false())


class BreachEntry(Base):
    """One thing done, told or decided about a breach: only ever added to."""

    __tablename__ = "breach_entry"
    __table_args__ = (Index("ix_breach_entry_breach", "breach_id", "written_at"), tier("shared"))

    id: Mapped[RowId]
    breach_id: Mapped[UUID] = mapped_column(ForeignKey("breach.id"))
    act: Mapped[BreachAct] = word(BreachAct)
    written_by: Mapped[PersonId]
    written_at: Mapped[At]
    words_sealed: Mapped[Sealed]
