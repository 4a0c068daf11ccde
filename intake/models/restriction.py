"""Cases restricted to named people, and who broke the glass to see one all the same."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import (
    At,
    MaybeAt,
    MaybePersonId,
    MaybeSealed,
    OrganisationId,
    PersonId,
    RowId,
    Sealed,
    tier,
    word,
)
from intake.vocabulary import GlassFinding, SubjectKind


class Restriction(Base):
    """That an organisation keeps a case to named people, from when until when; why is sealed."""

    __tablename__ = "restriction"
    __table_args__ = (
        Index("ix_restriction_case", "case_id", "organisation_id"),
        Index(
            "ix_restriction_standing",
            "organisation_id",
            "case_id",
            unique=True,
            sqlite_where=text("lifted_at IS NULL"),
            postgresql_where=text("lifted_at IS NULL"),
        ),
        tier("shared"),
    )

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    subject_kind: Mapped[SubjectKind] = word(SubjectKind)
    case_id: Mapped[UUID]
    set_by: Mapped[PersonId]
    set_at: Mapped[At]
    reason_sealed: Mapped[Sealed]
    lifted_at: Mapped[MaybeAt]


class RestrictedCase(Base):
    """A case to which a restriction that stands reaches: the restricted one, and what has its words in it."""

    __tablename__ = "restricted_case"
    __table_args__ = (Index("ix_restricted_case", "case_id", "organisation_id"), tier("shared"))

    restriction_id: Mapped[UUID] = mapped_column(ForeignKey("restriction.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId]


class RestrictedTo(Base):
    """Somebody to whom a restriction lets a case be open, in the organisation that restricted it."""

    __tablename__ = "restricted_to"
    __table_args__ = (Index("ix_restricted_to_person", "person_id"), tier("shared"))

    restriction_id: Mapped[UUID] = mapped_column(ForeignKey("restriction.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    from_at: Mapped[At]


class RestrictedNote(Base):
    """Words about a restricted case that only the named may read, then and for good."""

    __tablename__ = "restricted_note"
    __table_args__ = (Index("ix_restricted_note", "restriction_id", "written_at"), tier("shared"))

    id: Mapped[RowId]
    restriction_id: Mapped[UUID] = mapped_column(ForeignKey("restriction.id"))
    written_by: Mapped[PersonId]
    written_at: Mapped[At]
    words_sealed: Mapped[Sealed]


class BrokenGlass(Base):
    """That somebody went past restrictions for a while: why is sealed, and so is what a colleague found."""

    __tablename__ = "broken_glass"
    __table_args__ = (
        Index("ix_broken_glass_person", "person_id", "organisation_id", "until_at"),
        Index("ix_broken_glass_review", "organisation_id", "reviewed_at", "began_at"),
        tier("hub"),
    )

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    person_id: Mapped[PersonId]
    began_at: Mapped[At]
    until_at: Mapped[At]
    reason_sealed: Mapped[Sealed]
    reviewed_by: Mapped[MaybePersonId]
    reviewed_at: Mapped[MaybeAt]
    finding: Mapped[GlassFinding | None] = word(GlassFinding)
    finding_sealed: Mapped[MaybeSealed]


class GlassCase(Base):
    """A restricted case that was found behind the glass, and open to whoever broke it."""

    __tablename__ = "glass_case"
    __table_args__ = (Index("ix_glass_case", "case_id"), tier("hub"))

    broken_glass_id: Mapped[UUID] = mapped_column(ForeignKey("broken_glass.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
