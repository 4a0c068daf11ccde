"""People, what they are where, and how they prove it."""

from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import (
    At,
    Mac,
    MaybeAt,
    MaybeOrganisationId,
    MaybeSealed,
    OrganisationId,
    PersonId,
    RowId,
    Sealed,
    tier,
    word,
)
from intake.vocabulary import ProvedBy, Role, SessionEnd


class Person(Base):
    """A member of staff; the name and address stand in a sealed card, under their organisation's key."""

    __tablename__ = "person"
    __table_args__ = tier("shared")

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    sign_in_index: Mapped[bytes] = mapped_column(LargeBinary(8), unique=True)
    card_sealed: Mapped[Sealed]
    card_version: Mapped[int]
    password_hash: Mapped[str | None]
    seed_sealed: Mapped[MaybeSealed]
    seed_version: Mapped[int] = mapped_column(default=0)
    last_code_step: Mapped[int | None]
    home_sealed: Mapped[MaybeSealed]
    home_version: Mapped[int] = mapped_column(default=0, server_default="0")
    disabled_at: Mapped[MaybeAt]
    sample: Mapped[bool] = mapped_column(default=False)
    made_at: Mapped[At]


class Membership(Base):
    """What a person is in an organisation, from when and until when; deputies stand in an order."""

    __tablename__ = "membership"
    __table_args__ = (
        Index("ix_membership_person", "person_id"),
        Index("ix_membership_organisation_role", "organisation_id", "role"),
        tier("shared"),
    )

    id: Mapped[RowId]
    person_id: Mapped[PersonId]
    organisation_id: Mapped[OrganisationId]
    role: Mapped[Role] = word(Role)
    ladder: Mapped[int] = mapped_column(default=0)
    from_at: Mapped[At]
    to_at: Mapped[MaybeAt]


class SignInSession(Base):
    """One sign-in: known by the hash of a random token, ended here and not in the browser."""

    __tablename__ = "sign_in_session"
    __table_args__ = (Index("ix_sign_in_session_person", "person_id", "ended_at"), tier("shared"))

    id: Mapped[RowId]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    person_id: Mapped[PersonId]
    organisation_id: Mapped[MaybeOrganisationId]
    second_factor_at: Mapped[MaybeAt]
    proved_by: Mapped[ProvedBy | None] = word(ProvedBy, nullable=True)
    #: Where a code for one shift proved it, when that shift is over.
    until_at: Mapped[MaybeAt]
    began_at: Mapped[At]
    seen_at: Mapped[At]
    ended_at: Mapped[MaybeAt]
    ended_why: Mapped[SessionEnd | None] = word(SessionEnd, nullable=True)


class RecoveryCode(Base):
    """One code that stands in for a lost telephone, once."""

    __tablename__ = "recovery_code"
    __table_args__ = (Index("ix_recovery_code_person", "person_id"), tier("shared"))

    id: Mapped[RowId]
    person_id: Mapped[PersonId]
    code_hash: Mapped[Mac]
    used_at: Mapped[MaybeAt]


class OneTimeLink(Base):
    """A code with which a person sets a password, once and for a short time."""

    __tablename__ = "one_time_link"
    __table_args__ = tier("shared")

    id: Mapped[RowId]
    person_id: Mapped[PersonId]
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[At]
    expires_at: Mapped[At]
    used_at: Mapped[MaybeAt]


class Throttle(Base):
    """How many sign-ins failed lately from one place for one name: both only as a keyed hash."""

    __tablename__ = "throttle"
    __table_args__ = tier("shared")

    bucket: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    failures: Mapped[int]
    since_at: Mapped[At]
    last_at: Mapped[At]


class KnownDevice(Base):
    """A browser this person signed in from before: strangers' failures elsewhere do not slow it."""

    __tablename__ = "known_device"
    __table_args__ = (Index("ix_known_device_person", "person_id"), tier("shared"))

    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    person_id: Mapped[PersonId]
    seen_at: Mapped[At]


class OnceKey(Base):
    """The memory that a form was already taken, and where its answer is."""

    __tablename__ = "once_key"
    __table_args__ = tier("shared")

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    request_hash: Mapped[Mac]
    answer_path: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[At]


class FormDraftRow(Base):
    """A half-filled form, sealed for the person who was typing it, and where they were typing."""

    __tablename__ = "form_draft"
    __table_args__ = (
        Index("ux_form_draft", "person_id", "organisation_id", "path", unique=True),
        tier("shared"),
    )

    id: Mapped[RowId]
    person_id: Mapped[PersonId]
    organisation_id: Mapped[OrganisationId]
    path: Mapped[str] = mapped_column(String(200))
    form_sealed: Mapped[Sealed]
    version: Mapped[int]
    saved_at: Mapped[At]
