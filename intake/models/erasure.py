"""What was erased, by whom and when; and what must not be, because somebody may still have to prove it."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, Mac, MaybeAt, OrganisationId, PersonId, RowId, Sealed, tier, word
from intake.vocabulary import SubjectKind


class Erasure(Base):
    """The certificate that an organisation destroyed its keys to a case: by whom, when, how much."""

    __tablename__ = "erasure"
    __table_args__ = tier("shared")

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    subject_kind: Mapped[SubjectKind] = word(SubjectKind)
    case_id: Mapped[UUID]
    request_id: Mapped[UUID] = mapped_column(ForeignKey("second_person_request.id"))
    asked_by: Mapped[PersonId]
    approved_by: Mapped[PersonId]
    erased_at: Mapped[At]
    keys_destroyed: Mapped[int]
    documents_emptied: Mapped[int]
    digest: Mapped[Mac]


class ErasedCase(Base):
    """Something with keys of its own that an erasure took: a case, or what was written about one."""

    __tablename__ = "erased_case"
    __table_args__ = (Index("ix_erased_case", "case_id", "organisation_id"), tier("shared"))

    erasure_id: Mapped[UUID] = mapped_column(ForeignKey("erasure.id"), primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[OrganisationId]


class LegalHold(Base):
    """That an organisation must not erase a case, from when until when; why is sealed."""

    __tablename__ = "legal_hold"
    __table_args__ = (Index("ix_legal_hold_case", "case_id", "organisation_id"), tier("shared"))

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    subject_kind: Mapped[SubjectKind] = word(SubjectKind)
    case_id: Mapped[UUID]
    placed_by: Mapped[PersonId]
    placed_at: Mapped[At]
    reason_sealed: Mapped[Sealed]
    lifted_at: Mapped[MaybeAt]
