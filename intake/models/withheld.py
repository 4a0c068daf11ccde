"""Who was shown an address that is withheld, and why."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from intake.db import Base
from intake.models.columns import At, OrganisationId, PersonId, RowId, Sealed, tier, word
from intake.vocabulary import SubjectKind


class AddressShown(Base):
    """That somebody had a withheld address shown, of which case and when; why is sealed."""

    __tablename__ = "address_shown"
    __table_args__ = (Index("ix_address_shown_case", "case_id", "organisation_id"), tier("shared"))

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    subject_kind: Mapped[SubjectKind] = word(SubjectKind)
    case_id: Mapped[UUID]
    shown_to: Mapped[PersonId]
    shown_at: Mapped[At]
    reason_sealed: Mapped[Sealed]
