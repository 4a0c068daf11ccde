"""Codes for one shift: who may be given one, and which were given in the actor's service."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session, aliased

from intake.models.passkey import LinkedIdentity, Passkey
from intake.models.person import Membership, Person
from intake.models.second_person import SecondPersonRequest
from intake.models.shift_code import ShiftCode
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.policy.table import DUTY
from intake.vocabulary import ROLES_WITH_PASSKEY, Role

#: No list is longer.
MOST = 100


@dataclass(frozen=True, slots=True)
class ShiftCodeRow:
    """One code on the list: `asked_by` where two duty workers gave it."""

    id: UUID
    person_id: UUID
    asked_by: UUID | None
    given_by: UUID
    given_at: datetime
    until_at: datetime
    used_at: datetime | None
    ended_at: datetime | None
    reviewed_at: datetime | None


_ROWS = select(
    ShiftCode.id,
    ShiftCode.person_id,
    SecondPersonRequest.asked_by,
    ShiftCode.given_by,
    ShiftCode.given_at,
    ShiftCode.until_at,
    ShiftCode.used_at,
    ShiftCode.ended_at,
    ShiftCode.reviewed_at,
).outerjoin(SecondPersonRequest, SecondPersonRequest.id == ShiftCode.request_id)


def who_may_be_given(session: Session, actor: Actor, at: datetime) -> tuple[UUID, ...]:
    """Return the actor's colleagues at the desk who have a password, and a second factor of their own.

    Nobody who watches or gives accounts anywhere is one of them.
    """
    here = reach(actor, Permission.SHIFT_CODE_SEE).organisation_id
    watching = aliased(Membership)
    people = (
        select(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Membership.organisation_id == here,
            _holds(Membership, DUTY, at),
            Person.id != actor.person_id,
            Person.disabled_at.is_(None),
            Person.password_hash.is_not(None),
            or_(
                Person.seed_sealed.is_not(None),
                exists().where(Passkey.person_id == Person.id),
                exists().where(LinkedIdentity.person_id == Person.id),
            ),
            ~exists().where(watching.person_id == Person.id, _holds(watching, ROLES_WITH_PASSKEY, at)),
        )
        .distinct()
    )
    return tuple(session.scalars(people))


def listed(session: Session, actor: Actor) -> tuple[ShiftCodeRow, ...]:
    """Return the codes given in the actor's service, those nobody reviewed yet first, the latest first."""
    here = reach(actor, Permission.SHIFT_CODE_SEE).organisation_id
    rows = _ROWS.where(ShiftCode.organisation_id == here).order_by(
        ShiftCode.reviewed_at.is_not(None), ShiftCode.given_at.desc(), ShiftCode.id
    )
    return tuple(ShiftCodeRow(*row) for row in session.execute(rows.limit(MOST)))


def one(session: Session, actor: Actor, shift_code_id: UUID) -> ShiftCodeRow | None:
    """Return one of them, or None."""
    here = reach(actor, Permission.SHIFT_CODE_SEE).organisation_id
    return _first(session, _ROWS.where(ShiftCode.organisation_id == here, ShiftCode.id == shift_code_id))


def latest_of(session: Session, person_id: UUID) -> ShiftCodeRow | None:
    """Return the latest code somebody was given, wherever that was."""
    rows = _ROWS.where(ShiftCode.person_id == person_id)
    return _first(session, rows.order_by(ShiftCode.given_at.desc(), ShiftCode.id))


def _first(session: Session, rows: Select[*tuple[Any, ...]]) -> ShiftCodeRow | None:
    row = session.execute(rows.limit(1)).one_or_none()
    return None if row is None else ShiftCodeRow(*row)


def _holds(membership: type[Membership], roles: Collection[Role], at: datetime) -> ColumnElement[bool]:
    return (
        membership.role.in_(roles)
        & (membership.from_at <= at)
        & or_(membership.to_at.is_(None), membership.to_at > at)
    )
