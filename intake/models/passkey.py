"""Passkeys, identities elsewhere, and the challenges that were answered."""

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, Mac, MaybeAt, PersonId, RowId, Sealed, tier


class Passkey(Base):
    """A key whose secret half never leaves a person's device; what they call it is sealed."""

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_person", "person_id"), tier("shared"))

    id: Mapped[RowId]
    person_id: Mapped[PersonId]
    credential_id: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int]
    name_sealed: Mapped[Sealed]
    made_at: Mapped[At]
    used_at: Mapped[MaybeAt]


class LinkedIdentity(Base):
    """Who a person is with a provider of single sign-on: only a keyed hash of it, to find them by."""

    __tablename__ = "linked_identity"
    __table_args__ = (Index("ix_linked_identity_person", "person_id"), tier("shared"))

    id: Mapped[RowId]
    person_id: Mapped[PersonId]
    provider: Mapped[str] = mapped_column(String(40))
    identity_mac: Mapped[Mac] = mapped_column(unique=True)
    linked_at: Mapped[At]
    used_at: Mapped[MaybeAt]


class SpentChallenge(Base):
    """The memory that a challenge was answered: no answer is taken twice."""

    __tablename__ = "spent_challenge"
    __table_args__ = tier("shared")

    challenge_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    spent_at: Mapped[At]
