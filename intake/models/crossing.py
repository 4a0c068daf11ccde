"""What crosses from one tier to the other: an entry for a chain whose key this tier has not got."""

from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, OrganisationId, RowId, Short, tier


class Crossing(Base):
    """One entry on its way into another tier's chain, and the sender's entry it answers to.

    `answers_id` names another crossing where that entry is not written yet: this one then waits for it,
    and `from_seq` and `from_mac` are empty.
    """

    __tablename__ = "crossing"
    __table_args__ = (Index("ix_crossing_to", "to_id", "from_id", "from_seq", "id"), tier("shared"))

    id: Mapped[RowId]
    to_id: Mapped[OrganisationId]
    from_id: Mapped[OrganisationId]
    from_seq: Mapped[int | None]
    from_mac: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    answers_id: Mapped[UUID | None]
    event: Mapped[Short]
    subject_kind: Mapped[Short]
    subject_id: Mapped[UUID | None]
    reference: Mapped[str | None] = mapped_column(String(16))
    detail: Mapped[str]
    sent_at: Mapped[At]


class CrossingTaken(Base):
    """That a crossing was taken into its chain, and where it stands: once, for its key is the crossing's."""

    __tablename__ = "crossing_taken"
    __table_args__ = tier("shared")

    crossing_id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    seq: Mapped[int]
    mac: Mapped[bytes] = mapped_column(LargeBinary(32))
    taken_at: Mapped[At]
