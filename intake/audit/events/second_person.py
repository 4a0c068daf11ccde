"""Events about what one person asks for and another approves."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event
from intake.vocabulary import RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPersonAsked(Event):
    """A person asked for an act that wants a second person."""

    NAME: ClassVar[str] = "second_person.asked"
    request_id: UUID
    request_kind: RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPersonOpened(Event):
    """A person read what was asked for and why."""

    NAME: ClassVar[str] = "second_person.opened"
    request_id: UUID
    request_kind: RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPersonApproved(Event):
    """A second person approved what was asked for: what followed from it is the next entry."""

    NAME: ClassVar[str] = "second_person.approved"
    request_id: UUID
    request_kind: RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPersonUsed(Event):
    """What two people had allowed was done, this once; `request_id` is what they had allowed."""

    NAME: ClassVar[str] = "second_person.used"
    request_id: UUID
    request_kind: RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPersonNobody(Event):
    """What wants two people was done at the machine where there were no two who could be asked."""

    NAME: ClassVar[str] = "second_person.nobody"
    request_kind: RequestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPersonRefused(Event):
    """What was asked for was refused, or taken back by whoever had asked."""

    NAME: ClassVar[str] = "second_person.refused"
    request_id: UUID
    request_kind: RequestKind
    withdrawn: bool
