"""Words about restricted cases: why, what only the named may read, and why somebody broke the glass."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class RestrictionReason:
    """Why a case is restricted, and who said so."""

    SCHEMA: ClassVar[str] = "restriction-reason/1"
    reason: str
    set_by: str


@dataclass(frozen=True, slots=True)
class RestrictedWords:
    """A note that only the people named in a restriction may read."""

    SCHEMA: ClassVar[str] = "restricted-words/1"
    text: str
    written_by: str


@dataclass(frozen=True, slots=True)
class GlassReason:
    """What somebody looked for behind the glass, as typed, and why they had to."""

    SCHEMA: ClassVar[str] = "glass-reason/1"
    looked_for: str
    reason: str
    broken_by: str


@dataclass(frozen=True, slots=True)
class GlassReview:
    """What a colleague found who looked into it."""

    SCHEMA: ClassVar[str] = "glass-review/1"
    words: str
    reviewed_by: str
