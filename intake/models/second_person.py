"""What one person asked for and another decided on."""

from uuid import UUID

from sqlalchemy import Index, String
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
from intake.vocabulary import RequestKind, RequestState, SubjectKind


class SecondPersonRequest(Base):
    """One act that wants two people: what it is about, who asked why, and what came of it."""

    __tablename__ = "second_person_request"
    __table_args__ = (
        Index("ix_second_person_request_state", "organisation_id", "state", "asked_at"),
        Index("ix_second_person_request_subject", "subject_id"),
        tier("shared"),
    )

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    kind: Mapped[RequestKind] = word(RequestKind)
    subject_kind: Mapped[SubjectKind] = word(SubjectKind)
    subject_id: Mapped[UUID]
    codes: Mapped[str] = mapped_column(String(200))
    asked_by: Mapped[PersonId]
    asked_at: Mapped[At]
    expires_at: Mapped[At]
    reason_sealed: Mapped[Sealed]
    state: Mapped[RequestState] = word(RequestState)
    decided_by: Mapped[MaybePersonId]
    decided_at: Mapped[MaybeAt]
    answer_sealed: Mapped[MaybeSealed]
    used_at: Mapped[MaybeAt]
