"""Words between hub and school outside a decision, in the order in which they were written."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.models.referral import ReferralMessage


def messages_of(session: Session, referral_id: UUID) -> Sequence[ReferralMessage]:
    """Return what was written about a referral that was found to be the actor's."""
    return session.scalars(
        select(ReferralMessage)
        .where(ReferralMessage.referral_id == referral_id)
        .order_by(ReferralMessage.written_at, ReferralMessage.id)
    ).all()


def is_unread(session: Session, referral_id: UUID, *, by: UUID) -> bool:
    """Tell whether something written to an organisation about a referral was not read there yet."""
    waiting = select(ReferralMessage.id).where(
        ReferralMessage.to_id == by,
        ReferralMessage.first_read_at.is_(None),
        ReferralMessage.referral_id == referral_id,
    )
    return session.scalars(waiting.limit(1)).one_or_none() is not None
