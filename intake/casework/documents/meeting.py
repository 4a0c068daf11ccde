"""What was said and agreed at a safety-plan meeting."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from intake.vocabulary import Attendance, PlanSlot, StatementKind


@dataclass(frozen=True, slots=True)
class Invitee:
    """Somebody asked to a meeting, and whether they came."""

    name: str
    post: str
    agency: str
    attendance: Attendance = Attendance.NO_RESPONSE
    apologies: str = ""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Who is asked, where and why: sealed when the meeting is arranged."""

    SCHEMA: ClassVar[str] = "invitation/1"
    place: str
    purpose: str
    invitees: tuple[Invitee, ...]


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """Why a meeting was moved or called off; `place` is empty where it stays where it was."""

    SCHEMA: ClassVar[str] = "meeting-change/1"
    reason: str
    place: str


@dataclass(frozen=True, slots=True)
class AgencyStatement:
    """What one agency said, and how far it can be relied on."""

    agency: str
    kind: StatementKind
    text: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One thing somebody named will do by a day."""

    action: str
    owner: str
    due_on: date
    otherwise: str


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """Why one of the six things a meeting always speaks of was left empty."""

    slot: PlanSlot
    why: str


@dataclass(frozen=True, slots=True)
class Minute:
    """The minutes of a safety-plan meeting; a correction is a whole minute naming what it corrects."""

    SCHEMA: ClassVar[str] = "minute/1"
    invitees: tuple[Invitee, ...]
    child_views: str
    parents_views: str
    statements: tuple[AgencyStatement, ...]
    risk: str
    plan: tuple[PlanRow, ...]
    direct_worker: str
    support_for_parents: str
    action_against_harm: str
    dissent: str
    review_on: date
    written_by: str
    why_corrected: str = ""
    not_recorded: tuple[NotRecorded, ...] = ()
