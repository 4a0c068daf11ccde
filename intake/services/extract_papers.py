"""The papers of a case that an extract may have in it, still sealed: of a referral, and of a child's file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from intake.audit.event import Event, Subject
from intake.audit.events.casework import MeetingOpened, NotesOpened
from intake.audit.events.concerns import ChildFileOpened, ConcernOpened
from intake.audit.events.referrals import MessagesOpened, ReferralOpened, ReleaseOpened
from intake.casework.documents.child import ChildCard
from intake.casework.documents.concern import ConcernDetail, ConcernWords, KeptReason
from intake.casework.documents.meeting import Invitation, Minute
from intake.casework.documents.referral import (
    CallMade,
    CaseNote,
    ClosingReason,
    ColourReason,
    DecisionReason,
    Message,
    ReferralAsSent,
    ReferredConcern,
    Release,
)
from intake.casework.timeline import Timeline
from intake.crypto import inventory as sealed
from intake.crypto.binding import Binding
from intake.models.concern import Concern
from intake.models.meeting import Meeting
from intake.models.referral import Referral
from intake.queries.hub_referral import hub_rows
from intake.queries.meetings import minutes_of
from intake.queries.messages import messages_of
from intake.queries.school_file import FileRows
from intake.services.opening import Opened
from intake.vocabulary import Colour, Compartment, SubjectKind


@dataclass(frozen=True, slots=True)
class Case:
    """What papers are about: a referral, a concern or a child's file, which has no reference."""

    kind: SubjectKind
    id: UUID
    reference: str = ""

    @property
    def subject(self) -> Subject:
        """The same, as entries of the trail name it."""
        return Subject(self.kind, self.id, self.reference or None)


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a case: sealed in its place; or, without one, what is said of the case in clear.

    `of` is what it was written about: an extract of a child's file has papers of several concerns. `said_as`
    is how that says it, where that is not as it was sealed.
    """

    kind: type[Any]
    at: datetime
    of: Case
    blob: bytes = b""
    place: Binding | None = None
    clear: Timeline | None = None
    colour: Colour | None = None
    meeting_id: UUID | None = None
    said_as: Callable[[Any], Any] | None = None

    def read(self, opened: Opened) -> Any:  # noqa: ANN401 - a document of this kind
        """Return the document."""
        if self.place is None:
            return self.clear
        document: Any = opened.unseal(self.kind, self.blob, self.place)
        return document if self.said_as is None else self.said_as(document)


def case_of(referral: Referral) -> Case:
    """Return a referral as what papers are about."""
    return Case(SubjectKind.REFERRAL, referral.id, referral.reference)


def parts_of(papers: Sequence[Paper]) -> tuple[Compartment, ...]:
    """Return the parts of a case that these papers are of."""
    found = {each.place.compartment for each in papers if each.place is not None}
    return tuple(part for part in Compartment if part in found)


def readings(papers: Sequence[Paper], *, in_school: bool) -> Iterator[tuple[Event, Subject]]:
    """Yield what is on the record of the reading of these, of one thing after another."""
    for of in dict.fromkeys(each.of for each in papers if each.place is not None):
        mine = [each for each in papers if each.of == of]
        if of.kind is SubjectKind.CHILD_FILE:
            yield ChildFileOpened(), of.subject
        elif of.kind is SubjectKind.CONCERN:
            yield ConcernOpened(addition_ids=_rows(mine, ConcernDetail)), of.subject
        else:
            yield from ((event, of.subject) for event in _of_referral(mine, in_school=in_school))


def _of_referral(papers: Sequence[Paper], *, in_school: bool) -> Iterator[Event]:
    notes, messages, releases = (_rows(papers, kind) for kind in (CaseNote, Message, Release))
    if notes:
        yield NotesOpened(note_ids=notes)
    if releases and in_school:
        yield ReleaseOpened(release_ids=releases)
    if messages:
        yield MessagesOpened(message_ids=messages)
    for meeting_id in dict.fromkeys(each.meeting_id for each in papers if each.meeting_id is not None):
        minutes = [each for each in papers if each.meeting_id == meeting_id]
        yield MeetingOpened(meeting_id=meeting_id, minute_ids=_rows(minutes, Minute))
    yield ReferralOpened(compartments=parts_of(papers))


def _rows(papers: Sequence[Paper], kind: type) -> tuple[UUID, ...]:
    return tuple(each.place.row_id for each in papers if each.place is not None and each.kind is kind)


def _paper(
    kind: type, column: sealed.SealedColumn, row: object, at: datetime, of: Case, **more: object
) -> Paper:
    version = 1 if column.version is None else getattr(row, column.version)
    place = column.place(row_id=getattr(row, column.row), case_id=of.id, version=version)
    return Paper(kind, at, of, getattr(row, column.column), place, **more)  # type: ignore[arg-type]


def papers_of_referral(session: Session, referral: Referral) -> Iterator[Paper]:
    """Yield what a hub holds of a case that an extract may have in it: as sent, then in order of time."""
    rows, of = hub_rows(session, referral), case_of(referral)

    def paper(kind: type, column: sealed.SealedColumn, row: object, at: datetime, **more: object) -> Paper:
        return _paper(kind, column, row, at, of, **more)

    yield paper(ChildCard, sealed.REFERRAL_CARD, rows.sent, referral.submitted_at)
    yield paper(ReferralAsSent, sealed.REFERRAL_DOCUMENT, rows.sent, referral.submitted_at)
    closings = () if rows.closing is None else (rows.closing,)
    since = [
        *(paper(CallMade, sealed.REFERRAL_CALL, row, row.called_at) for row in rows.calls),
        *(
            paper(ColourReason, sealed.COLOUR_REASON, row, row.given_at, colour=row.colour)
            for row in rows.colours
        ),
        *(paper(DecisionReason, sealed.DECISION_REASON, row, row.decided_at) for row in rows.decisions),
        *(paper(Release, sealed.RELEASE_WORDS, row, row.released_at) for row in rows.releases),
        *(paper(CaseNote, sealed.CASE_NOTE, row, row.written_at) for row in rows.notes),
        *(paper(ClosingReason, sealed.CLOSING_REASON, row, row.closed_at) for row in closings),
        *(
            paper(Message, sealed.MESSAGE_WORDS, row, row.written_at)
            for row in messages_of(session, referral.id)
        ),
    ]
    for card in rows.meetings:
        meeting = session.get_one(Meeting, card.id)
        since.append(
            paper(Invitation, sealed.INVITATION, meeting, meeting.arranged_at, meeting_id=meeting.id)
        )
        since += [
            paper(Minute, sealed.MINUTE, row, row.written_at, meeting_id=meeting.id)
            for row in minutes_of(session, meeting.id)
        ]
    yield from sorted(since, key=lambda each: each.at)


def papers_of_file(rows: FileRows, done: Timeline) -> Iterator[Paper]:
    """Yield what a school holds of a child: who it is, what was done, then every document in order of time.

    The concerns stand for themselves, as the file has them, and not once more in what was made of them: a
    referral may have had a concern about another child in it.
    """
    file = rows.file
    of_file = Case(SubjectKind.CHILD_FILE, file.id)
    yield _paper(ChildCard, sealed.CHILD_CARD, file, rows.said_since, of_file)
    yield Paper(Timeline, file.made_at, of_file, clear=done)
    papers = (*_of_concerns(rows), *_of_referrals(rows))
    yield from sorted(papers, key=lambda each: each.at)


def _of_concerns(rows: FileRows) -> Iterator[Paper]:
    of = {one.id: Case(SubjectKind.CONCERN, one.id, one.reference) for one in rows.concerns}
    for one in rows.concerns:
        words = _paper(ConcernWords, sealed.CONCERN_WORDS, one, one.recorded_at, of[one.id])
        yield replace(words, said_as=partial(_as_recorded, one))
        if one.kept_at is not None and one.kept_sealed is not None:
            yield _paper(KeptReason, sealed.CONCERN_KEPT, one, one.kept_at, of[one.id])
    for row in rows.additions:
        yield _paper(ConcernDetail, sealed.CONCERN_DETAIL, row, row.added_at, of[row.concern_id])


def _as_recorded(concern: Concern, words: ConcernWords) -> ReferredConcern:
    """Return a concern's words with what stands clear of it, as a referral says them."""
    return ReferredConcern(
        concern.reference, concern.recorded_at, concern.danger_now, concern.missing_now, words, ()
    )


def _without_concerns(sent: ReferralAsSent) -> ReferralAsSent:
    return replace(sent, concerns=())


def _of_referrals(rows: FileRows) -> Iterator[Paper]:
    of = {one.id: case_of(one) for one in rows.referrals}
    submitted = {one.id: one.submitted_at for one in rows.referrals}
    for sent in rows.sent:
        case_id, at = sent.referral_id, submitted[sent.referral_id]
        as_sent = _paper(ReferralAsSent, sealed.REFERRAL_DOCUMENT, sent, at, of[case_id])
        yield replace(as_sent, said_as=_without_concerns)
    for call in rows.calls:
        yield _paper(CallMade, sealed.REFERRAL_CALL, call, call.called_at, of[call.referral_id])
    for release in rows.releases:
        yield _paper(Release, sealed.RELEASE_WORDS, release, release.released_at, of[release.referral_id])
    for message in rows.messages:
        yield _paper(Message, sealed.MESSAGE_WORDS, message, message.written_at, of[message.referral_id])
