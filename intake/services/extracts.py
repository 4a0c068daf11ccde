"""Extracts: what is given of a case to somebody outside, asked for, allowed, made once, and proved."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.audit.event import Event
from intake.audit.events.casework import MeetingOpened, NotesOpened
from intake.audit.events.extracts import ExtractMade
from intake.audit.events.referrals import MessagesOpened, ReferralOpened
from intake.audit.log import AuditLog, Recorded
from intake.casework import extract
from intake.casework.documents.child import ChildCard
from intake.casework.documents.meeting import Invitation, Minute
from intake.casework.documents.referral import (
    CallMade,
    CaseNote,
    ClosingReason,
    ColourReason,
    DecisionReason,
    Message,
    ReferralAsSent,
    Release,
)
from intake.casework.extract import ExtractAsked, ExtractDraft, Passage, extract_of
from intake.casework.sealed_form import Document
from intake.crypto import inventory as sealed
from intake.crypto.binding import Binding
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.models.meeting import Meeting
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.hub_referral import hub_rows
from intake.queries.looks import entries_naming
from intake.queries.meetings import minutes_of
from intake.queries.messages import messages_of
from intake.queries.second_person import RequestCard
from intake.services.approvals import Approvals
from intake.services.crossings import Crossings
from intake.services.decoy_marks import DecoyMarks
from intake.services.hub_case import about, hub_referral, record_about
from intake.services.opening import Opened, Opening
from intake.services.second_person import Requests
from intake.services.staff import Staff
from intake.vocabulary import Audience, Colour, Compartment, HeldBack, RequestKind


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes of one document, and when that was written; of a triage colour also which."""

    at: datetime
    passage: Passage
    colour: Colour | None


@dataclass(frozen=True, slots=True)
class OpenedExtract:
    """An extract whose words were opened on the record, and that nobody has been given yet."""

    request_id: UUID
    referral_id: UUID
    reference: str
    organisation: str
    asked: ExtractAsked
    allowed_by: str
    entries: tuple[Entry, ...]
    compartments: tuple[Compartment, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """That an extract was given: the entry of the trail that says so, and the fingerprint of its text."""

    recorded: Recorded
    fingerprint: str

    @property
    def number(self) -> int:
        """The number of that entry, once it is committed."""
        return self.recorded.place.seq


@dataclass(frozen=True, slots=True)
class GivenOut:
    """One extract of a case, as the trail tells of it; `is_this` where its text is the one asked about."""

    number: int
    at: datetime
    by: str
    audience: Audience
    is_this: bool


@dataclass(frozen=True, slots=True)
class _Sealed:
    """One document of a case, still sealed."""

    kind: type[Document]
    at: datetime
    blob: bytes
    place: Binding
    colour: Colour | None = None
    meeting_id: UUID | None = None


class Extracts:
    """Asks for extracts, makes those that another allowed, and tells a text that was given from another."""

    def __init__(  # noqa: PLR0913 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        audit: AuditLog,
        opening: Opening,
        staff: Staff,
        *,
        requests: Requests,
        approvals: Approvals,
        crossings: Crossings,
        key_ring: KeyRing,
        decoys: DecoyMarks,
    ) -> None:
        self._session = unit.session
        self._audit = audit
        self._opening = opening
        self._staff = staff
        self._requests = requests
        self._approvals = approvals
        self._crossings = crossings
        self._key_ring = key_ring
        self._decoys = decoys

    def reference(self, actor: Actor, referral_id: UUID) -> str:
        """Return the reference of a referral of which the actor may give an extract. Raises `NotFound`."""
        return self._case(actor, referral_id).reference

    def ask(self, actor: Actor, referral_id: UUID, draft: ExtractDraft, words: str) -> UUID:
        """Ask for an extract; `words` are all the reasons together, for whoever approves.

        Raises `NotFound`, and `Refused` where a reason is missing or the same waits already.
        """
        referral = self._case(actor, referral_id)
        draft.require_reasons()
        self._decoys.refuse(actor.organisation_id, referral_id)
        return self._requests.ask(actor, RequestKind.EXTRACT, about(referral), words, codes=draft.asked.codes)

    def approved(self, actor: Actor, card: RequestCard) -> None:
        """Have an extract that the actor approved be good for a day, of a case that is still theirs."""
        hub_referral(self._session, actor, Permission.REFERRAL_OPEN, card.subject_id)
        self._approvals.allow(actor, card)

    def open(self, actor: Actor, request_id: UUID) -> OpenedExtract:
        """Open what goes into the extract that the actor asked for and another approved, and use that up.

        That it is used up and what is opened is committed before a word is. What goes to nobody is not even
        opened. Raises `NotFound`, and `Refused` where it was not approved, is too old, or was made.
        """
        card = self._approvals.use_own(actor, RequestKind.EXTRACT, request_id)
        self._crossings.take_in()
        referral = self._case(actor, card.subject_id)
        self._decoys.refuse(actor.organisation_id, referral.id)
        asked = extract_of(card.codes)
        papers = [each for each in _papers(self._session, referral) if extract.may_go(each.kind, asked)]
        parts = tuple(part for part in Compartment if part in {each.place.compartment for each in papers})
        opened = self._record(actor, referral, papers, parts)
        opened.load((referral.id,), parts)
        return OpenedExtract(
            request_id=request_id,
            referral_id=referral.id,
            reference=referral.reference,
            organisation=self._staff.organisation(actor.organisation_id),
            asked=asked,
            allowed_by=self._staff.name(card.decided_by),
            entries=tuple(_entries(opened, papers, asked)),
            compartments=parts,
        )

    def give(self, actor: Actor, opened: OpenedExtract, text: str) -> Given:
        """Record that an extract with this text is given out; only then may the text be shown."""
        referral = self._case(actor, opened.referral_id)
        digest = self._mac(actor.organisation_id, text)
        event = ExtractMade(
            request_id=opened.request_id,
            audience=opened.asked.audience,
            put_in=tuple(sorted(opened.asked.put_in)),
            documents=len(opened.entries),
            compartments=opened.compartments,
            digest=digest,
        )
        return Given(record_about(self._audit, event, actor, referral), digest.hex())

    def given_out(self, actor: Actor, referral_id: UUID, text: str = "") -> tuple[GivenOut, ...]:
        """Return the extracts of a case that were made here, in order, and which of them had this text."""
        here, digest = actor.organisation_id, self._mac(actor.organisation_id, text).hex()
        referral = self._case(actor, referral_id)
        return tuple(
            GivenOut(
                number=entry.seq,
                at=entry.at,
                by=self._staff.name(entry.actor_id),
                audience=Audience(said["audience"]),
                is_this=hmac.compare_digest(said["digest"], digest),
            )
            for entry in entries_naming(self._session, here, (referral.id,), {ExtractMade.NAME}, ())
            for said in (entry.said(),)
        )

    def _case(self, actor: Actor, referral_id: UUID) -> Referral:
        return hub_referral(self._session, actor, Permission.EXTRACT_MAKE, referral_id)

    def _record(
        self, actor: Actor, referral: Referral, papers: Sequence[_Sealed], parts: tuple[Compartment, ...]
    ) -> Opened:
        for event in _readings(papers):
            record_about(self._audit, event, actor, referral)
        return self._opening.record(ReferralOpened(compartments=parts), actor=actor, subject=about(referral))

    def _mac(self, organisation_id: UUID, text: str) -> bytes:
        key = self._key_ring.derive("extract-text", organisation_id.bytes)
        return hmac.digest(key, extract.squeezed(text).encode(), hashlib.sha256)


def _entries(opened: Opened, papers: Sequence[_Sealed], asked: ExtractAsked) -> Iterator[Entry]:
    """Yield what goes out; where addresses do not, a home that is withheld is blacked out of all of it."""
    for each in papers:
        document = opened.unseal(each.kind, each.blob, each.place)
        if isinstance(document, ChildCard) and HeldBack.ADDRESS not in asked.put_in:
            opened, document = opened.withholding(document), document.masked()
        goes = extract.passage(document, asked)
        if goes.said:
            yield Entry(each.at, goes, each.colour)


def _readings(papers: Sequence[_Sealed]) -> Iterator[Event]:
    """Yield what is on the record of each reading of these, but for the referral itself."""
    notes = tuple(each.place.row_id for each in papers if each.kind is CaseNote)
    messages = tuple(each.place.row_id for each in papers if each.kind is Message)
    if notes:
        yield NotesOpened(note_ids=notes)
    if messages:
        yield MessagesOpened(message_ids=messages)
    for meeting_id in dict.fromkeys(each.meeting_id for each in papers if each.meeting_id is not None):
        minutes = (each for each in papers if each.meeting_id == meeting_id and each.kind is Minute)
        yield MeetingOpened(meeting_id=meeting_id, minute_ids=tuple(each.place.row_id for each in minutes))


def _papers(session: Session, referral: Referral) -> Iterator[_Sealed]:
    """Yield what a hub holds of a case that an extract may have in it: as sent, then in order of time."""
    rows = hub_rows(session, referral)
    case_id, sent = referral.id, rows.sent

    def paper(
        kind: type[Document], column: sealed.SealedColumn, row: object, at: datetime, **more: object
    ) -> _Sealed:
        place = column.place(row_id=getattr(row, column.row), case_id=case_id)
        return _Sealed(kind, at, getattr(row, column.column), place, **more)  # type: ignore[arg-type]

    yield paper(ChildCard, sealed.REFERRAL_CARD, sent, referral.submitted_at)
    yield paper(ReferralAsSent, sealed.REFERRAL_DOCUMENT, sent, referral.submitted_at)
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
        *(paper(Message, sealed.MESSAGE_WORDS, row, row.written_at) for row in messages_of(session, case_id)),
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
