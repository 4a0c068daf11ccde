"""Events of codes for one shift: that two asked for one stands in the trail as asking a second person."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCodeGiven(Event):
    """Somebody was given a code that stands in for their second factor until then."""

    NAME: ClassVar[str] = "shift_code.given"
    shift_code_id: UUID
    person_id: UUID
    until_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCodeUsed(Event):
    """A person gave a code for one shift in place of their second factor."""

    NAME: ClassVar[str] = "shift_code.used"
    shift_code_id: UUID
    session_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCodeEnded(Event):
    """A code for one shift was ended before the shift was over, and whoever was in by it signed out."""

    NAME: ClassVar[str] = "shift_code.ended"
    shift_code_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCodeReasonOpened(Event):
    """Why somebody was given a code for one shift was opened, for a review."""

    NAME: ClassVar[str] = "shift_code.opened"
    shift_code_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftCodeReviewed(Event):
    """A colleague looked into why a code for one shift was given, and wrote down what they found."""

    NAME: ClassVar[str] = "shift_code.reviewed"
    shift_code_id: UUID
    person_id: UUID
