"""Which organisation holds the data key of which part of a case."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from intake.db import Base
from intake.models.columns import At, MaybeAt, OrganisationId, RowId, Sealed, tier, word
from intake.vocabulary import Compartment


class KeyGrant(Base):
    """One data key, wrapped for one organisation; ending it ends what the organisation can open."""

    __tablename__ = "key_grant"
    __table_args__ = (
        Index("ux_key_grant", "case_id", "compartment", "generation", "organisation_id", unique=True),
        tier("shared"),
    )

    id: Mapped[RowId]
    case_id: Mapped[UUID]
    compartment: Mapped[Compartment] = word(Compartment)
    generation: Mapped[int]
    organisation_id: Mapped[OrganisationId]
    root_kid: Mapped[int]
    wrapped: Mapped[Sealed]
    commitment: Mapped[Sealed]
    granted_at: Mapped[At]
    ended_at: Mapped[MaybeAt]
