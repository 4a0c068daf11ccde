"""The trail: one gapless chain for each organisation, and the one log of all that was signed."""

from uuid import UUID

from sqlalchemy import Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, Mac, RowId, Short, tier


class AuditEntry(Base):
    """One thing that happened; rows are only ever added."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_reference", "organisation_id", "reference", "seq"),
        Index("ix_audit_entry_actor", "organisation_id", "actor_id", "seq"),
        Index("ix_audit_entry_event", "organisation_id", "event", "seq"),
        Index("ix_audit_entry_subject", "organisation_id", "subject_id", "seq"),
        Index("ix_audit_entry_at", "organisation_id", "at", "seq"),
        tier("shared"),
    )

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[At]
    actor_id: Mapped[UUID | None]
    session_id: Mapped[UUID | None]
    event: Mapped[Short]
    subject_kind: Mapped[Short]
    subject_id: Mapped[UUID | None]
    reference: Mapped[str | None] = mapped_column(String(16))
    detail: Mapped[str]
    prev_mac: Mapped[Mac]
    mac: Mapped[Mac]


class AuditBatch(Base):
    """A batch of the second sink that has been entered; it is never entered again."""

    __tablename__ = "audit_batch"
    __table_args__ = tier("shared")

    id: Mapped[RowId]
    entered_at: Mapped[At]


class AuditHead(Base):
    """Where each organisation's chain ends: its last MAC, under a seal; locked last in every write."""

    __tablename__ = "audit_head"
    __table_args__ = tier("shared")

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    mac: Mapped[Mac]
    seal: Mapped[Mac]


class AuditStretch(Base):
    """Consecutive entries of one chain as they stand in the log: all stretches in order are the log."""

    __tablename__ = "audit_stretch"
    __table_args__ = (
        Index("ix_audit_stretch_chain", "organisation_id", "last_seq", unique=True),
        tier("hub"),
    )

    start: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    organisation_id: Mapped[UUID]
    first_seq: Mapped[int]
    last_seq: Mapped[int]


class AuditCheckpoint(Base):
    """How long the log was, and the root signed for it; no two follow the same one, so there is one log."""

    __tablename__ = "audit_checkpoint"
    __table_args__ = tier("hub")

    size: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    follows: Mapped[int] = mapped_column(unique=True)
    edge: Mapped[bytes] = mapped_column(LargeBinary)
    signed: Mapped[str]
