"""Events of searching: what was looked through, and whom the answer showed."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intake.audit.event import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRun(Event):
    """Identity cards were looked through: `terms_mac` of what was sought, how many cards were opened."""

    NAME: ClassVar[str] = "search.run"
    terms_mac: bytes
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchShown(Event):
    """A search was answered with these children's names and nothing else of their records.

    `indexed` referrals were found by no index yet, and are from now on.
    """

    NAME: ClassVar[str] = "search.shown"
    case_ids: tuple[UUID, ...]
    indexed: int = 0
