"""Events in the hub's casework: notes, meetings, minutes and the plan; and who is on duty for it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event
from intake.vocabulary import Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(Event):
    """A case note was written."""

    NAME: ClassVar[str] = "note.written"
    note_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NotesOpened(Event):
    """Case notes were opened."""

    NAME: ClassVar[str] = "note.opened"
    note_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCorrected(Event):
    """A correction to a case note was written; the note stays as it was."""

    NAME: ClassVar[str] = "note.corrected"
    note_id: UUID
    corrects_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingArranged(Event):
    """A safety-plan meeting was arranged."""

    NAME: ClassVar[str] = "meeting.arranged"
    meeting_id: UUID
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMoved(Event):
    """A safety-plan meeting was moved; why is sealed."""

    NAME: ClassVar[str] = "meeting.moved"
    meeting_id: UUID
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCalledOff(Event):
    """A safety-plan meeting was called off; why is sealed."""

    NAME: ClassVar[str] = "meeting.called_off"
    meeting_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingOpened(Event):
    """The invitation and minutes of a meeting were opened."""

    NAME: ClassVar[str] = "meeting.opened"
    meeting_id: UUID
    minute_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMinuted(Event):
    """The minutes of a meeting were written."""

    NAME: ClassVar[str] = "meeting.minuted"
    meeting_id: UUID
    minute_id: UUID
    review_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingCorrected(Event):
    """A correction to minutes was written; the minutes stay as they were."""

    NAME: ClassVar[str] = "meeting.corrected"
    meeting_id: UUID
    minute_id: UUID
    corrects_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanActionAdded(Event):
    """A row was added to the safety plan; what is to be done, and by whom, is sealed in the minute."""

    NAME: ClassVar[str] = "plan_action.added"
    minute_id: UUID
    position: int
    due_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourLimitSet(Event):
    """An authority's own time limit for a triage colour was entered."""

    NAME: ClassVar[str] = "colour_limit.set"
    colour: Colour
    minutes: int
    working_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourLimitRemoved(Event):
    """An authority has no time limit of its own for a triage colour any more."""

    NAME: ClassVar[str] = "colour_limit.removed"
    colour: Colour


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyShiftWritten(Event):
    """It was written down that somebody is on duty from one time to another."""

    NAME: ClassVar[str] = "duty_shift.written"
    person_id: UUID
    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyShiftRemoved(Event):
    """A shift that had not begun was taken off the rota."""

    NAME: ClassVar[str] = "duty_shift.removed"
    person_id: UUID
    begins_at: datetime
    ends_at: datetime
