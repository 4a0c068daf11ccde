"""The key pairs of organisations, and which of them holds the data key of which part of a case."""

from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, MaybeAt, MaybeSealed, OrganisationId, RowId, Sealed, Short, tier, word
from intake.vocabulary import Compartment


class OrganisationKey(Base):
    """One version of an organisation's key pair; without its private half nothing sealed to it opens."""

    __tablename__ = "organisation_key"
    __table_args__ = (
        Index("ux_organisation_key", "organisation_id", "version", unique=True),
        tier("shared"),
    )

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    version: Mapped[int]
    suite: Mapped[int]
    public_half: Mapped[Sealed]
    fingerprint: Mapped[Short]
    ring: Mapped[Short]
    root_kid: Mapped[int]
    private_half: Mapped[MaybeSealed]
    made_at: Mapped[At]
    retired_at: Mapped[MaybeAt]


class KeyGrant(Base):
    """One data key, wrapped for one organisation; ending it ends what the organisation can open."""

    __tablename__ = "key_grant"
    __table_args__ = (
        Index("ux_key_grant", "case_id", "compartment", "generation", "organisation_id", unique=True),
        Index("ix_key_grant_wrapping", "suite", "organisation_id", "root_kid"),
        tier("shared"),
    )

    id: Mapped[RowId]
    case_id: Mapped[UUID]
    compartment: Mapped[Compartment] = word(Compartment)
    generation: Mapped[int]
    organisation_id: Mapped[OrganisationId]
    suite: Mapped[int] = mapped_column(server_default="16")
    kid: Mapped[int] = mapped_column("root_kid")
    wrapped: Mapped[Sealed]
    commitment: Mapped[Sealed]
    granted_at: Mapped[At]
    ended_at: Mapped[MaybeAt]
