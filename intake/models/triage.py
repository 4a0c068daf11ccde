"""What the hub does with a referral: colours, decisions and notes, each a row that stays."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, PersonId, RowId, Sealed, tier, word
from intake.vocabulary import Colour


class TriageColour(Base):
    """A colour given to a referral, with its reason."""

    __tablename__ = "triage_colour"
    __table_args__ = (Index("ix_triage_colour_referral", "referral_id", "given_at"), tier("hub"))

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    colour: Mapped[Colour] = word(Colour)
    given_by: Mapped[PersonId]
    given_at: Mapped[At]
    reason_sealed: Mapped[Sealed]


class TriageDecision(Base):
    """A decision on a referral, with its reason; a later one follows and does not replace."""

    __tablename__ = "triage_decision"
    __table_args__ = (Index("ix_triage_decision_referral", "referral_id", "decided_at"), tier("hub"))

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    decided_by: Mapped[PersonId]
    decided_at: Mapped[At]
    reason_sealed: Mapped[Sealed]


class ReferralClosing(Base):
    """Why a referral was closed; a closed one stays closed, so there is one row or none."""

    __tablename__ = "referral_closing"
    __table_args__ = tier("hub")

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    closed_by: Mapped[PersonId]
    closed_at: Mapped[At]
    reason_sealed: Mapped[Sealed]


class CaseNote(Base):
    """A note on a referral; a correction names the note it corrects."""

    __tablename__ = "case_note"
    __table_args__ = (Index("ix_case_note_referral", "referral_id", "written_at", "id"), tier("hub"))

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    written_by: Mapped[PersonId]
    written_at: Mapped[At]
    corrects_id: Mapped[UUID | None] = mapped_column(ForeignKey("case_note.id"))
    note_sealed: Mapped[Sealed]
