"""Who is on duty when, as a duty manager wrote it down."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from intake.db import Base
from intake.models.columns import At, OrganisationId, PersonId, RowId, tier


class DutyShift(Base):
    """Somebody is on duty in a service from one instant to before another: a plan, and no leave to enter."""

    __tablename__ = "duty_shift"
    __table_args__ = (Index("ix_duty_shift_service", "organisation_id", "ends_at"), tier("hub"))

    id: Mapped[RowId]
    organisation_id: Mapped[OrganisationId]
    person_id: Mapped[PersonId]
    begins_at: Mapped[At]
    ends_at: Mapped[At]
    written_by: Mapped[PersonId]
    written_at: Mapped[At]
