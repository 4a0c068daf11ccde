"""Services to be told of a referral for information: by a copy here, or by a call still to be made."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import MaybeAt, RowId, Short, tier


class Telling(Base):
    """One service that one routing says is to be told, and when that was done.

    `from_at` is None while the routing is only an offer; `call_id` is the call by which the service was told,
    None where it got a copy here, or where it has the referral itself since.
    """

    __tablename__ = "telling"
    __table_args__ = (
        Index("ix_telling_referral", "referral_id"),
        Index("ix_telling_waiting", "told_at", "referral_id"),
        tier("shared"),
    )

    id: Mapped[RowId]
    referral_id: Mapped[UUID] = mapped_column(ForeignKey("referral.id"))
    routing_record_id: Mapped[UUID] = mapped_column(ForeignKey("routing_record.id"))
    service_slug: Mapped[Short]
    from_at: Mapped[MaybeAt]
    told_at: Mapped[MaybeAt]
    call_id: Mapped[UUID | None] = mapped_column(ForeignKey("referral_call.id"))
