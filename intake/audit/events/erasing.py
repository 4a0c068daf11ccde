"""Events of erasing, and of what may not be erased."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseErased(Event):
    """A case was erased, with so many keys and documents; `digest` is its certificate's."""

    NAME: ClassVar[str] = "case.erased"
    erasure_id: UUID
    request_id: UUID
    keys_destroyed: int
    documents_emptied: int
    digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldPlaced(Event):
    """A case may not be erased from now on."""

    NAME: ClassVar[str] = "hold.placed"
    hold_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOpened(Event):
    """Why there is a legal hold on a case was opened."""

    NAME: ClassVar[str] = "hold.opened"
    hold_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLifted(Event):
    """A case may be erased again, if two people say so."""

    NAME: ClassVar[str] = "hold.lifted"
    hold_id: UUID
