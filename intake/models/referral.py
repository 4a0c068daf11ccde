"""The referral: the clear header both sides read, and the school's sealed copy."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import (
    At,
    MaybeAt,
    MaybeOrganisationId,
    MaybePersonId,
    MaybeShort,
    OrganisationId,
    PersonId,
    RowId,
    Sealed,
    Short,
    tier,
    word,
)
from intake.vocabulary import Answer, Colour, Nation, ReferralState


class Referral(Base):
    """The clear header: ids, states, times, authority, service, colour, danger and missing; no word."""

    __tablename__ = "referral"
    __table_args__ = (
        Index("ix_referral_queue", "hub_id", "in_queue", "urgency_rank", "due_at", "id"),
        Index("ix_referral_school", "school_id", "submitted_at", "id"),
        Index("ix_referral_school_state", "school_id", "state", "submitted_at", "id"),
        Index("ix_referral_sender", "sent_by", "submitted_at", "id"),
        Index("ix_referral_taken", "hub_id", "in_queue", "taken_by", "urgency_rank", "due_at", "id"),
        Index("ix_referral_decided", "hub_id", "state", "decided_at", "id"),
        Index("ix_referral_due", "hub_id", "in_queue", "due_at", "id"),
        tier("shared"),
    )

    id: Mapped[RowId]
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    school_id: Mapped[OrganisationId]
    sent_by: Mapped[PersonId]
    hub_id: Mapped[MaybeOrganisationId]
    service_slug: Mapped[MaybeShort]
    authority_code: Mapped[MaybeShort]
    nation: Mapped[Nation] = word(Nation)
    directory_version: Mapped[Short]
    state: Mapped[ReferralState] = word(ReferralState)
    needs_allocation: Mapped[bool]
    in_queue: Mapped[bool]
    danger_now: Mapped[Answer] = word(Answer)
    missing_now: Mapped[Answer] = word(Answer)
    colour: Mapped[Colour | None] = word(Colour, nullable=True)
    urgency_rank: Mapped[int]
    submitted_at: Mapped[At]
    received_at: Mapped[MaybeAt]
    read_from_at: Mapped[MaybeAt]
    clock_starts_at: Mapped[At]
    due_at: Mapped[At]
    colour_due_at: Mapped[MaybeAt]
    taken_by: Mapped[MaybePersonId]
    taken_at: Mapped[MaybeAt]
    first_opened_at: Mapped[MaybeAt]
    acknowledged_at: Mapped[MaybeAt]
    acknowledged_by: Mapped[MaybePersonId]
    decided_at: Mapped[MaybeAt]
    version: Mapped[int]


class ReferralSent(Base):
    """The referral as the school sent it, and the child's card: sealed for school and hub."""

    __tablename__ = "referral_sent"
    __table_args__ = tier("shared")

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    document_sealed: Mapped[Sealed]
    card_sealed: Mapped[Sealed]


class ReferralConcern(Base):
    """Which of the school's concerns a referral was built from."""

    __tablename__ = "referral_concern"
    __table_args__ = (Index("ix_referral_concern_concern", "concern_id"), tier("school"))

    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"), primary_key=True)


class RoutingRecord(Base):
    """Where a referral was sent and why, as it was decided: never changed, only followed by another."""

    __tablename__ = "routing_record"
    __table_args__ = (Index("ix_routing_record_referral", "referral_id", "decided_at"), tier("shared"))

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    decided_at: Mapped[At]
    authority_code: Mapped[MaybeShort]
    lead_service: Mapped[MaybeShort]
    directory_version: Mapped[Short]
    trace_sealed: Mapped[Sealed]


class ReferralCall(Base):
    """A telephone call about a referral."""

    __tablename__ = "referral_call"
    __table_args__ = (Index("ix_referral_call_referral", "referral_id", "called_at"), tier("shared"))

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    recorded_by: Mapped[PersonId]
    called_at: Mapped[At]
    recorded_at: Mapped[At]
    call_sealed: Mapped[Sealed]


class Release(Base):
    """What the hub let the school read of a decision, sealed for the school."""

    __tablename__ = "release"
    __table_args__ = (Index("ix_release_referral", "referral_id", "released_at"), tier("shared"))

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    released_by: Mapped[PersonId]
    released_at: Mapped[At]
    words_sealed: Mapped[Sealed]
    first_read_at: Mapped[MaybeAt]


class ReferralMessage(Base):
    """A question or a word of the hub's to the school, outside a decision, or the school's answer."""

    __tablename__ = "referral_message"
    __table_args__ = (
        Index("ix_referral_message_referral", "referral_id", "written_at"),
        Index("ix_referral_message_unread", "to_id", "first_read_at", "referral_id"),
        tier("shared"),
    )

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    from_id: Mapped[OrganisationId]
    to_id: Mapped[OrganisationId]
    written_by: Mapped[PersonId]
    written_at: Mapped[At]
    words_sealed: Mapped[Sealed]
    first_read_at: Mapped[MaybeAt]
