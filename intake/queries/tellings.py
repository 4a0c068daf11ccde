"""Whom a routing says to tell for information, and which calls about that are still to be made."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
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
    return Referral.id.in_(select(Telling.referral_id).where(*WAITING))
