"""Words between hub and school outside a decision, in the order in which they were written."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, CompoundSelect, exists, select
from sqlalchemy.orm import Session

from intake.models.passing import Breach, Passing
from intake.models.referral import Referral, ReferralMessage
from intake.vocabulary import PassingState


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


def unread(hub_id: UUID) -> CompoundSelect[UUID]:
    """Select the referrals of the schools' answers that nobody in the hub has read.

    Also those to a service that passed the referral on to this one since, or from which it was taken back.
    """
    message = ReferralMessage
    here = select(message.referral_id).where(message.to_id == hub_id, message.first_read_at.is_(None))
    came = (
        select(message.referral_id)
        .join(Referral, Referral.id == message.referral_id)
        .where(message.from_id == Referral.school_id, message.first_read_at.is_(None))
    )
    passed_on = (Passing.to_id == hub_id, Passing.state == PassingState.ACCEPTED)
    return here.union(
        came.join(Passing, Passing.referral_id == message.referral_id).where(*passed_on),
        came.join(Breach, Breach.referral_id == message.referral_id).where(Breach.had_id != hub_id),
    )


def answered() -> ColumnElement[bool]:
    """Tell, beside a referral, whether the school wrote something about it that nobody has read."""
    return exists().where(
        ReferralMessage.referral_id == Referral.id,
        ReferralMessage.from_id == Referral.school_id,
        ReferralMessage.first_read_at.is_(None),
    )
