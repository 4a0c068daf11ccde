"""Codes that stand in for a second factor for one shift."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import (
    At,
    Mac,
    MaybeAt,
    MaybePersonId,
    MaybeSealed,
    OrganisationId,
    PersonId,
    RowId,
    tier,
)


class ShiftCode(Base):
    """A code by which somebody proves who they are for one shift; why is sealed here, or in the request."""

    __tablename__ = "shift_code"
    __table_args__ = (
        Index("ix_shift_code_person", "person_id", "until_at"),
        Index("ix_shift_code_review", "organisation_id", "reviewed_at", "given_at"),
        tier("shared"),
    )

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    person_id: Mapped[PersonId]
    request_id: Mapped[UUID | None] = mapped_column(ForeignKey("second_person_request.id"))
    reason_sealed: Mapped[MaybeSealed]
    code_hash: Mapped[Mac]
    given_by: Mapped[PersonId]
    given_at: Mapped[At]
    until_at: Mapped[At]
    used_at: Mapped[MaybeAt]
    ended_by: Mapped[MaybePersonId]
    ended_at: Mapped[MaybeAt]
    reviewed_by: Mapped[MaybePersonId]
    reviewed_at: Mapped[MaybeAt]
    review_sealed: Mapped[MaybeSealed]
