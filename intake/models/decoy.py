"""Which closed cases are decoys, without naming any."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import Mac, MaybeAt, MaybePersonId, OrganisationId, RowId, tier


class DecoyMark(Base):
    """That a closed case is a decoy, once what was asked is approved, until the mark ends.

    Which case stands in a keyed hash of its id; who marked it and from when, in the request.
    """

    __tablename__ = "decoy_mark"
    __table_args__ = (Index("ix_decoy_mark_service", "organisation_id"), tier("hub"))

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    request_id: Mapped[UUID] = mapped_column(ForeignKey("second_person_request.id"))
    case_mac: Mapped[Mac]
    ended_by: Mapped[MaybePersonId]
    ended_at: Mapped[MaybeAt]
