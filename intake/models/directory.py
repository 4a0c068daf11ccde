"""The directory's versions: which was in force when, how each was checked, and what was proposed by whom."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, MaybeAt, MaybePersonId, RowId, tier, word
from intake.vocabulary import ProposalOrigin, ProposalState


class DirectorySnapshot(Base):
    """The texts of one version of the directory, in force or only proposed: kept for good."""

    __tablename__ = "directory_snapshot"
    __table_args__ = tier("shared")

    version: Mapped[str] = mapped_column(primary_key=True)
    document: Mapped[str]
    loaded_at: Mapped[At]


class DirectoryProposal(Base):
    """A change somebody proposed: the version they began from, the whole as they would have it, and why."""

    __tablename__ = "directory_proposal"
    __table_args__ = (Index("ix_directory_proposal_state", "state", "proposed_at"), tier("shared"))

    id: Mapped[RowId]
    base_version: Mapped[str] = mapped_column(ForeignKey("directory_snapshot.version"))
    version: Mapped[str] = mapped_column(ForeignKey("directory_snapshot.version"))
    origin: Mapped[ProposalOrigin] = word(ProposalOrigin)
    proposed_by: Mapped[MaybePersonId]
    proposed_at: Mapped[At]
    why: Mapped[str]
    state: Mapped[ProposalState] = word(ProposalState)
    decided_by: Mapped[MaybePersonId]
    decided_at: Mapped[MaybeAt]
    answer: Mapped[str | None]


class DirectoryInForce(Base):
    """Which version came into force when, one after the other: the highest number is the one in force."""

    __tablename__ = "directory_in_force"
    __table_args__ = tier("shared")

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(ForeignKey("directory_snapshot.version"))
    since_at: Mapped[At]
    proposal_id: Mapped[UUID | None] = mapped_column(ForeignKey("directory_proposal.id"))


class DirectoryCheck(Base):
    """What a check of every minute of a version found, and up to which day."""

    __tablename__ = "directory_check"
    __table_args__ = (Index("ix_directory_check_version", "version", "checked_at"), tier("shared"))

    id: Mapped[RowId]
    version: Mapped[str] = mapped_column(ForeignKey("directory_snapshot.version"))
    checked_at: Mapped[At]
    covered: Mapped[bool]
    findings: Mapped[str]
