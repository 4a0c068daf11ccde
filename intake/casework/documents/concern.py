"""What a member of staff wrote down about a child."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from intake.vocabulary import Answer, SignAnswer, SignSource


@dataclass(frozen=True, slots=True)
class ConcernWords:
    """The first page of a concern, exactly as typed; what happened is never trimmed or rewritten."""

    SCHEMA: ClassVar[str] = "concern-words/1"
    child_name: str
    happened: str
    occurred_on: date | None
    occurred_about: str
    recorder_name: str
    recorder_post: str


@dataclass(frozen=True, slots=True)
class SignNoted:
    """What was said of one warning sign of the catalogue; untouched signs are not kept."""

    code: str
    answer: SignAnswer
    source: SignSource | None
    when: str


@dataclass(frozen=True, slots=True)
class HarmNoted:
    """The answer about one harm that may be happening already, asked apart from the signs."""

    code: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class FollowUp:
    """An answer to one of the leaflets' follow-up questions."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class ConcernDetail:
    """The optional second page; a later version adds to an earlier one and never replaces it."""

    SCHEMA: ClassVar[str] = "concern-detail/1"
    catalogue_version: str
    signs: tuple[SignNoted, ...]
    harms: tuple[HarmNoted, ...]
    follow_ups: tuple[FollowUp, ...]
    locations: tuple[str, ...]
    done_so_far: str
    lead_told_in_person: Answer | None
    anything_else: str


@dataclass(frozen=True, slots=True)
class KeptReason:
    """Why the lead kept a concern in school, and what is being done instead."""

    SCHEMA: ClassVar[str] = "kept-reason/1"
    reason: str
    doing_instead: str
    feedback_to_reporter: str
