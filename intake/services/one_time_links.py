"""One-time links: how somebody sets a password without anybody else ever having known it."""

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
from intake.ids import new_id, new_token
from intake.models.person import OneTimeLink, Person
from intake.vocabulary import SubjectKind

GOOD_FOR = timedelta(hours=72)


@dataclass(frozen=True, slots=True)
class Link:
    """A link just made: it is shown once, and only its hash is kept."""

    token: str = field(repr=False)
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
        link = Link(new_token(), now + GOOD_FOR)
        self._session.add(
            OneTimeLink(
                id=new_id(),
                person_id=person.id,
                token_hash=_hash(link.token),
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

    def find(self, token: str) -> UUID | None:
        """Return whom a link is for, or None where it was used, is too old, or the account is closed."""
        return self._session.scalars(
            select(OneTimeLink.person_id)
            .join(Person, Person.id == OneTimeLink.person_id)
            .where(*self._usable(token), Person.disabled_at.is_(None))
        ).one_or_none()

    def use(self, token: str) -> Person:
        """Spend a link and return the person it was for; raises `NotFound` where it cannot be used."""
        person_id = self.find(token)
        spent = self._session.execute(
            update(OneTimeLink).where(*self._usable(token)).values(used_at=self._clock.now())
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

    def _usable(self, token: str) -> tuple[ColumnElement[bool], ...]:
        return (
            OneTimeLink.token_hash == _hash(token),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > self._clock.now(),
        )


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
