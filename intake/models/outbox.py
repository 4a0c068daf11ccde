"""Mail waiting to go out, written in the same commit as what it tells of."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base
from intake.models.columns import At, MaybeAt, OrganisationId, PersonId, RowId, Sealed, tier, word
from intake.vocabulary import MailKind


class OutboxMail(Base):
    """One mail: to whom and about which reference is sealed; when to try next is not."""

    __tablename__ = "outbox_mail"
    __table_args__ = (Index("ix_outbox_mail_due", "sent_at", "next_try_at"), tier("shared"))

    id: Mapped[RowId]
    kind: Mapped[MailKind] = word(MailKind)
    organisation_id: Mapped[OrganisationId]
    person_id: Mapped[PersonId]
    payload_sealed: Mapped[Sealed]
    made_at: Mapped[At]
    next_try_at: Mapped[At]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[MaybeAt]
