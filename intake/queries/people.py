"""Who works in the actor's organisation, in which roles, and since when; names stay sealed here."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from intake.models.passkey import LinkedIdentity, Passkey
from intake.models.person import Membership, OneTimeLink, Person
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.vocabulary import Role


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role a person has in the organisation now; deputies are told in the order of `ladder`."""

    membership_id: UUID
    role: Role
    ladder: int
    since: datetime


@dataclass(frozen=True, slots=True)
class PersonCard:
    """One person of the organisation; `belongs_here` where their account is this organisation's to manage.

    `has_way_in`: a password, a passkey or an identity elsewhere. A link to an account that has one takes two.
    """

    id: UUID
    card_version: int
    belongs_here: bool
    roles: tuple[RoleHeld, ...]
    has_way_in: bool
    has_second_factor: bool
    disabled_at: datetime | None
    link_good_until: datetime | None


def everybody(session: Session, actor: Actor, now: datetime) -> tuple[PersonCard, ...]:
    """Return everybody who has, or ever had, a role in the actor's organisation."""
    here = reach(actor, Permission.PEOPLE_MANAGE).organisation_id
    return _cards(session, here, now, None)


def one(session: Session, actor: Actor, person_id: UUID, now: datetime) -> PersonCard | None:
    """Return one of them, or None where the person is not the actor's to know of."""
    here = reach(actor, Permission.PEOPLE_MANAGE).organisation_id
    found = _cards(session, here, now, person_id)
    return found[0] if found else None


def _cards(session: Session, here: UUID, now: datetime, only: UUID | None) -> tuple[PersonCard, ...]:
    ever = select(Membership.person_id).where(Membership.organisation_id == here)
    wanted = select(Person).where(or_(Person.id.in_(ever), Person.organisation_id == here))
    if only is not None:
        wanted = wanted.where(Person.id == only)
    people = session.scalars(wanted.order_by(Person.made_at, Person.id)).all()
    ids = [person.id for person in people]
    roles, links = _roles(session, here, now, ids), _links(session, now, ids)
    with_passkey = set(session.scalars(select(Passkey.person_id).where(Passkey.person_id.in_(ids))))
    linked = set(session.scalars(select(LinkedIdentity.person_id).where(LinkedIdentity.person_id.in_(ids))))
    return tuple(
        PersonCard(
            id=person.id,
            card_version=person.card_version,
            belongs_here=person.organisation_id == here,
            roles=tuple(roles[person.id]),
            has_way_in=person.password_hash is not None or person.id in with_passkey | linked,
            has_second_factor=person.seed_sealed is not None or person.id in with_passkey,
            disabled_at=person.disabled_at,
            link_good_until=links.get(person.id),
        )
        for person in people
    )


def _roles(session: Session, here: UUID, now: datetime, ids: Iterable[UUID]) -> dict[UUID, list[RoleHeld]]:
    rows = session.scalars(
        select(Membership)
        .where(
            Membership.person_id.in_(ids),
            Membership.organisation_id == here,
            Membership.from_at <= now,
            or_(Membership.to_at.is_(None), Membership.to_at > now),
        )
        .order_by(Membership.ladder, Membership.from_at, Membership.id)
    )
    held: dict[UUID, list[RoleHeld]] = defaultdict(list)
    for row in rows:
        held[row.person_id].append(RoleHeld(row.id, row.role, row.ladder, row.from_at))
    return held


def _links(session: Session, now: datetime, ids: Iterable[UUID]) -> dict[UUID, datetime]:
    rows = session.execute(
        select(OneTimeLink.person_id, func.max(OneTimeLink.expires_at))
        .where(OneTimeLink.person_id.in_(ids), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
        .group_by(OneTimeLink.person_id)
    )
    return dict(rows.all())
