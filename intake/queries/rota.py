"""Who is on duty in a service, and when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.rota import LEEWAY, Rota, Shift
from intake.models.duty_shift import DutyShift
from intake.models.organisation import Organisation
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.queries.looks import Period
from intake.vocabulary import OrganisationKind

#: No page shows more.
MOST = 400


@dataclass(frozen=True, slots=True)
class ShiftRow:
    """One shift on the page."""

    id: UUID
    shift: Shift


def listed(session: Session, actor: Actor, since: datetime) -> tuple[ShiftRow, ...]:
    """Return the shifts of the actor's service that end after an instant, in order of time."""
    here = reach(actor, Permission.ROTA_KEEP).organisation_id
    rows = session.scalars(
        select(DutyShift)
        .where(DutyShift.organisation_id == here, DutyShift.ends_at > since)
        .order_by(DutyShift.begins_at, DutyShift.id)
        .limit(MOST)
    )
    return tuple(ShiftRow(row.id, _shift(row)) for row in rows)


def rota_of(session: Session, organisation_id: UUID, period: Period) -> Rota:
    """Return the shifts of a service that touch a time, or come within the leeway of it.

    A school has no rota, and where the tiers are apart its role in the database may not ask for one.
    """
    if session.get_one(Organisation, organisation_id).kind is OrganisationKind.SCHOOL:
        return Rota()
    rows = session.scalars(
        select(DutyShift).where(
            DutyShift.organisation_id == organisation_id,
            DutyShift.ends_at >= period.begins - LEEWAY,
            DutyShift.begins_at <= period.ends + LEEWAY,
        )
    )
    return Rota(map(_shift, rows))


def _shift(row: DutyShift) -> Shift:
    return Shift(row.person_id, row.begins_at, row.ends_at)
