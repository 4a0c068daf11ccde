"""What was erased, as a list kept apart from the database, for whoever must restore a backup from before.

It holds ids, times and numbers, and no words. Each line carries a MAC under a key of the ring: nothing is
erased again because of a line that somebody else wrote.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.crypto.key_file import sync_folder
from intake.crypto.key_ring import KeyRing
from intake.errors import CannotOpen, NotConfigured
from intake.models.erasure import ErasedCase, Erasure
from intake.models.organisation import Organisation
from intake.models.second_person import SecondPersonRequest
from intake.services.backup_form import shapes
from intake.vocabulary import Tier

_PURPOSE = "erasure-list"


@dataclass(frozen=True, slots=True)
class Listed:
    """One erasure: its certificate as the database had it, when it was asked for, and all that it took."""

    certificate: dict[str, Any]
    asked_at: datetime
    things: tuple[UUID, ...]

    @property
    def id(self) -> UUID:
        """The certificate's number."""
        number: UUID = self.certificate["id"]
        return number


class ErasureList:
    """Writes the list, and reads it again; only lines of this key ring are taken for one."""

    def __init__(self, key_ring: KeyRing) -> None:
        self._key = key_ring.derive(_PURPOSE)
        self._shape = next(shape for shape in shapes() if shape.name == Erasure.__tablename__)
        self._names = tuple(name for name, _kind in self._shape.columns)

    def read(self, path: Path) -> tuple[Listed, ...]:
        """Return the list in a file, oldest first; raises `NotConfigured` where it cannot be read.

        Raises `CannotOpen` for a line that this ring did not make.
        """
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as trouble:
            raise NotConfigured(f"The list of erasures {path} cannot be read.") from trouble
        listed = [self._read(number, line) for number, line in enumerate(lines, 1)]
        return tuple(sorted(listed, key=lambda each: each.certificate["erased_at"]))

    def add_to(self, path: Path, session: Session, tier: Tier) -> tuple[int, int]:
        """Add to a file what it has not got yet of this tier's erasures; how many came to it, and all it has.

        What it has stays, whatever the database says: after a restore that may know of fewer.
        """
        there = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        known = {each.id for each in self.read(path)} if path.exists() else set()
        fresh = [line for number, line in self._lines(session, tier) if number not in known]
        if fresh or not path.exists():
            _replace(path, "".join(f"{line}\n" for line in (*there, *fresh)))
        return len(fresh), len(there) + len(fresh)

    def _lines(self, session: Session, tier: Tier) -> Iterator[tuple[UUID, str]]:
        rows = session.execute(
            select(Erasure, SecondPersonRequest.asked_at)
            .join(SecondPersonRequest, SecondPersonRequest.id == Erasure.request_id)
            .join(Organisation, Organisation.id == Erasure.organisation_id)
            .where(Organisation.kind.in_(tier.kinds))
            .order_by(Erasure.erased_at, Erasure.id)
        )
        for row, asked_at in rows:
            values = self._shape.write(getattr(row, name) for name in self._names)
            things = session.scalars(select(ErasedCase.case_id).where(ErasedCase.erasure_id == row.id))
            said = {
                "certificate": dict(zip(self._names, values, strict=True)),
                "asked_at": asked_at.isoformat(),
                "things": sorted(map(str, things)),
            }
            yield row.id, json.dumps({**said, "mac": self._mac(said)}, sort_keys=True)

    def _read(self, number: int, line: str) -> Listed:
        try:
            said = json.loads(line)
            mac = bytes.fromhex(said.pop("mac"))
            if hmac.compare_digest(mac, bytes.fromhex(self._mac(said))):
                return Listed(
                    self._shape.read([said["certificate"][name] for name in self._names]),
                    datetime.fromisoformat(said["asked_at"]),
                    tuple(map(UUID, said["things"])),
                )
        except (ValueError, KeyError, TypeError, AttributeError):
            pass
        raise CannotOpen(f"Line {number} of the list of erasures was not written with this key ring.")

    def _mac(self, said: dict[str, Any]) -> str:
        spelt = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
        return hmac.digest(self._key, spelt, hashlib.sha256).hex()


def _replace(path: Path, text: str) -> None:
    """Put a file in place of the one that was there, whole or not at all."""
    draft = path.with_name(f"{path.name}.partial")
    try:
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        sync_folder(path.parent)
    except OSError as trouble:
        raise NotConfigured(f"{path} cannot be written: {trouble.strerror}.") from trouble
