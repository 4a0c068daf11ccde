"""The organisation's own trail: who did what, when and to which reference; no words of anybody are in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.calendars.local_time import midnight
from intake.models.audit import AuditEntry
from intake.models.organisation import Organisation
from intake.models.person import Membership
from intake.policy.actor import Actor
from intake.queries.open_to import known_to

PAGE: Final = 50
#: Where one referral is followed, all of it is shown, unless there is more than anybody reads.
MOST_FOLLOWED: Final = 500


@dataclass(frozen=True, slots=True)
class TrailFilter:
    """What is looked for in the trail, `but` for some kinds of event; nothing given is everything."""

    reference: str = ""
    person_id: UUID | None = None
    event: str = ""
    on: date | None = None
    but: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TrailEntry:
    """One entry as it stands in a chain."""

    organisation_id: UUID
    seq: int
    at: datetime
    actor_id: UUID | None
    session_id: UUID | None
    event: str
    subject_kind: str
    subject_id: UUID | None
    reference: str | None
    detail: str
    prev_mac: bytes
    mac: bytes

    def said(self) -> Mapping[str, Any]:
        """Return what the entry says besides who, when and of what: ids, codes, numbers and times."""
        detail: dict[str, Any] = json.loads(self.detail)
        return detail


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of the trail, newest first; `older` is the number below which the next page begins."""

    entries: tuple[TrailEntry, ...]
    older: int | None


def trail_page(session: Session, actor: Actor, wanted: TrailFilter, below: int | None = None) -> TrailPage:
    """Return a page of the entries of the actor's organisation, none of a case that is closed to them.

    The caller has asked whether the actor may see them.
    """
    statement = select(AuditEntry).where(*_of(actor), *_wanted(wanted))
    if below is not None:
        statement = statement.where(AuditEntry.seq < below)
    rows = session.scalars(statement.order_by(AuditEntry.seq.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return TrailPage(tuple(map(trail_entry, shown)), shown[-1].seq if len(rows) > PAGE else None)


def trail_of(session: Session, actor: Actor, reference: str) -> tuple[TrailEntry, ...]:
    """Return what the trail of the actor's organisation says of one reference, oldest first."""
    rows = session.scalars(
        select(AuditEntry)
        .where(*_of(actor), AuditEntry.reference == reference)
        .order_by(AuditEntry.seq)
        .limit(MOST_FOLLOWED)
    )
    return tuple(map(trail_entry, rows))


def _of(actor: Actor) -> tuple[ColumnElement[bool], ...]:
    return (AuditEntry.organisation_id == actor.organisation_id, known_to(actor, AuditEntry.subject_id))


def entry_at(session: Session, organisation_id: UUID, seq: int) -> TrailEntry | None:
    """Return one entry of any chain by its number: the other half of a joint."""
    row = session.get(AuditEntry, (organisation_id, seq))
    return None if row is None else trail_entry(row)


def entries_about(
    session: Session, organisation_id: UUID, subject_id: UUID, event: str
) -> tuple[TrailEntry, ...]:
    """Return the entries of one kind about one thing in a chain: where the answer to a sending is sought."""
    rows = session.scalars(
        select(AuditEntry)
        .where(
            AuditEntry.organisation_id == organisation_id,
            AuditEntry.subject_id == subject_id,
            AuditEntry.event == event,
        )
        .order_by(AuditEntry.seq)
    )
    return tuple(map(trail_entry, rows))


def people_of(session: Session, organisation_id: UUID) -> frozenset[UUID]:
    """Return everybody who has or had a role in an organisation."""
    rows = session.scalars(
        select(Membership.person_id).where(Membership.organisation_id == organisation_id).distinct()
    )
    return frozenset(rows)


def organisation_names(session: Session, organisation_ids: frozenset[UUID]) -> Mapping[UUID, str]:
    """Return the names of organisations; they are no secret."""
    rows = session.execute(
        select(Organisation.id, Organisation.name).where(Organisation.id.in_(organisation_ids))
    )
    return {row.id: row.name for row in rows}


def _wanted(wanted: TrailFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.reference:
        found.append(AuditEntry.reference == wanted.reference)
    if wanted.person_id is not None:
        found.append(AuditEntry.actor_id == wanted.person_id)
    if wanted.event:
        found.append(AuditEntry.event == wanted.event)
    if wanted.but:
        found.append(AuditEntry.event.not_in(sorted(wanted.but)))
    if wanted.on is not None:
        found.append(AuditEntry.at >= midnight(wanted.on))
        if wanted.on < date.max:
            found.append(AuditEntry.at < midnight(wanted.on + timedelta(days=1)))
    return found


def trail_entry(row: AuditEntry) -> TrailEntry:
    """Return a row of the trail as a value."""
    return TrailEntry(**{field.name: getattr(row, field.name) for field in fields(TrailEntry)})
