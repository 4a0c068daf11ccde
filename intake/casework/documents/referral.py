"""What the school sent, and what the hub gives back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from intake.casework.documents.concern import ConcernDetail, ConcernWords
from intake.vocabulary import Answer, Decision, NotToldReason, ParentsTold


@dataclass(frozen=True, slots=True)
class ReferredConcern:
    """One concern as it stood when it was referred."""

    reference: str
    recorded_at: datetime
    danger_now: Answer
    missing_now: Answer
    words: ConcernWords
    details: tuple[ConcernDetail, ...]


@dataclass(frozen=True, slots=True)
class NamedStaff:
    """A staff account the sender says is named in the concern."""

    person_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class ReferralAsSent:
    """The referral exactly as it left the school."""

    SCHEMA: ClassVar[str] = "referral-as-sent/1"
    concerns: tuple[ReferredConcern, ...]
    where_now: str
    why_now: str
    child_wishes: str
    parents_told: ParentsTold
    not_told_reasons: tuple[NotToldReason, ...]
    not_told_words: str
    parents_view: str
    safe_contact: str
    sender_name: str
    sender_post: str
    sender_phone: str
    school_name: str
    named_staff: tuple[NamedStaff, ...]


@dataclass(frozen=True, slots=True)
class RoutingTrace:
    """The question put to the routing engine and its whole answer, as they were."""

    SCHEMA: ClassVar[str] = "routing-trace/1"
    question_json: str
    decision_json: str


@dataclass(frozen=True, slots=True)
class CallMade:
    """A telephone call about a referral: to whom, and what was said; not `answered`, it told nobody."""

    SCHEMA: ClassVar[str] = "call-made/2"
    #: What earlier versions did not ask, by their schema: each of those calls counted as told.
    EARLIER: ClassVar[Mapping[str, Mapping[str, bool]]] = MappingProxyType(
        {"call-made/1": {"answered": True}}
    )
    spoke_to: str
    number: str
    said: str
    answered: bool = True


@dataclass(frozen=True, slots=True)
class ColourReason:
    """Why a referral was given its colour."""

    SCHEMA: ClassVar[str] = "colour-reason/1"
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionReason:
    """Why the hub decided as it did; no further action is never silent.

    `now_with` says who has the child's case now, where the decision hands it to somebody: the person and
    service that accepted it and when, or the reference of the referral this one duplicates.
    """

    SCHEMA: ClassVar[str] = "decision-reason/1"
    decision: Decision
    rationale: str
    would_change_it: str
    now_with: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """What the hub lets the school read of its decision."""

    SCHEMA: ClassVar[str] = "release/1"
    to_school: str
    advice: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Message:
    """A word between hub and school outside a decision; `written_by` has a name and a post."""

    SCHEMA: ClassVar[str] = "message/1"
    text: str
    written_by: str


@dataclass(frozen=True, slots=True)
class ClosingReason:
    """Why the hub put a referral away."""

    SCHEMA: ClassVar[str] = "closing-reason/1"
    reason: str


@dataclass(frozen=True, slots=True)
class CaseNote:
    """One note on a referral; a correction is a note of its own."""

    SCHEMA: ClassVar[str] = "case-note/1"
    text: str
    written_by: str
