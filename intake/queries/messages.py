"""Words between hub and school outside a decision, in the order in which they were written."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.models.referral import ReferralMessage


def messages_of(session: Session, referral_id: UUID) -> Sequence[ReferralMessage]:
    """Return what was written about a referral that was found to be the actor's."""
    return session.scalars(
        select(ReferralMessage)
        .where(ReferralMessage.referral_id == referral_id)
        .order_by(ReferralMessage.written_at, ReferralMessage.id)
    ).all()


def written_to(organisation_id: UUID, school_id: UUID) -> ColumnElement[bool]:
    """Select what is for an organisation to read: the school's by name, a service's whoever had it then.

    An answer to a service that has since passed the referral on is for the service that has it now.
    """
    if organisation_id == school_id:
        return ReferralMessage.to_id == school_id
    return ReferralMessage.from_id == school_id


def is_unread(session: Session, referral_id: UUID, *, by: UUID, school_id: UUID) -> bool:
    """Tell whether something written to an organisation about a referral was not read there yet."""
    waiting = select(ReferralMessage.id).where(
        written_to(by, school_id),
        ReferralMessage.first_read_at.is_(None),
        ReferralMessage.referral_id == referral_id,
    )
    return session.scalars(waiting.limit(1)).one_or_none() is not None
