"""Extracts: what is given of a case to somebody outside, asked for, allowed, made once, and proved."""

import hashlib
import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.audit.events.extracts import ExtractMade
from intake.audit.log import AuditLog, Recorded
from intake.casework import extract
from intake.casework.documents.child import ChildCard
from intake.casework.documents.referral import ReferredConcern
from intake.casework.extract import ExtractAsked, ExtractDraft, Passage, extract_of
from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import Refused
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import roles_that_may
from intake.queries.looks import entries_naming
from intake.queries.restrictions import colleagues, reached
from intake.queries.school_file import file_rows
from intake.queries.second_person import RequestCard
from intake.services.approvals import Approvals
from intake.services.case_facts import facts_about_many
from intake.services.concern_rows import file_for
from intake.services.crossings import Crossings
from intake.services.decoy_marks import DecoyMarks
from intake.services.extract_papers import (
    Case,
    Paper,
    case_of,
    papers_of_file,
    papers_of_referral,
    parts_of,
    readings,
)
from intake.services.extract_steps import timeline
from intake.services.hub_case import hub_referral
from intake.services.opening import Opened, Opening
from intake.services.restricted_cases import require_all_open
from intake.services.second_person import Requests
from intake.services.staff import Staff
from intake.vocabulary import Audience, Colour, Compartment, HeldBack, RequestKind, SubjectKind


@dataclass(frozen=True, slots=True)
class Entry:
    """What goes of one document, and when that was written; of a triage colour also which.

    `reference` is that of the concern or referral it is of, where the extract is of a child's file.
    """

    at: datetime
    passage: Passage
    colour: Colour | None
    reference: str


@dataclass(frozen=True, slots=True)
class ToGive:
    """What an extract may be given of, a referral or a child's file, and the code of what is in the way."""

    case: Case
    in_the_way: str


@dataclass(frozen=True, slots=True)
class OpenedExtract:
    """An extract whose words were opened on the record, and that nobody has been given yet."""

    request_id: UUID
    case: Case
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


class Extracts:
    """Asks for extracts, makes those that another allowed, and tells a text that was given from another."""

    def __init__(  # noqa: PLR0913 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
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
        self._clock = clock
        self._audit = audit
        self._opening = opening
        self._staff = staff
        self._requests = requests
        self._approvals = approvals
        self._crossings = crossings
        self._key_ring = key_ring
        self._decoys = decoys

    def case(self, actor: Actor, kind: SubjectKind, case_id: UUID) -> ToGive:
        """Return a referral or a child's file of which the actor may give an extract. Raises `NotFound`."""
        return ToGive(self._case(actor, kind, case_id), self._in_the_way(actor, kind, case_id))

    def ask(self, actor: Actor, kind: SubjectKind, case_id: UUID, draft: ExtractDraft, words: str) -> UUID:
        """Ask for an extract; `words` are all the reasons together, for whoever approves.

        Raises `NotFound`, and `Refused` where something is in the way, a reason is missing or the same waits
        already.
        """
        found = self.case(actor, kind, case_id)
        if found.in_the_way:
            raise Refused("", found.in_the_way)
        draft.require_reasons()
        self._decoys.refuse(actor.organisation_id, case_id)
        return self._requests.ask(
            actor, RequestKind.EXTRACT, found.case.subject, words, codes=draft.asked.codes
        )

    def approved(self, actor: Actor, card: RequestCard) -> None:
        """Have an extract that the actor approved be good for a day, of a case that they may read whole.

        Raises `NotFound`, and `Refused` where something in it is closed to them.
        """
        self._whole(actor, card.subject_kind, card.subject_id)
        self._approvals.allow(actor, card)

    def open(self, actor: Actor, request_id: UUID) -> OpenedExtract:
        """Open what goes into the extract that the actor asked for and another approved, and use that up.

        That it is used up and what is opened is committed before a word is. What goes to nobody is not even
        opened. Raises `NotFound`, and `Refused` where it was not approved, is too old, or was made, or where
        something in the case is closed to the actor.
        """
        card = self._approvals.use_own(actor, RequestKind.EXTRACT, request_id)
        case = self._whole(actor, card.subject_kind, card.subject_id)
        self._decoys.refuse(actor.organisation_id, case.id)
        asked = extract_of(card.codes)
        papers = [each for each in self._papers(actor, case) if extract.may_go(each.kind, asked)]
        opened = self._record(actor, papers)
        opened.load({each.of.id for each in papers}, parts_of(papers))
        return OpenedExtract(
            request_id=request_id,
            case=case,
            organisation=self._staff.organisation(actor.organisation_id),
            asked=asked,
            allowed_by=self._staff.name(card.decided_by),
            entries=tuple(_entries(opened, papers, asked, case)),
            compartments=parts_of(papers),
        )

    def give(self, actor: Actor, opened: OpenedExtract, text: str) -> Given:
        """Record that an extract with this text is given out; only then may the text be shown."""
        here, case = actor.organisation_id, self._case(actor, opened.case.kind, opened.case.id)
        digest = self._mac(here, text)
        event = ExtractMade(
            request_id=opened.request_id,
            audience=opened.asked.audience,
            put_in=tuple(sorted(opened.asked.put_in)),
            documents=len(opened.entries),
            compartments=opened.compartments,
            digest=digest,
        )
        recorded = self._audit.record(event, actor=actor, organisation_id=here, subject=case.subject)
        return Given(recorded, digest.hex())

    def given_out(
        self, actor: Actor, kind: SubjectKind, case_id: UUID, text: str = ""
    ) -> tuple[GivenOut, ...]:
        """Return the extracts of a case that were made here, in order, and which of them had this text."""
        here, digest = actor.organisation_id, self._mac(actor.organisation_id, text).hex()
        case = self._case(actor, kind, case_id)
        return tuple(
            GivenOut(
                number=entry.seq,
                at=entry.at,
                by=self._staff.name(entry.actor_id),
                audience=Audience(said["audience"]),
                is_this=hmac.compare_digest(said["digest"], digest),
            )
            for entry in entries_naming(self._session, here, (case.id,), {ExtractMade.NAME}, ())
            for said in (entry.said(),)
        )

    def _case(self, actor: Actor, kind: SubjectKind, case_id: UUID) -> Case:
        if kind is SubjectKind.REFERRAL:
            return case_of(hub_referral(self._session, actor, Permission.EXTRACT_MAKE, case_id))
        return Case(kind, file_for(self._session, actor, Permission.FILE_EXTRACT, case_id).id)

    def _whole(self, actor: Actor, kind: SubjectKind, case_id: UUID) -> Case:
        case = self._case(actor, kind, case_id)
        require_all_open(self._session, actor, reached(self._session, kind, case_id))
        return case

    def _in_the_way(self, actor: Actor, kind: SubjectKind, case_id: UUID) -> str:
        """Return the code of why the actor cannot give it out, empty where they can.

        Part of it is closed to them; or nobody else who may read all of it is there to approve it.
        """
        here = actor.organisation_id
        cases = dict.fromkeys(reached(self._session, kind, case_id), Facts())
        facts = facts_about_many(self._session, cases, seen_from=here).values()
        may_approve = roles_that_may(Permission.EXTRACT_APPROVE)
        there = colleagues(self._session, here, may_approve, self._clock.now())
        read_it = {one for one in there if not any(each.shuts_out(one) for each in facts)}
        if any(each.shuts_out(actor.person_id) for each in facts):
            return "case.not_by_you"
        return "" if read_it - {actor.person_id} else "extract.nobody_else"

    def _papers(self, actor: Actor, case: Case) -> Iterator[Paper]:
        if case.kind is SubjectKind.REFERRAL:
            self._crossings.take_in()
            referral = hub_referral(self._session, actor, Permission.EXTRACT_MAKE, case.id)
            return papers_of_referral(self._session, referral)
        file = file_for(self._session, actor, Permission.FILE_EXTRACT, case.id)
        rows = file_rows(self._session, actor, file)
        people = self._staff.cards(rows.people())
        names: dict[UUID | None, str] = {each: card.name for each, card in people.items()}
        hubs = {referral.hub_id for referral in rows.referrals if referral.hub_id is not None}
        names |= {each: self._staff.organisation(each) for each in hubs}
        return papers_of_file(rows, timeline(rows, names))

    def _record(self, actor: Actor, papers: Sequence[Paper]) -> Opened:
        in_school = papers[0].of.kind is SubjectKind.CHILD_FILE
        *before, (last, subject) = readings(papers, in_school=in_school)
        for event, of in before:
            self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=of)
        return self._opening.record(last, actor=actor, subject=subject)

    def _mac(self, organisation_id: UUID, text: str) -> bytes:
        key = self._key_ring.derive("extract-text", organisation_id.bytes)
        return hmac.digest(key, extract.squeezed(text).encode(), hashlib.sha256)


def _entries(opened: Opened, papers: Sequence[Paper], asked: ExtractAsked, case: Case) -> Iterator[Entry]:
    """Yield what goes out; where addresses do not, a home that is withheld is blacked out of all of it."""
    for each in papers:
        document = each.read(opened)
        if isinstance(document, ChildCard) and HeldBack.ADDRESS not in asked.put_in:
            opened, document = opened.withholding(document), document.masked()
        goes = extract.passage(document, asked)
        if goes.said:
            says_itself = each.of == case or goes.kind is ReferredConcern
            yield Entry(each.at, goes, each.colour, "" if says_itself else each.of.reference)
