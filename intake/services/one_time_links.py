"""One-time links: how somebody sets a password without anybody else ever having known it.

The address is the same for everybody and holds no secret; what is handed over beside it is a code.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, select, update

from intake.audit.event import Subject
from intake.audit.events.people import PersonInvited
from intake.audit.log import AuditLog, Doer
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound
from intake.ids import new_id
from intake.models.person import OneTimeLink, Person
from intake.services.recovery_codes import meant, new_code
from intake.vocabulary import SubjectKind

GOOD_FOR = timedelta(hours=72)
#: Six groups of four from 25 letters and figures: 111 random bits, so that their plain hash tells nothing.
_GROUPS = 6


@dataclass(frozen=True, slots=True)
class Link:
    """The code of a link just made: it is shown once, and only its hash is kept."""

    code: str = field(repr=False)
    expires_at: datetime


class OneTimeLinks:
    """Makes links, finds whom they are for, and lets each be used once."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit

    def make(self, person: Person, *, by: Doer | None) -> Link:
        """Make a link for a person; any earlier one stops working."""
        now = self._clock.now()
        self._end_earlier(person.id)
        link = Link(new_code(_GROUPS), now + GOOD_FOR)
        self._session.add(
            OneTimeLink(
                id=new_id(),
                person_id=person.id,
                token_hash=hash_of_link(link.code),
                made_at=now,
                expires_at=link.expires_at,
            )
        )
        self._audit.record(
            PersonInvited(person_id=person.id, expires_at=link.expires_at),
            actor=by,
            organisation_id=person.organisation_id,
            subject=Subject(SubjectKind.PERSON, person.id),
        )
        return link

    def find(self, code: str) -> UUID | None:
        """Return whom a link is for, or None where it was used, is too old, or the account is closed."""
        return self._session.scalars(
            select(OneTimeLink.person_id)
            .join(Person, Person.id == OneTimeLink.person_id)
            .where(*self._usable(code), Person.disabled_at.is_(None))
        ).one_or_none()

    def use(self, code: str) -> Person:
        """Spend a link and return the person it was for; raises `NotFound` where it cannot be used."""
        person_id = self.find(code)
        spent = self._session.execute(
            update(OneTimeLink).where(*self._usable(code)).values(used_at=self._clock.now())
        )
        if person_id is None or not isinstance(spent, CursorResult) or spent.rowcount != 1:
            raise NotFound
        return self._session.get_one(Person, person_id)

    def end_all(self, person_id: UUID) -> None:
        """Have no link of this person work any more."""
        self._end_earlier(person_id)

    def _end_earlier(self, person_id: UUID) -> None:
        now = self._clock.now()
        self._session.execute(
            update(OneTimeLink)
            .where(
                OneTimeLink.person_id == person_id,
                OneTimeLink.used_at.is_(None),
                OneTimeLink.expires_at > now,
            )
            .values(expires_at=now)
        )

    def _usable(self, code: str) -> tuple[ColumnElement[bool], ...]:
        return (
            OneTimeLink.token_hash == hash_of_link(code),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > self._clock.now(),
        )


def hash_of_link(code: str) -> bytes:
    """Return the hash by which a link is known, however its code was typed."""
    return hashlib.sha256(meant(code).encode()).digest()
