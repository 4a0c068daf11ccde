"""What an event of the trail is made of: ids, enums, numbers and times, and never a free word."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar, Self
from uuid import UUID

from intake.vocabulary import SubjectKind

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,79}")
_REFERENCE = re.compile(r"[A-Z]{1,4}(-[A-Z0-9]{2,6}){1,3}")
_LONGEST_MAC = 32


class Code(str):
    """The code of a thing in a catalogue or directory: letters, digits, dots, dashes and colons, unbroken."""

    __slots__ = ()

    def __new__(cls, value: str) -> Self:
        if not _CODE.fullmatch(value):
            raise ValueError("a code holds no spaces and no words")
        return super().__new__(cls, value)


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event happened to: the concern, file, referral, person or organisation one would follow."""

    kind: SubjectKind
    id: UUID | None = None
    reference: str | None = None

    def __post_init__(self) -> None:
        if self.reference is not None and not _REFERENCE.fullmatch(self.reference):
            raise ValueError("a reference is one that this program gave")


INSTALLATION = Subject(SubjectKind.INSTALLATION)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `NAME` is `thing.past_verb` and never changes once it has been written."""

    NAME: ClassVar[str]


def detail_of(event: Event) -> dict[str, Any]:
    """Return an event's own fields as JSON values; raises `TypeError` for anything that could be a word."""
    values = {field.name: getattr(event, field.name) for field in fields(event)}
    return {name: _json(value) for name, value in values.items() if value is not None}


def instant_text(at: datetime) -> str:
    """Write an aware instant in UTC to the microsecond, always the same way; raises `ValueError` if naive."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone says nothing")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


#: The one way JSON is written in the trail: sorted, without spaces, in ASCII.
canonical: Callable[[Any], str] = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False
).encode


def _json(value: object) -> str | int | list[str | int]:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return _plain(value)


def _plain(value: object) -> str | int:
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, int | Code):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes) and len(value) <= _LONGEST_MAC:
        return value.hex()
    raise TypeError(f"an event cannot hold a {type(value).__name__}")
