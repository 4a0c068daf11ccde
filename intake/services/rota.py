"""A service's rota: who is on duty when, written down by a duty manager. It keeps nobody out."""

from dataclasses import dataclass
from uuid import UUID

from intake.audit.event import Event, Subject
from intake.audit.events.casework import DutyShiftRemoved, DutyShiftWritten
from intake.audit.log import AuditLog
from intake.casework.rota import WRITTEN_WITHIN, Shift, require_shift
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.duty_shift import DutyShift
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require, require_role
from intake.policy.table import DUTY
from intake.queries import rota as queries
from intake.queries.restrictions import colleagues
from intake.services.staff import Staff
from intake.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class OnDuty:
    """A shift with the name on it; one that has begun stays."""

    id: UUID
    name: str
    shift: Shift
    begun: bool


class RotaKeeping:
    """Writes shifts down, and takes away those that have not begun."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, staff: Staff) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._staff = staff

    def listed(self, actor: Actor) -> tuple[OnDuty, ...]:
        """Return the shifts of the last week and all to come. Raises `NotPermitted`."""
        now = self._clock.now()
        rows = queries.listed(self._session, actor, now - WRITTEN_WITHIN)
        cards = self._staff.cards({row.shift.person_id for row in rows})
        return tuple(
            OnDuty(row.id, cards[row.shift.person_id].name, row.shift, row.shift.begins_at <= now)
            for row in rows
        )

    def choices(self, actor: Actor) -> dict[UUID, str]:
        """Return who may be put on duty, by name. Raises `NotPermitted`."""
        require(actor, Permission.ROTA_KEEP, Facts(hub_id=actor.organisation_id))
        cards = self._staff.cards(self._colleagues(actor))
        return dict(sorted(((each, card.name) for each, card in cards.items()), key=lambda pair: pair[1]))

    def write(self, actor: Actor, shift: Shift) -> UUID:
        """Put somebody on duty. Raises `NotPermitted`, and `Refused` on what the form asks."""
        require(actor, Permission.ROTA_KEEP, Facts(hub_id=actor.organisation_id))
        if shift.person_id not in self._colleagues(actor):
            raise Refused("person", "rota.no_colleague")
        now = self._clock.now()
        require_shift(shift, by=actor.person_id, now=now)
        row = DutyShift(
            id=new_id(),
            organisation_id=actor.organisation_id,
            person_id=shift.person_id,
            begins_at=shift.begins_at,
            ends_at=shift.ends_at,
            written_by=actor.person_id,
            written_at=now,
        )
        self._session.add(row)
        self._record(
            actor,
            row,
            DutyShiftWritten(person_id=row.person_id, begins_at=row.begins_at, ends_at=row.ends_at),
        )
        return row.id

    def remove(self, actor: Actor, shift_id: UUID) -> None:
        """Take a shift away that has not begun. Raises `NotPermitted`, `NotFound`, `Refused`."""
        require_role(actor, Permission.ROTA_KEEP)
        row = self._session.get(DutyShift, shift_id)
        if row is None:
            raise NotFound
        require(actor, Permission.ROTA_KEEP, Facts(hub_id=row.organisation_id))
        if row.begins_at <= self._clock.now():
            raise Refused("", "rota.begun")
        self._session.delete(row)
        self._record(
            actor,
            row,
            DutyShiftRemoved(person_id=row.person_id, begins_at=row.begins_at, ends_at=row.ends_at),
        )

    def _colleagues(self, actor: Actor) -> tuple[UUID, ...]:
        return colleagues(self._session, actor.organisation_id, DUTY, self._clock.now())

    def _record(self, actor: Actor, row: DutyShift, event: Event) -> None:
        here = row.organisation_id
        subject = Subject(SubjectKind.ORGANISATION, here)
        self._audit.record(event, actor=actor, organisation_id=here, subject=subject)
