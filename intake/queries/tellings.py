"""Whom a routing says to tell for information, and which calls about that are still to be made."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import Session

from intake.models.referral import Referral
from intake.models.telling import Telling

#: What is due and was not done yet.
WAITING: tuple[ColumnElement[bool], ...] = (Telling.from_at.is_not(None), Telling.told_at.is_(None))


def tellings_of(session: Session, referral_id: UUID, *, told_too: bool = False) -> Sequence[Telling]:
    """Return the services that are still to be told of a referral, or were told by a call, in order."""
    which = and_(*WAITING)
    if told_too:
        which |= Telling.call_id.is_not(None)
    return session.scalars(
        select(Telling).where(Telling.referral_id == referral_id, which).order_by(Telling.from_at, Telling.id)
    ).all()


def somebody_to_tell() -> ColumnElement[bool]:
    """Select, beside a referral, those of which somebody is still to be told by telephone."""
    return exists().where(Telling.referral_id == Referral.id, *WAITING)


def with_somebody_to_tell(school_id: UUID) -> Select[UUID]:
    """Select the referrals of a school of which somebody is still to be told: few, however many it sent."""
    # Read from what waits: SQLite would go through every referral of the school, saw it that index.
    of_school = func.coalesce(Referral.school_id, None) == school_id
    return (
        select(Telling.referral_id)
        .join(Referral, Referral.id == Telling.referral_id)
        .where(*WAITING, of_school)
    )
