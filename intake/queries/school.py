"""Who a school has: its lead and deputies in the order in which they are told, and all its staff."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from intake.models.organisation import Organisation
from intake.models.person import Membership, Person
from intake.vocabulary import Role

_LEADS = (Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD)


def ladder(session: Session, organisation_id: UUID, at: datetime) -> tuple[UUID, ...]:
    """Return the lead and then the deputies in their order, each once: those who hold the role at `at`."""
    rank = case((Membership.role == Role.SAFEGUARDING_LEAD, 0), else_=1)
    found = session.scalars(
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(*_now_here(organisation_id, at), Membership.role.in_(_LEADS))
        .order_by(rank, Membership.ladder, Membership.from_at, Membership.id)
    )
    return tuple(dict.fromkeys(found))


def staff(session: Session, organisation_id: UUID, at: datetime) -> tuple[UUID, ...]:
    """Return everybody who has a role in the organisation at `at`."""
    found = session.scalars(
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(*_now_here(organisation_id, at))
        .distinct()
    )
    return tuple(found)


def authority_code(session: Session, organisation_id: UUID) -> str:
    """Return the GSS code of the council in whose area a school stands."""
    return session.get_one(Organisation, organisation_id).authority_code


def _now_here(organisation_id: UUID, at: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Membership.organisation_id == organisation_id,
        Membership.from_at <= at,
        (Membership.to_at.is_(None)) | (Membership.to_at > at),
        Person.disabled_at.is_(None),
    )
