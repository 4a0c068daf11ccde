"""Backing up: the whole database in one sealed file, the key ring somewhere else."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION
from intake.audit.events.keeping import BackupMade
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.crypto.key_file import sync_folder
from intake.crypto.key_ring import KeyRing
from intake.crypto.stream import seal_stream
from intake.db import Unit
from intake.errors import KeysMissing, NotConfigured
from intake.models import METADATA
from intake.services.backup_form import Header, Shape, compressed, shapes
from intake.vocabulary import Custodian

_AT_ONCE = 1_000
_SALT_LENGTH = 32
_NOT_ALL = (
    "This database user may not read all of it, and a backup is of all or of nothing. Name the user who "
    "keeps the database in DATABASE_URL (docs/runbook/tiers.md)."
)
_WRAPPED = (
    "This key ring is kept wrapped, so that it lies plain on no disk, and a copy would be plain. Copy its "
    "wrapped file, and have the ring on paper: intake keys export-escrow"
)
RING_NAME = "keyring.json"


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made."""

    path: Path
    made_at: datetime
    rows: int
    size: int
    sha256: str

    def discard(self) -> None:
        """Take it away again: one that is not on the record is none."""
        _discard(self.path)


class Backup:
    """Writes everything the database held at one instant."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring
        self._rows = 0

    def write(self, folder: Path, *, schema: str) -> Made:
        """Write the backup into `folder`, whole or not at all; the unit must have read nothing yet.

        The file opens only with this key ring. Raises `NotConfigured` where it cannot be written.
        """
        self._hold_still()
        header = Header(self._clock.now(), self._key_ring.fingerprint(), schema, os.urandom(_SALT_LENGTH))
        path = folder / f"pass-it-on-{header.made_at.astimezone(UTC):%Y%m%dT%H%M%SZ}.backup"
        draft = path.with_suffix(".partial")
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists():
                raise FileExistsError(17, "there is a backup of this very second")
            size, sha256 = self._write_to(draft, header)
            _name(draft, path, sha256)
        except ProgrammingError as trouble:
            raise NotConfigured(_NOT_ALL) from trouble
        except OSError as trouble:
            raise NotConfigured(f"No backup can be written to {folder}: {trouble.strerror}.") from trouble
        finally:
            draft.unlink(missing_ok=True)
        return Made(path, header.made_at, self._rows, size, sha256)

    def _write_to(self, path: Path, header: Header) -> tuple[int, str]:
        digest, size = hashlib.sha256(), 0

        def counted() -> Iterator[bytes]:
            nonlocal size
            for piece in self._pieces(header):
                digest.update(piece)
                size += len(piece)
                yield piece

        _write_synced(path, counted())
        return size, digest.hexdigest()

    def _pieces(self, header: Header) -> Iterator[bytes]:
        key = self._key_ring.derive("backup", header.salt)
        yield header.line()
        yield from seal_stream(compressed(self._lines()), key=key, header=header.line())

    def _lines(self) -> Iterator[bytes]:
        found = shapes()
        yield _line([[shape.name, shape.columns] for shape in found])
        for number, shape in enumerate(found):
            for row in self._rows_of(shape):
                self._rows += 1
                yield _line([number, *row])
        yield _line({"rows": self._rows})

    def _rows_of(self, shape: Shape) -> Iterator[list[object]]:
        in_order = [column.name for column in METADATA.tables[shape.name].primary_key]
        wanted = select(shape.clause()).order_by(*in_order)
        for row in self._session.execute(wanted, execution_options={"yield_per": _AT_ONCE}):
            yield shape.write(row)

    def _hold_still(self) -> None:
        """Have every table be read as it stands at one instant; SQLite does that by itself.

        Whoever may see only some rows, as the role of one tier, makes no backup: it would be of part of it.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            self._session.execute(text("SET LOCAL row_security = off"))


def record_backup(audit: AuditLog, made: Made) -> None:
    """Enter a backup in the installation's own chain."""
    event = BackupMade(rows=made.rows, sha256=bytes.fromhex(made.sha256))
    audit.record(event, actor=None, organisation_id=PLATFORM, subject=INSTALLATION)


def keep_key_ring(key_ring: KeyRing, folder: Path, custodian: Custodian) -> Path:
    """Keep a copy of the key ring in a private folder of its own; raises `KeysMissing` over another ring.

    A copy from before a new root is given that one as well, and keeps those that older backups need. Of a
    ring that is wrapped under a key elsewhere none is made: it would be a plain one.
    """
    if custodian in {Custodian.TOKEN, Custodian.SERVICE}:
        raise KeysMissing(_WRAPPED)
    path = folder / RING_NAME
    if not path.exists():
        key_ring.keep(path)
        return path
    there = KeyRing.load(path)
    if there.fingerprint() != key_ring.fingerprint():
        raise KeysMissing(f"The key ring kept at {path} is another one, and none is ever overwritten.")
    if not there.has_all_of(key_ring):
        there.take_roots(key_ring)
    return path


def _name(draft: Path, path: Path, sha256: str) -> None:
    """Give a whole draft its name, and have that on the disk too before anybody is told."""
    try:
        _write_synced(path.with_suffix(".sha256"), [f"{sha256}  {path.name}\n".encode()])
        draft.rename(path)
        sync_folder(path.parent)
    except OSError:
        _discard(path)
        raise


def _discard(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.with_suffix(".sha256").unlink(missing_ok=True)


def _line(said: object) -> bytes:
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def _write_synced(path: Path, pieces: Iterator[bytes] | list[bytes]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.writelines(pieces)
        file.flush()
        os.fsync(file.fileno())
