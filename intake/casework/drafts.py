"""What a form hands to a service: frozen values, not yet sealed."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from intake.casework.documents.child import ChildCard
from intake.casework.documents.meeting import Invitation, Minute
from intake.casework.documents.person import StaffCard
from intake.vocabulary import (
    Answer,
    BreachAct,
    Colour,
    Decision,
    GlassFinding,
    NotToldReason,
    ParentsTold,
    PassingWhy,
    Role,
)


@dataclass(frozen=True, slots=True)
class ConcernDraft:
    """The first page of a concern."""

    child_name: str
    child_file_id: UUID | None
    danger_now: Answer
    missing_now: Answer
    happened: str
    occurred_on: date | None
    occurred_about: str


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """The lead's decision not to refer."""

    reason: str
    doing_instead: str
    feedback_to_reporter: str


@dataclass(frozen=True, slots=True)
class ReferralDraft:
    """Everything asked when a referral is built from one or more concerns.

    `home_authority`, `found_authority` and `caring_authority` (of a child in care) are GSS codes, None where
    not known; `found_postcode`, of where the child is now, stands in `where_now` as well; `another_council`
    says that the home's is known and none of ours. `due_on` is set only of a child not yet born. What nobody
    answered is None.
    """

    concern_ids: tuple[UUID, ...]
    child: ChildCard
    home_authority: str | None
    no_fixed_address: bool
    found_authority: str | None
    danger_now: Answer
    missing_now: Answer
    where_now: str
    why_now: str
    child_wishes: str
    parents_told: ParentsTold
    not_told_reasons: tuple[NotToldReason, ...]
    not_told_words: str
    parents_view: str
    safe_contact: str
    sender_phone: str
    named_staff_ids: tuple[UUID, ...]
    another_council: bool = False
    protection_now: Answer | None = None
    in_care: bool = False
    caring_authority: str | None = None
    due_on: date | None = None
    has_worker: Answer | None = None
    about_staff: Answer | None = None
    found_postcode: str = ""


@dataclass(frozen=True, slots=True)
class CallDraft:
    """A telephone call the sender made outside this program.

    `telling_id` is whom it was to tell for information, None for a call to whoever has to act, or to anybody
    else. Not `answered`, it told nobody: `spoke_to` is then who was asked for.
    """

    spoke_to: str
    number: str
    said: str
    called_at: datetime
    telling_id: UUID | None = None
    answered: bool = True


@dataclass(frozen=True, slots=True)
class ColourDraft:
    """A colour and its reason."""

    colour: Colour
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """The hub's decision, its reason, what the school is to read of it, and who has the case now."""

    decision: Decision
    rationale: str
    would_change_it: str
    to_school: str
    advice: str
    now_with: str = ""


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """A safety-plan meeting to be arranged; `starts_at` is aware UTC."""

    starts_at: datetime
    invitation: Invitation


@dataclass(frozen=True, slots=True)
class MoveDraft:
    """A meeting put off, or brought forward; `place` is empty where it stays where it was."""

    starts_at: datetime
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class MinuteDraft:
    """Minutes, or a correction of the minute named by `corrects`."""

    minute: Minute
    corrects: UUID | None


@dataclass(frozen=True, slots=True)
class PassOnDraft:
    """Why a referral is passed on; `council` is the right one's ONS code, None where nobody knows."""

    why: PassingWhy
    reason: str
    council: str | None


@dataclass(frozen=True, slots=True)
class WrongPlaceDraft:
    """How it is known that a referral went to the wrong place, and the right council if that is known."""

    reason: str
    council: str | None


@dataclass(frozen=True, slots=True)
class BreachDraft:
    """One thing done, told or decided about a breach."""

    act: BreachAct
    words: str


@dataclass(frozen=True, slots=True)
class RestrictDraft:
    """To whom a case is to be restricted, besides whoever asks for it, and why."""

    person_ids: tuple[UUID, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class DecoyDraft:
    """Which closed case is to be marked as a decoy, by its reference, and why."""

    reference: str
    why: str


@dataclass(frozen=True, slots=True)
class GlassDraft:
    """A name or a reference somebody must look behind the glass for, and why."""

    looked_for: str
    reason: str


@dataclass(frozen=True, slots=True)
class GlassReviewDraft:
    """What was found about a breaking of glass."""

    finding: GlassFinding
    words: str


@dataclass(frozen=True, slots=True)
class ShiftCodeDraft:
    """Who is to be given a code for one shift, and why."""

    person_id: UUID
    reason: str


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """A role to be given; `ladder` is the order in which deputies are told, 0 for every other role."""

    role: Role
    ladder: int = 0


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody to be given an account: the card their colleagues know them by, and what they are."""

    card: StaffCard
    roles: tuple[RoleDraft, ...]
