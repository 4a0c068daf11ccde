"""Behind the glass: what somebody could find there, what they found, and what waits to be reviewed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from intake.models.referral import Referral, ReferralSent
from intake.models.restriction import BrokenGlass, GlassCase
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach, require_role
from intake.queries.open_to import erased, known_to, names, restricted_to_others
from intake.vocabulary import GlassFinding

#: No list is longer.
MOST = 100


@dataclass(frozen=True, slots=True)
class Hidden:
    """A restricted referral that is closed to the actor; the child's card is still sealed."""

    id: UUID
    reference: str
    card_sealed: bytes


@dataclass(frozen=True, slots=True)
class GlassRow:
    """One breaking of glass on the list of reviews."""

    id: UUID
    person_id: UUID
    began_at: datetime
    until_at: datetime
    reviewed_at: datetime | None
    finding: GlassFinding | None


@dataclass(frozen=True, slots=True)
class GlassTold:
    """That somebody broke the glass and found this referral, as those who may read it are told."""

    at: datetime
    person_id: UUID


def hidden(session: Session, actor: Actor) -> tuple[Hidden, ...]:
    """Return the restricted referrals of the actor's service that are closed to them and do not name them."""
    hub_id = reach(actor, Permission.GLASS_BREAK).organisation_id
    rows = session.execute(
        select(Referral.id, Referral.reference, ReferralSent.card_sealed)
        .join(ReferralSent, ReferralSent.referral_id == Referral.id)
        .where(
            Referral.hub_id == hub_id,
            restricted_to_others(actor, Referral.id),
            ~names(actor, Referral.id),
            ~erased(hub_id, Referral.id),
        )
        .order_by(Referral.reference)
    )
    return tuple(Hidden(*row) for row in rows)


def open_of(session: Session, actor: Actor, at: datetime) -> Sequence[BrokenGlass]:
    """Return the glass the actor broke in their service that is open, the oldest first."""
    rows = select(BrokenGlass).where(
        BrokenGlass.person_id == actor.person_id,
        BrokenGlass.organisation_id == actor.organisation_id,
        BrokenGlass.until_at > at,
    )
    return session.scalars(rows.order_by(BrokenGlass.began_at, BrokenGlass.id)).all()


def found_by(
    session: Session, glass_id: UUID, *, open_to: Actor | None = None
) -> tuple[tuple[UUID, str], ...]:
    """Return the referrals found behind one glass, by id and reference: all, or what is open to somebody."""
    found = (
        select(Referral.id, Referral.reference)
        .join(GlassCase, GlassCase.case_id == Referral.id)
        .where(GlassCase.broken_glass_id == glass_id)
        .order_by(Referral.reference)
    )
    if open_to is not None:
        found = found.where(known_to(open_to, Referral.id))
    return tuple((row.id, row.reference) for row in session.execute(found))


def about_oneself(actor: Actor) -> ColumnElement[bool]:
    """Tell of a breaking of glass whether what was found names the actor: they learn nothing of it."""
    return exists().where(GlassCase.broken_glass_id == BrokenGlass.id, names(actor, GlassCase.case_id))


def speaks_of(session: Session, actor: Actor, glass_id: UUID) -> bool:
    """Tell whether what was found behind one glass names the actor."""
    found = select(BrokenGlass.id).where(BrokenGlass.id == glass_id, about_oneself(actor))
    return session.scalars(found).one_or_none() is not None


def to_review(session: Session, actor: Actor) -> tuple[GlassRow, ...]:
    """Return every breaking of glass in the service, those nobody reviewed yet first, the oldest first.

    One that found something which names the actor is as if it had not been.
    """
    require_role(actor, Permission.GLASS_REVIEW)
    rows = session.execute(
        select(
            BrokenGlass.id,
            BrokenGlass.person_id,
            BrokenGlass.began_at,
            BrokenGlass.until_at,
            BrokenGlass.reviewed_at,
            BrokenGlass.finding,
        )
        .where(
            BrokenGlass.organisation_id == actor.organisation_id,
            ~erased(actor.organisation_id, BrokenGlass.id),
            ~about_oneself(actor),
        )
        .order_by(BrokenGlass.reviewed_at.is_not(None), BrokenGlass.began_at, BrokenGlass.id)
        .limit(MOST)
    )
    return tuple(GlassRow(*row) for row in rows)


def broken_for(session: Session, referral_id: UUID) -> Sequence[GlassTold]:
    """Return when somebody of the service that has a referral found it behind the glass."""
    rows = session.execute(
        select(BrokenGlass.began_at, BrokenGlass.person_id)
        .join(GlassCase, GlassCase.broken_glass_id == BrokenGlass.id)
        .join(Referral, Referral.id == GlassCase.case_id)
        .where(GlassCase.case_id == referral_id, BrokenGlass.organisation_id == Referral.hub_id)
        .order_by(BrokenGlass.began_at)
    )
    return tuple(GlassTold(*row) for row in rows)
