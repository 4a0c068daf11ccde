"""What was passed on: what waits for an answer, what a service gave away, and what it had opened of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ScalarSelect, func, or_, select
from sqlalchemy.orm import Session

from intake.casework.passing_lifecycle import WAITING
from intake.models.organisation import Organisation
from intake.models.passing import Breach, Passing
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.queries.open_to import erased, known_to, open_to
from intake.vocabulary import Answer, BreachState, PassingState, PassingWhy

#: No list is longer: nobody reads on, and everything is still found by its reference.
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Offer:
    """A referral that waits for the service's answer; no name stands here."""

    id: UUID
    reference: str
    passed_by: str
    passed_at: datetime
    why: PassingWhy
    danger_now: Answer
    missing_now: Answer
    due_at: datetime


@dataclass(frozen=True, slots=True)
class GivenAway:
    """A referral the service passed on: to whom, and where that stands."""

    id: UUID
    reference: str
    to: str
    passed_at: datetime
    state: PassingState
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class BreachRow:
    """A breach on a list."""

    id: UUID
    reference: str
    had_by: str
    found_at: datetime
    report_by_at: datetime
    state: BreachState


def offers(session: Session, actor: Actor) -> tuple[Offer, ...]:
    """Return what waits for the service's answer, the most pressing first. Raises `NotPermitted`."""
    require_role(actor, Permission.REFERRAL_ACCEPT)
    rows = session.execute(
        select(
            Passing.id,
            Referral.reference,
            Organisation.name,
            Passing.passed_at,
            Passing.why,
            Referral.danger_now,
            Referral.missing_now,
            Referral.due_at,
        )
        .join(Referral, Referral.id == Passing.referral_id)
        .join(Organisation, Organisation.id == Passing.from_id)
        .where(
            Passing.to_id == actor.organisation_id,
            Passing.state == PassingState.OFFERED,
            open_to(actor, Referral.id),
        )
        .order_by(Referral.urgency_rank, Referral.due_at, Passing.id)
        .limit(MOST)
    )
    return tuple(Offer(*row) for row in rows)


def given_away(session: Session, actor: Actor) -> tuple[GivenAway, ...]:
    """Return what the service passed on, the latest first. Raises `NotPermitted`."""
    require_role(actor, Permission.PASSING_OPEN)
    rows = session.execute(
        select(
            Passing.id,
            Referral.reference,
            Organisation.name,
            Passing.passed_at,
            Passing.state,
            Passing.answered_at,
        )
        .join(Referral, Referral.id == Passing.referral_id)
        .outerjoin(Organisation, Organisation.id == Passing.to_id)
        .where(Passing.from_id == actor.organisation_id, open_to(actor, Referral.id))
        .order_by(Passing.passed_at.desc(), Passing.id.desc())
        .limit(MOST)
    )
    return tuple(GivenAway(*row) for row in rows)


def breaches(session: Session, actor: Actor) -> tuple[BreachRow, ...]:
    """Return the organisation's breaches, open ones first, soonest due first. Raises `NotPermitted`."""
    require_role(actor, Permission.BREACH_OPEN)
    here = actor.organisation_id
    rows = session.execute(
        select(
            Breach.id,
            Referral.reference,
            Organisation.name,
            Breach.found_at,
            Breach.report_by_at,
            Breach.state,
        )
        .join(Referral, Referral.id == Breach.referral_id)
        .join(Organisation, Organisation.id == Breach.had_id)
        .where(
            or_(Breach.had_id == here, Breach.answerable_id == here, Referral.school_id == here),
            # One that was found after the referral was erased here is still to be decided on.
            known_to(actor, Referral.id),
            ~erased(here, Breach.id),
        )
        .order_by(Breach.state == BreachState.CLOSED, Breach.report_by_at, Breach.id)
        .limit(MOST)
    )
    return tuple(BreachRow(*row) for row in rows)


def how_many_offered(actor: Actor) -> ScalarSelect[int]:
    """Count what waits for the service's answer, to stand in another statement."""
    waiting = (
        select(func.count())
        .select_from(Passing)
        .join(Referral, Referral.id == Passing.referral_id)
        .where(
            Passing.to_id == actor.organisation_id,
            Passing.state == PassingState.OFFERED,
            open_to(actor, Referral.id),
        )
    )
    return waiting.scalar_subquery()


def waits_for() -> ScalarSelect[str]:
    """Select, beside a referral, who is asked to take it over: empty for somebody outside, else NULL."""
    asked = (
        select(func.coalesce(Organisation.name, ""))
        .select_from(Passing)
        .outerjoin(Organisation, Organisation.id == Passing.to_id)
        .where(Passing.referral_id == Referral.id, Passing.state.in_(WAITING))
        .limit(1)
    )
    return asked.correlate(Referral).scalar_subquery()


def waiting_of(session: Session, referral_id: UUID) -> Passing | None:
    """Return the passing on of a referral that waits for an answer, or None."""
    return session.scalars(
        select(Passing).where(Passing.referral_id == referral_id, Passing.state.in_(WAITING))
    ).one_or_none()


def passings_of(session: Session, referral_id: UUID) -> Sequence[Passing]:
    """Return every passing on of a referral, in order."""
    return session.scalars(
        select(Passing).where(Passing.referral_id == referral_id).order_by(Passing.passed_at, Passing.id)
    ).all()


def came_by(session: Session, referral: Referral) -> Passing | None:
    """Return by which passing on the hub that has a referral got it; None where the school sent it."""
    return session.scalars(
        select(Passing)
        .where(
            Passing.referral_id == referral.id,
            Passing.to_id == referral.hub_id,
            Passing.state == PassingState.ACCEPTED,
        )
        .order_by(Passing.answered_at.desc())
        .limit(1)
    ).one_or_none()


def last_passed_on(session: Session, referral_id: UUID, *, until: datetime) -> Passing | None:
    """Return the last passing on that had moved a referral by an instant; None where none had."""
    return session.scalars(
        select(Passing)
        .where(
            Passing.referral_id == referral_id,
            Passing.state.in_((PassingState.ACCEPTED, PassingState.HANDED_OVER)),
            Passing.answered_at <= until,
        )
        .order_by(Passing.answered_at.desc(), Passing.id.desc())
        .limit(1)
    ).one_or_none()


def could_read_from(session: Session, referral: Referral) -> datetime:
    """Return since when the hub that has a referral could read it: an offer is read before it is accepted."""
    passing = came_by(session, referral)
    return passing.passed_at if passing else referral.received_at or referral.submitted_at
