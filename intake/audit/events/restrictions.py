"""Events of restricted cases, of people who are kept out of one, and of breaking the glass."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event
from intake.vocabulary import GlassFinding


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRestricted(Event):
    """A case was restricted to these people."""

    NAME: ClassVar[str] = "case.restricted"
    restriction_id: UUID
    person_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionWidened(Event):
    """Somebody was let into a restricted case."""

    NAME: ClassVar[str] = "restriction.widened"
    restriction_id: UUID
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionLifted(Event):
    """A case is no longer restricted; its restricted words stay with those who were named."""

    NAME: ClassVar[str] = "restriction.lifted"
    restriction_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictionOpened(Event):
    """Why a case is restricted, and these restricted notes, were opened."""

    NAME: ClassVar[str] = "restriction.opened"
    restriction_id: UUID
    note_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedNoteWritten(Event):
    """A note was written that only the named may read."""

    NAME: ClassVar[str] = "restricted_note.written"
    restriction_id: UUID
    note_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class TieDeclared(Event):
    """It was said that somebody has a tie to a case: from now on they are kept out of it.

    The name is older than the word: entries carry it, and an entry is never written anew. For the same reason
    refusals from before 24 November 2026 say `referral.conflict` for the permission `referral.tie`.
    """

    NAME: ClassVar[str] = "conflict.declared"
    person_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassBroken(Event):
    """Somebody goes past restrictions: `terms_mac` of what was typed, how many cards are looked at."""

    NAME: ClassVar[str] = "glass.broken"
    glass_id: UUID
    until_at: datetime
    terms_mac: bytes
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassFound(Event):
    """These restricted cases were found behind the glass, and are open to whoever broke it."""

    NAME: ClassVar[str] = "glass.found"
    glass_id: UUID
    case_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassEnded(Event):
    """Whoever broke the glass said that they were done, before the time was over."""

    NAME: ClassVar[str] = "glass.ended"
    glass_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassReasonOpened(Event):
    """Why somebody broke the glass was opened, for a review or by themselves."""

    NAME: ClassVar[str] = "glass_reason.opened"
    glass_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class GlassReviewed(Event):
    """A colleague looked into why somebody broke the glass, and wrote down what they found."""

    NAME: ClassVar[str] = "glass.reviewed"
    glass_id: UUID
    finding: GlassFinding
