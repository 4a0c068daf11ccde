"""Codes for one shift: what stands in for a second factor that is not at hand, kept as recovery codes are."""

from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, update

from intake.audit.event import Subject
from intake.audit.events.shift_codes import ShiftCodeEnded
from intake.audit.log import AuditLog, Doer
from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.ids import new_id
from intake.models.person import SignInSession
from intake.models.shift_code import ShiftCode
from intake.policy.table import DUTY
from intake.services.recovery_codes import hash_of, new_code
from intake.services.sessions import Found
from intake.vocabulary import ROLES_WITH_PASSKEY, ProvedBy, SessionEnd, SubjectKind

#: Our own choice: the longest night duty, from before it begins until it is handed over.
LASTS = timedelta(hours=10)
_PURPOSE = "shift-code"


@dataclass(frozen=True, slots=True)
class Made:
    """A code just made, which is shown once; only a keyed hash of it is kept, in `row`."""

    code: str = field(repr=False)
    row: ShiftCode


class ShiftCodes:
    """Makes codes, takes them as often as they are needed, and ends them."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing, audit: AuditLog) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring
        self._audit = audit

    def make(self, person_id: UUID, organisation_id: UUID, *, by: UUID, request_id: UUID | None) -> Made:
        """Make a code for a person in one organisation, to be added to the unit."""
        code, now = new_code(), self._clock.now()
        row = ShiftCode(
            id=new_id(),
            organisation_id=organisation_id,
            person_id=person_id,
            request_id=request_id,
            code_hash=self._hash(person_id, code),
            given_by=by,
            given_at=now,
            until_at=now + LASTS,
        )
        return Made(code, row)

    def take(self, found: Found, code: str) -> ShiftCode | None:
        """Return what a code is kept as, where it is this person's for where they work, and lasts."""
        actor = found.actor
        if actor is None or not self.is_for(found):
            return None
        row = self._session.scalars(
            select(ShiftCode)
            .where(
                *self._lasting(found.person_id),
                ShiftCode.organisation_id == actor.organisation_id,
                ShiftCode.code_hash == self._hash(found.person_id, code),
            )
            .with_for_update()
        ).one_or_none()
        if row is not None and row.used_at is None:
            row.used_at = self._clock.now()
        return row

    @staticmethod
    def is_for(found: Found) -> bool:
        """Whether such a code is for somebody of this person's roles where they work."""
        roles = frozenset() if found.actor is None else found.actor.roles
        return bool(roles & DUTY) and not roles & ROLES_WITH_PASSKEY

    def lasts_for(self, found: Found) -> bool:
        """Whether this person has a code that they can give where they work."""
        if found.actor is None or not self.is_for(found):
            return False
        here = ShiftCode.organisation_id == found.actor.organisation_id
        rows = select(ShiftCode.id).where(*self._lasting(found.person_id), here)
        return self._session.scalars(rows.limit(1)).first() is not None

    def end(self, person_id: UUID, *, by: Doer | None, organisation_id: UUID | None = None) -> None:
        """End the codes a person has, in one organisation or in all: whoever is in by one is signed out."""
        rows = select(ShiftCode).where(*self._lasting(person_id)).order_by(ShiftCode.id).with_for_update()
        if organisation_id is not None:
            rows = rows.where(ShiftCode.organisation_id == organisation_id)
        for row in self._session.scalars(rows).all():
            row.ended_at, row.ended_by = self._clock.now(), None if by is None else by.person_id
            self._session.flush()
            self._sign_out(person_id, row.organisation_id)
            self._audit.record(
                ShiftCodeEnded(shift_code_id=row.id, person_id=person_id),
                actor=by,
                organisation_id=row.organisation_id,
                subject=Subject(SubjectKind.PERSON, person_id),
            )

    def _hash(self, person_id: UUID, code: str) -> bytes:
        return hash_of(code, self._key_ring.derive(_PURPOSE, person_id.bytes))

    def _sign_out(self, person_id: UUID, organisation_id: UUID) -> None:
        """End the sessions in which a person works somewhere by such a code."""
        self._session.execute(
            update(SignInSession)
            .where(
                SignInSession.person_id == person_id,
                SignInSession.organisation_id == organisation_id,
                SignInSession.proved_by == ProvedBy.SHIFT_CODE,
                SignInSession.ended_at.is_(None),
            )
            .values(ended_at=self._clock.now(), ended_why=SessionEnd.REVOKED)
        )

    def _lasting(self, person_id: UUID) -> tuple[ColumnElement[bool], ...]:
        return (
            ShiftCode.person_id == person_id,
            ShiftCode.ended_at.is_(None),
            ShiftCode.until_at > self._clock.now(),
        )
