"""Restoring a backup: into an empty database, with proof that its words open and its trail is whole."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, inspect, select, table, text, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.audit.chain import PLATFORM
from intake.audit.check import Checked
from intake.audit.event import INSTALLATION, Subject
from intake.audit.events.keeping import BackupRestored
from intake.audit.log import AuditLog
from intake.audit.trail import Trail
from intake.clock import Clock
from intake.crypto.envelope import key_generation, open_sealed
from intake.crypto.inventory import SEALED_COLUMNS, SealedColumn
from intake.crypto.key_ring import KeyRing
from intake.crypto.stream import open_stream
from intake.db import Unit
from intake.errors import CannotOpen, NotConfigured
from intake.models.erasure import ErasedCase
from intake.models.key_grant import KeyGrant
from intake.models.organisation import Organisation
from intake.models.person import OneTimeLink, SignInSession
from intake.services.backup_form import Header, Shape, lines_of
from intake.services.holders import held_grants, open_held
from intake.services.sealed_rows import sealed_rows
from intake.vocabulary import SessionEnd, SubjectKind, Tier

_AT_ONCE = 500
_SAMPLED = 25
_LONGEST_HEADER = 1_000
_BOOKKEEPING = "alembic_version"


@dataclass(frozen=True, slots=True)
class Proof:
    """What a restored database was found to be: words that opened, words that did not, and every chain."""

    opened: int
    unopened: tuple[str, ...]
    chains: tuple[Checked, ...]

    @property
    def good(self) -> bool:
        """Whether every word tried opened and every chain is whole."""
        return not self.unopened and all(checked.whole for checked in self.chains)


def read_header(path: Path) -> Header:
    """Return what stands before the sealed part; raises `CannotOpen`, `NotConfigured` if there is no file."""
    try:
        with path.open("rb") as file:
            return Header.of(file.readline(_LONGEST_HEADER))
    except OSError as trouble:
        raise NotConfigured(f"The backup {path} cannot be read: {trouble.strerror}.") from trouble


def sha256_of(path: Path) -> str:
    """Return the digest of a backup; raises `CannotOpen` where the one written beside it differs."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    beside = path.with_suffix(".sha256")
    if beside.exists() and beside.read_text(encoding="utf-8").split()[:1] != [found]:
        raise CannotOpen(f"{path} is not what it was when {beside.name} was written beside it.")
    return found


class Restore:
    """Puts a backup's rows into an empty database, and proves what was put there."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing, tier: Tier = Tier.COMBINED) -> None:
        self._session: Session = unit.session
        self._tier = tier
        self._clock = clock
        self._key_ring = key_ring

    def require_empty(self) -> None:
        """Raise `NotConfigured` where any table holds anything: nothing is ever overwritten."""
        connection = self._session.connection()
        for name in inspect(connection).get_table_names():
            if (
                name != _BOOKKEEPING
                and connection.execute(select(1).select_from(table(name)).limit(1)).first()
            ):
                raise NotConfigured(
                    "This database holds something already: a backup is restored only into an empty one."
                )

    def load(self, path: Path) -> int:
        """Insert every row of the backup and return how many; raises `CannotOpen` unless it is whole."""
        with path.open("rb") as file:
            line = file.readline(_LONGEST_HEADER)
            key = self._key_ring.derive("backup", Header.of(line).salt)
            lines = (json.loads(found) for found in lines_of(open_stream(file, key=key, header=line)))
            shapes = [Shape(name, tuple(map(tuple, columns))) for name, columns in next(lines)]
            return self._insert(shapes, lines)

    def end_sessions(self) -> None:
        """End what was open when the backup was made: sessions and links revoked since must not come back."""
        now = self._clock.now()
        open_sessions = update(SignInSession).where(SignInSession.ended_at.is_(None))
        self._session.execute(open_sessions.values(ended_at=now, ended_why=SessionEnd.REVOKED))
        self._session.execute(update(OneTimeLink).where(OneTimeLink.used_at.is_(None)).values(expires_at=now))

    def prove(self) -> Proof:
        """Open some of every sealed column, and check every chain from end to end.

        In one tier of a split installation: of what that tier holds. The rest is for the other to prove.
        """
        opened, unopened = 0, []
        for sealed in SEALED_COLUMNS:
            for row_id, case_id, version, blob in self._session.execute(
                self._held_here(sealed).order_by(func.random()).limit(_SAMPLED)
            ):
                if self._is_shredded(case_id, sealed):
                    continue
                try:
                    self._open(sealed, row_id, case_id, version, blob)
                    opened += 1
                except CannotOpen:
                    unopened.append(f"{sealed.table}.{sealed.column} {row_id}")
        chains = tuple(Trail(self._session, self._key_ring, self._tier).check_everything())
        return Proof(opened, tuple(unopened), chains)

    def record(self, audit: AuditLog, header: Header, *, rows: int, sha256: str, proof: Proof) -> None:
        """Enter the restore in every chain: what happened after the backup is missing from each of them.

        Of a split installation this tier's come first: what crosses to the other answers to the last of them.
        """
        event = BackupRestored(
            made_at=header.made_at, rows=rows, opened=proof.opened, sha256=bytes.fromhex(sha256)
        )
        audit.record(event, actor=None, organisation_id=PLATFORM, subject=INSTALLATION)
        ours = select(Organisation.id).where(Organisation.kind.in_(self._tier.kinds))
        theirs = select(Organisation.id).where(Organisation.kind.not_in(self._tier.kinds), ours.exists())
        for each in (*self._session.scalars(ours), *self._session.scalars(theirs)):
            subject = Subject(SubjectKind.ORGANISATION, each)
            audit.record(event, actor=None, organisation_id=each, subject=subject)

    def _insert(self, shapes: list[Shape], lines: Iterator[Any]) -> int:
        connection = self._session.connection()
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        rows, promised = 0, None
        for number, group in groupby(lines, key=lambda said: said[0] if isinstance(said, list) else None):
            if number is None:
                promised = next(group)["rows"]
                continue
            shape = shapes[number]
            while batch := [shape.read(said[1:]) for said in islice(group, _AT_ONCE)]:
                connection.execute(shape.clause().insert(), batch)
                rows += len(batch)
        if rows != promised:
            raise CannotOpen("The backup ends before all of it was read.")
        return rows

    def _ours(self, organisation_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        """Hold a query to this tier's organisations; where both are one, to nothing."""
        if not self._tier.is_split:
            return true()
        return organisation_id.in_(select(Organisation.id).where(Organisation.kind.in_(self._tier.kinds)))

    def _held_here(self, sealed: SealedColumn) -> Select[Any]:
        rows = sealed_rows(sealed)
        if not self._tier.is_split:
            return rows
        case_id = rows.selected_columns[1]
        held = exists().where(
            KeyGrant.case_id == case_id,
            KeyGrant.compartment == sealed.compartment,
            self._ours(KeyGrant.organisation_id),
        )
        return rows.where(held)

    def _is_shredded(self, case_id: UUID, sealed: SealedColumn) -> bool:
        """Tell whether nobody opens a document any more because whoever could has erased it."""
        erased = exists().where(ErasedCase.case_id == case_id)
        held = exists().where(KeyGrant.case_id == case_id, KeyGrant.compartment == sealed.compartment)
        return bool(self._session.scalar(select(erased & ~held)))

    def _open(self, sealed: SealedColumn, row_id: UUID, case_id: UUID, version: int, blob: bytes) -> None:
        generation = key_generation(blob)
        of_this = (
            self._ours(KeyGrant.organisation_id),
            KeyGrant.case_id == case_id,
            KeyGrant.compartment == sealed.compartment,
            KeyGrant.generation == generation,
        )
        held = next(held_grants(self._session, *of_this), None)
        if held is None:
            raise CannotOpen("nobody holds a key to it")
        key = open_held(self._key_ring, *held)
        open_sealed(blob, key=key, binding=sealed.place(row_id=row_id, case_id=case_id, version=version))
