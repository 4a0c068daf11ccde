"""What the trail says of looks, one thing each: who opened, did, sought, was shown or was refused what."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened something of a case; a name on a list is none."""

    at: datetime
    person_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody did something about a case besides reading; `closes` where that put it away."""

    at: datetime
    person_id: UUID
    case_id: UUID
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Search:
    """Somebody searched, for terms that are told apart and not known."""

    at: datetime
    person_id: UUID
    terms: str


@dataclass(frozen=True, slots=True)
class Answer:
    """A search showed somebody these cases; `about` is the referral in hand it was made from, if any."""

    at: datetime
    person_id: UUID
    case_ids: frozenset[UUID]
    about: UUID | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """From this moment a case is closed to somebody who has a tie to it, or whom it names."""

    at: datetime
    person_id: UUID
    case_id: UUID


@dataclass(frozen=True, slots=True)
class Decoy:
    """From when until when a case was a decoy, and who marked it."""

    case_id: UUID
    from_at: datetime
    until: datetime
    by: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody asked for what is not theirs."""

    at: datetime
    person_id: UUID
    asked: str
