"""What a backup holds: every row of every table, in a form that any of our databases can take back."""

import base64
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Date, Integer, LargeBinary, String, TableClause, Uuid, column, table
from sqlalchemy.types import TypeEngine

from intake.db import Instant
from intake.errors import CannotOpen
from intake.models import METADATA

FORMAT = "pass-it-on backup/1"

#: How each kind of column is named in a backup, and what takes it back. The order decides: an Instant is
#: asked after before anything it might be taken for.
_KINDS: dict[str, TypeEngine[Any]] = {
    "instant": Instant(),
    "date": Date(),
    "uuid": Uuid(),
    "bytes": LargeBinary(),
    "flag": Boolean(),
    "number": Integer(),
    "text": String(),
}


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the sealed part: enough to find the right key ring, and nothing about anybody."""

    made_at: datetime
    key_ring: str
    schema: str
    salt: bytes

    def line(self) -> bytes:
        """Return the header as its one line of the file."""
        said = {
            "format": FORMAT,
            "made_at": self.made_at.astimezone(UTC).isoformat(),
            "key_ring": self.key_ring,
            "schema": self.schema,
            "salt": self.salt.hex(),
        }
        return json.dumps(said).encode() + b"\n"

    @classmethod
    def of(cls, line: bytes) -> "Header":
        """Read a header's line; raises `CannotOpen` where it is none."""
        try:
            said = json.loads(line)
            if said["format"] == FORMAT:
                made_at = datetime.fromisoformat(said["made_at"])
                return cls(made_at, said["key_ring"], said["schema"], bytes.fromhex(said["salt"]))
        except (ValueError, KeyError, TypeError):
            pass
        raise CannotOpen("This file is not a backup that this program made.")


@dataclass(frozen=True, slots=True)
class Shape:
    """One table as a backup knows it: its name, and the name and kind of each column."""

    name: str
    columns: tuple[tuple[str, str], ...]

    def clause(self) -> TableClause:
        """Return the table to read from or insert into, whatever the models say of it today."""
        return table(self.name, *(column(name, _KINDS[kind]) for name, kind in self.columns))

    def write(self, values: Iterable[Any]) -> list[Any]:
        """Return a row's values as JSON."""
        return [_to_json(value) for value in values]

    def read(self, values: list[Any]) -> dict[str, Any]:
        """Return a row by column, from its JSON."""
        pairs = zip(self.columns, values, strict=True)
        return {name: _from_json(kind, value) for (name, kind), value in pairs}


def shapes() -> tuple[Shape, ...]:
    """Return every table there is today, each after those it refers to."""
    return tuple(
        Shape(found.name, tuple((each.name, _kind(each.type)) for each in found.columns))
        for found in METADATA.sorted_tables
    )


def compressed(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Compress lines as they come."""
    squeeze = zlib.compressobj()
    for line in lines:
        yield squeeze.compress(line)
    yield squeeze.flush()


def lines_of(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Give the lines of what `compressed` made."""
    stretch, waiting = zlib.decompressobj(), b""
    for part in parts:
        *whole, waiting = (waiting + stretch.decompress(part)).split(b"\n")
        yield from whole


def _kind(kind: TypeEngine[Any]) -> str:
    return next(name for name, known in _KINDS.items() if isinstance(kind, type(known)))


def _to_json(value: object) -> object:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    return value


def _from_json(kind: str, value: Any) -> Any:  # noqa: ANN401 - whatever the column holds
    if value is None:
        return None
    match kind:
        case "bytes":
            return base64.b64decode(value)
        case "instant":
            return datetime.fromisoformat(value)
        case "date":
            return date.fromisoformat(value)
        case "uuid":
            return UUID(value)
    return value
