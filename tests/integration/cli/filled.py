"""A database with a row in every table, every sealed column sealed, and a trail."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Column, Date, Enum, Integer, LargeBinary, Table, Uuid, select
from sqlalchemy.orm import Session

from intake.audit.event import Subject
from intake.audit.events.concerns import ConcernRead
from intake.audit.events.people import OrganisationCreated
from intake.audit.log import AuditLog
from intake.clock import SetClock
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import seal
from intake.crypto.grants import seal_to
from intake.crypto.inventory import SEALED_COLUMNS
from intake.crypto.key_ring import KeyRing
from intake.db import Database, Instant
from intake.ids import new_id
from intake.models import METADATA
from intake.routing.directory_folder import read_texts
from intake.services.holders import Holders
from intake.services.installation import Installations
from intake.vocabulary import OrganisationKind, SubjectKind

CANARY = b"Gwenllian Canary was seen at the station"
NOW = datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC)
_NOT_FILLED = {
    "audit_checkpoint",
    "audit_entry",
    "audit_head",
    "audit_stretch",
    "installation",
    "key_grant",
    "organisation_key",
}
_SEALED = {(sealed.table, sealed.column): sealed for sealed in SEALED_COLUMNS}


def fill(database: Database, key_ring: KeyRing, *, sample: bool = False) -> UUID:
    """Fill the database and return the organisation everything in it belongs to."""
    clock = SetClock(NOW)
    with database.writing() as unit:
        audit = AuditLog(unit, clock, key_ring)
        Installations(unit, clock, key_ring, audit).begin(sample=sample)
        rows = dict(_rows(unit.session, Holders(unit, clock, key_ring)))
        organisation_id: UUID = rows["organisation"]["id"]
        for event in (OrganisationCreated(kind=OrganisationKind.SCHOOL), ConcernRead(), ConcernRead()):
            subject = Subject(SubjectKind.ORGANISATION, organisation_id)
            audit.record(event, actor=None, organisation_id=organisation_id, subject=subject)
    return organisation_id


def contents(database: Database) -> dict[str, set[tuple[Any, ...]]]:
    """Return every row of every table."""
    with database.reading() as unit:
        return {
            table.name: {tuple(row) for row in unit.session.execute(select(table))}
            for table in METADATA.sorted_tables
        }


def _rows(session: Session, holders: Holders) -> Iterator[tuple[str, dict[str, Any]]]:
    rows: dict[str, dict[str, Any]] = {}
    keys: dict[tuple[UUID, str], DataKey] = {}
    for table in METADATA.sorted_tables:
        if table.name in _NOT_FILLED:
            continue
        row = {column.name: _value(table, column, rows) for column in table.columns}
        rows[table.name] = row
        for name in row:
            sealed = _SEALED.get((table.name, name))
            if sealed is None:
                continue
            case_id = (row if sealed.through is None else rows[sealed.through.table])[sealed.case]
            key = keys.get((case_id, sealed.compartment.value))
            if key is None:
                key = DataKey.new(case_id, sealed.compartment)
                keys[case_id, sealed.compartment.value] = key
                _grant(session, holders, key, rows["organisation"]["id"])
            version = 1 if sealed.version is None else row[sealed.version]
            binding = sealed.place(row_id=row[sealed.row], case_id=case_id, version=version)
            row[name] = seal(CANARY, key=key, binding=binding)
        session.execute(table.insert(), row)
        yield table.name, row


def _value(table: Table, column: Column[Any], rows: dict[str, dict[str, Any]]) -> Any:  # noqa: ANN401
    if (table.name, column.name) == ("directory_snapshot", "document"):
        # The directory in force is read by whatever is done next, so it must be one.
        return json.dumps(read_texts())
    for key in column.foreign_keys:
        there = key.column.table
        return None if there is table else rows[there.name][key.column.name]
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enum_class(kind.enums[0]) if kind.enum_class else kind.enums[0]
    values: tuple[tuple[type, Any], ...] = (
        (Instant, NOW),
        (Date, date(2026, 11, 24)),
        (Uuid, new_id()),
        (LargeBinary, b"\x00\xff" * ((getattr(kind, "length", None) or 16) // 2)),
        (Boolean, True),
        (Integer, 1),
    )
    words = column.name[: getattr(kind, "length", None) or 12][:12]
    return next((value for known, value in values if isinstance(kind, known)), words)


def _grant(session: Session, holders: Holders, key: DataKey, holder: UUID) -> None:
    grant = seal_to(holders.public_keys((holder,))[holder], key)
    session.execute(
        METADATA.tables["key_grant"].insert(),
        {
            "id": new_id(),
            "case_id": key.case_id,
            "compartment": key.compartment,
            "generation": key.generation,
            "organisation_id": holder,
            "suite": grant.suite,
            "root_kid": grant.kid,
            "wrapped": grant.wrapped,
            "commitment": grant.commitment,
            "granted_at": NOW,
        },
    )
