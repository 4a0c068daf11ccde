"""The referrals a school has sent, and what has become of each, from the clear header alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session

from intake.models.referral import Referral, ReferralSent
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.queries.open_to import open_to
from intake.queries.tellings import somebody_to_tell, with_somebody_to_tell
from intake.vocabulary import Answer, ReferralState

PAGE = 25
MOST_UNSENT = 100


@dataclass(frozen=True, slots=True)
class SentCard:
    """One referral of a list; the child's card is still sealed."""

    id: UUID
    reference: str
    state: ReferralState
    needs_allocation: bool
    danger_now: Answer
    missing_now: Answer
    service_slug: str | None
    submitted_at: datetime
    acknowledged_at: datetime | None
    decided_at: datetime | None
    due_at: datetime
    to_tell: bool
    card_sealed: bytes


@dataclass(frozen=True, slots=True)
class SentPage:
    """A stretch of a list; `older` is the id to go on from, None at the end."""

    cards: tuple[SentCard, ...]
    older: UUID | None


def unsent(session: Session, actor: Actor) -> tuple[SentCard, ...]:
    """Return what still needs a call: what nobody here received, then where somebody else is to be told.

    Of each, the one that waits longest comes first.
    """
    not_sent = Referral.state == ReferralState.NOT_SENT_BY_US
    first = _longest_waiting(session, actor, not_sent)
    to_tell = session.scalars(
        with_somebody_to_tell(reach(actor, Permission.REFERRAL_LIST_SENT).organisation_id)
    ).all()
    # Without any, the school's referrals are not gone through for none of them.
    then = _longest_waiting(session, actor, ~not_sent, Referral.id.in_(to_tell)) if to_tell else ()
    return (*first, *then)[:MOST_UNSENT]


def sent(session: Session, actor: Actor, before: UUID | None = None) -> SentPage:
    """Return every other referral, newest first, from below the referral `before`."""
    statement = (
        _select(actor)
        .where(
            Referral.state != ReferralState.NOT_SENT_BY_US,
            ~somebody_to_tell(),
            *_below(session, actor, before),
        )
        .order_by(Referral.submitted_at.desc(), Referral.id.desc())
        .limit(PAGE + 1)
    )
    found = _cards(session, statement)
    shown = found[:PAGE]
    return SentPage(shown, shown[-1].id if len(found) > PAGE else None)


def _longest_waiting(session: Session, actor: Actor, *which: ColumnElement[bool]) -> tuple[SentCard, ...]:
    by_age = _select(actor).where(*which).order_by(Referral.submitted_at, Referral.id)
    return _cards(session, by_age.limit(MOST_UNSENT))


def _held(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    """Return the referrals of the whole school for a lead, one's own for others; never one that names one."""
    looks = reach(actor, Permission.REFERRAL_LIST_SENT)
    of_school = Referral.school_id == looks.organisation_id
    if looks.only_by is not None:
        return (of_school, Referral.sent_by == looks.only_by, open_to(actor, Referral.id))
    return (of_school, open_to(actor, Referral.id))


def _select(actor: Actor) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Referral.id,
            Referral.reference,
            Referral.state,
            Referral.needs_allocation,
            Referral.danger_now,
            Referral.missing_now,
            Referral.service_slug,
            Referral.submitted_at,
            Referral.acknowledged_at,
            Referral.decided_at,
            Referral.due_at,
            somebody_to_tell().label("to_tell"),
            ReferralSent.card_sealed,
        )
        .join(ReferralSent, ReferralSent.referral_id == Referral.id)
        .where(*_held(actor))
    )


def _below(session: Session, actor: Actor, before: UUID | None) -> tuple[ColumnElement[bool], ...]:
    if before is None:
        return ()
    at = session.scalar(select(Referral.submitted_at).where(Referral.id == before, *_held(actor)))
    if at is None:
        return ()
    earlier = Referral.submitted_at < at
    return (or_(earlier, and_(Referral.submitted_at == at, Referral.id < before)),)


def _cards(session: Session, statement: Select[*tuple[Any, ...]]) -> tuple[SentCard, ...]:
    return tuple(SentCard(*row) for row in session.execute(statement))
