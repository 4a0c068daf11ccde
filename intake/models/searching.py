"""What records are found by: tokens of near-unique identifiers, and what somebody searched for today."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, OrganisationId, PersonId, RowId, Sealed, tier, word
from intake.vocabulary import IdentifierKind


class IdentifierToken(Base):
    """That a service's referral carries an identifier: a keyed hash, meaning nothing to another service."""

    __tablename__ = "identifier_token"
    __table_args__ = (
        Index("ix_identifier_token", "organisation_id", "kind", "index_version", "token"),
        tier("hub"),
    )

    case_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    kind: Mapped[IdentifierKind] = word(IdentifierKind, primary_key=True)
    index_version: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[bytes] = mapped_column(LargeBinary(8), primary_key=True)


class IdentifierIndex(Base):
    """That a service's referral is indexed, by which version of the index: with no identifier, too."""

    __tablename__ = "identifier_index"
    __table_args__ = tier("hub")

    case_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    organisation_id: Mapped[OrganisationId]
    index_version: Mapped[int]
    indexed_at: Mapped[At]


class Search(Base):
    """What somebody searched for, sealed for that person alone, so that its answer has an address."""

    __tablename__ = "search"
    __table_args__ = (Index("ix_search_made", "made_at"), tier("shared"))

    id: Mapped[RowId]
    person_id: Mapped[PersonId]
    organisation_id: Mapped[OrganisationId]
    terms_sealed: Mapped[Sealed]
    made_at: Mapped[At]
