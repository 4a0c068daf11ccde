"""What a school writes down: children's files, concerns, and who was told to read them."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, String, false
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
    Short,
    tier,
    word,
)
from intake.vocabulary import Answer, ConcernState


class ChildFile(Base):
    """A school's file on one child; the child's card is sealed under the file's own key."""

    __tablename__ = "child_file"
    __table_args__ = (Index("ix_child_file_organisation", "organisation_id"), tier("school"))

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    card_sealed: Mapped[Sealed]
    version: Mapped[int]
    made_at: Mapped[At]
    made_by: Mapped[MaybePersonId]


class EarlierCard(Base):
    """What a child's file said until it was put right: that version of its card, until when, and by whom."""

    __tablename__ = "earlier_card"
    __table_args__ = (Index("ix_earlier_card_child_file", "child_file_id", "version"), tier("school"))

    id: Mapped[RowId]
    child_file_id: Mapped[UUID] = mapped_column(ForeignKey("child_file.id"))
    version: Mapped[int]
    card_sealed: Mapped[Sealed]
    until_at: Mapped[At]
    put_right_by: Mapped[PersonId]


class Concern(Base):
    """One concern; its words are sealed, its state and times are not."""

    __tablename__ = "concern"
    __table_args__ = (
        Index("ix_concern_list", "organisation_id", "state", "recorded_at", "id"),
        Index("ix_concern_unread", "organisation_id", "read_at", "recorded_at"),
        Index("ix_concern_recorder", "recorded_by", "recorded_at", "id"),
        Index("ix_concern_child_file", "child_file_id"),
        tier("school"),
    )

    id: Mapped[RowId]
    reference: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[OrganisationId]
    recorded_by: Mapped[PersonId]
    recorded_at: Mapped[At]
    danger_now: Mapped[Answer] = word(Answer)
    missing_now: Mapped[Answer] = word(Answer)
    state: Mapped[ConcernState] = word(ConcernState)
    child_file_id: Mapped[UUID | None] = mapped_column(ForeignKey("child_file.id"))
    catalogue_version: Mapped[Short]
    name_sealed: Mapped[Sealed]
    words_sealed: Mapped[Sealed]
    kept_sealed: Mapped[MaybeSealed]
    read_by: Mapped[MaybePersonId]
    read_at: Mapped[MaybeAt]
    kept_at: Mapped[MaybeAt]
    kept_by: Mapped[MaybePersonId]
    version: Mapped[int]


class ConcernAddition(Base):
    """The optional second page, or more of it: each one adds and none replaces."""

    __tablename__ = "concern_addition"
    __table_args__ = (Index("ix_concern_addition_concern", "concern_id", "added_at"), tier("school"))

    id: Mapped[RowId]
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"))
    added_by: Mapped[PersonId]
    added_at: Mapped[At]
    detail_sealed: Mapped[Sealed]


class Alert(Base):
    """One person of the school who is, or will be, told that a concern waits to be read."""

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_concern", "concern_id", "rung"),
        Index("ix_alert_due", "ended_at", "sent_at", "due_at"),
        tier("school"),
    )

    id: Mapped[RowId]
    concern_id: Mapped[UUID] = mapped_column(ForeignKey("concern.id"))
    person_id: Mapped[PersonId]
    rung: Mapped[int]
    due_at: Mapped[At]
    sent_at: Mapped[MaybeAt]
    mail_id: Mapped[UUID | None] = mapped_column(ForeignKey("outbox_mail.id"))
    ended_at: Mapped[MaybeAt]


class Exclusion(Base):
    """A staff account that may not read a case, because the case names it or it has a tie to the child.

    `tie`: it was said of this very case that there is one, so that a file it is put in is closed as well.
    """

    __tablename__ = "exclusion"
    __table_args__ = (Index("ix_exclusion_person", "person_id"), tier("shared"))

    case_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    since_at: Mapped[At]
    tie: Mapped[bool] = mapped_column(server_default=false())
