"""What happened to a referral, one value for each kind of happening, in words already opened."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.casework.documents.meeting import MeetingChange
from intake.casework.documents.referral import CallMade, ClosingReason, ColourReason, DecisionReason
from intake.casework.documents.referral import CaseNote as NoteWords
from intake.casework.documents.referral import Release as ReleaseWords
from intake.crypto.inventory import (
    CASE_NOTE,
    CLOSING_REASON,
    COLOUR_REASON,
    DECISION_REASON,
    MEETING_CHANGE,
    REFERRAL_CALL,
    RELEASE_WORDS,
)
from intake.models.referral import Referral
from intake.queries.hub_referral import HubRows
from intake.services.messages import MessageRead
from intake.services.opening import Opened
from intake.vocabulary import Colour, MeetingState


@dataclass(frozen=True, slots=True)
class Received:
    """It arrived, from a school."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class FirstOpened:
    """Somebody here opened it for the first time: the sender sees this too."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A duty worker told the sender that a person has it."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ColourGiven:
    """A colour and why."""

    at: datetime
    by: str
    colour: Colour
    reason: str


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision and why."""

    at: datetime
    by: str
    words: DecisionReason


@dataclass(frozen=True, slots=True)
class SchoolToldOf:
    """What the school was let read, and when it first did."""

    at: datetime
    by: str
    words: ReleaseWords
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Written:
    """A word to the school outside a decision, or its answer."""

    at: datetime
    message: MessageRead


@dataclass(frozen=True, slots=True)
class NoteKept:
    """A note; `corrects` is the note it puts right, `corrected` says that another puts this one right."""

    id: UUID
    number: int
    at: datetime
    by: str
    text: str
    corrects: int | None
    corrected: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CallTold:
    """A telephone call, when it was made and when it was written down."""

    at: datetime
    by: str
    recorded_at: datetime
    words: CallMade


@dataclass(frozen=True, slots=True)
class MeetingSet:
    """A safety-plan meeting was arranged; its papers are opened on its own page."""

    id: UUID
    at: datetime
    by: str
    starts_at: datetime
    state: MeetingState


@dataclass(frozen=True, slots=True)
class MeetingChanged:
    """A meeting was moved, or called off: `to_at` is None then."""

    id: UUID
    at: datetime
    by: str
    from_at: datetime
    to_at: datetime | None
    words: MeetingChange


@dataclass(frozen=True, slots=True)
class Closed:
    """The referral was put away, and why."""

    at: datetime
    by: str
    reason: str


Milestone = Received | FirstOpened | Acknowledged
Judged = ColourGiven | DecisionMade | Closed


@dataclass(frozen=True, slots=True)
class GlassBroken:
    """Somebody who is not named in the restriction broke the glass, and could see this for a while."""

    at: datetime
    by: str


Happening = (
    Milestone
    | Judged
    | SchoolToldOf
    | Written
    | NoteKept
    | CallTold
    | MeetingSet
    | MeetingChanged
    | GlassBroken
)


def history(
    rows: HubRows,
    referral: Referral,
    opened: Opened,
    names: Mapping[UUID, str],
    messages: Iterable[MessageRead],
) -> tuple[Happening, ...]:
    """Return everything that happened to a referral since it arrived, newest first."""
    happenings: list[Happening] = [
        *_milestones(referral, rows.school.name, names),
        *_calls(rows, opened, names),
        *_colours(rows, opened, names),
        *_decisions(rows, opened, names),
        *_releases(rows, opened, names),
        *(Written(message.at, message) for message in messages),
        *_notes(rows, opened, names),
        *(
            MeetingSet(card.id, card.arranged_at, names[card.arranged_by], card.starts_at, card.state)
            for card in reversed(rows.meetings)
        ),
        *_meeting_changes(rows, opened, names),
        *_closing(rows, opened, names),
        *(GlassBroken(each.at, names[each.person_id]) for each in rows.broken),
    ]
    # Of things that happened at one instant the later in this list stands higher on the page.
    return tuple(sorted(happenings, key=lambda happening: happening.at))[::-1]


def _milestones(referral: Referral, school: str, names: Mapping[UUID, str]) -> Iterator[Milestone]:
    yield Received(referral.received_at or referral.submitted_at, school)
    if referral.first_opened_at is not None:
        yield FirstOpened(referral.first_opened_at)
    if referral.acknowledged_at is not None and referral.acknowledged_by is not None:
        yield Acknowledged(referral.acknowledged_at, names[referral.acknowledged_by])


def _colours(rows: HubRows, opened: Opened, names: Mapping[UUID, str]) -> Iterator[ColourGiven]:
    for row in rows.colours:
        place = COLOUR_REASON.place(row_id=row.id, case_id=row.referral_id)
        words = opened.unseal(ColourReason, row.reason_sealed, place)
        yield ColourGiven(row.given_at, names[row.given_by], row.colour, words.reason)


def _decisions(rows: HubRows, opened: Opened, names: Mapping[UUID, str]) -> Iterator[DecisionMade]:
    for row in rows.decisions:
        place = DECISION_REASON.place(row_id=row.id, case_id=row.referral_id)
        words = opened.unseal(DecisionReason, row.reason_sealed, place)
        yield DecisionMade(row.decided_at, names[row.decided_by], words)


def _closing(rows: HubRows, opened: Opened, names: Mapping[UUID, str]) -> Iterator[Closed]:
    row = rows.closing
    if row is not None:
        place = CLOSING_REASON.place(row_id=row.referral_id, case_id=row.referral_id)
        words = opened.unseal(ClosingReason, row.reason_sealed, place)
        yield Closed(row.closed_at, names[row.closed_by], words.reason)


def _meeting_changes(rows: HubRows, opened: Opened, names: Mapping[UUID, str]) -> Iterator[MeetingChanged]:
    for row in rows.meeting_changes:
        place = MEETING_CHANGE.place(row_id=row.id, case_id=rows.sent.referral_id)
        words = opened.unseal(MeetingChange, row.reason_sealed, place)
        yield MeetingChanged(
            row.meeting_id, row.changed_at, names[row.changed_by], row.from_at, row.to_at, words
        )


def _releases(rows: HubRows, opened: Opened, names: Mapping[UUID, str]) -> Iterator[SchoolToldOf]:
    for row in rows.releases:
        place = RELEASE_WORDS.place(row_id=row.id, case_id=row.referral_id)
        words = opened.unseal(ReleaseWords, row.words_sealed, place)
        yield SchoolToldOf(row.released_at, names[row.released_by], words, row.first_read_at)


def _notes(rows: HubRows, opened: Opened, names: Mapping[UUID, str]) -> Iterator[NoteKept]:
    numbers = {row.id: number for number, row in enumerate(rows.notes, start=1)}
    corrected: dict[UUID, list[int]] = {}
    for row in rows.notes:
        if row.corrects_id is not None:
            corrected.setdefault(row.corrects_id, []).append(numbers[row.id])
    for row in rows.notes:
        place = CASE_NOTE.place(row_id=row.id, case_id=row.referral_id)
        words = opened.unseal(NoteWords, row.note_sealed, place)
        yield NoteKept(
            id=row.id,
            number=numbers[row.id],
            at=row.written_at,
            by=names[row.written_by],
            text=words.text,
            corrects=None if row.corrects_id is None else numbers[row.corrects_id],
            corrected=tuple(corrected.get(row.id, ())),
        )


def _calls(rows: HubRows, opened: Opened, names: Mapping[UUID, str]) -> Iterator[CallTold]:
    for row in rows.calls:
        place = REFERRAL_CALL.place(row_id=row.id, case_id=row.referral_id)
        words = opened.unseal(CallMade, row.call_sealed, place)
        yield CallTold(row.called_at, names[row.recorded_by], row.recorded_at, words)
