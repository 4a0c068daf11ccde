"""Keeping a case to named people: from then on nothing of it is anywhere else in their organisation."""

from dataclasses import replace
from uuid import UUID

from sqlalchemy import delete

from intake.audit.event import Event, Subject
from intake.audit.events.restrictions import (
    CaseRestricted,
    RestrictedNoteWritten,
    RestrictionLifted,
    RestrictionOpened,
    RestrictionWidened,
)
from intake.audit.log import AuditLog
from intake.casework.documents.restriction import RestrictedWords, RestrictionReason
from intake.casework.drafts import RestrictDraft
from intake.clock import Clock
from intake.crypto.inventory import RESTRICTED_NOTE, RESTRICTION_REASON
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.referral import Referral
from intake.models.restriction import RestrictedCase, RestrictedNote, RestrictedTo, Restriction
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require
from intake.policy.table import DUTY, STAFF
from intake.queries import restrictions as queries
from intake.queries.second_person import RequestCard
from intake.services.case_facts import facts_about, named_in
from intake.services.case_locks import lock_case
from intake.services.deciding import can_decide, who_decides
from intake.services.decoy_marks import DecoyMarks
from intake.services.keys import CaseKeys
from intake.services.opening import Opening
from intake.services.restricted_cases import (
    Case,
    NoteTold,
    RestrictionRead,
    ToChange,
    case_to_restrict,
    require_all_open,
    restricted_subject,
)
from intake.services.second_person import Requests
from intake.services.staff import Staff
from intake.vocabulary import OrganisationKind, RequestKind, SubjectKind


class Restrictions:
    """Restricts cases, and keeps what only the named may read."""

    def __init__(  # noqa: PLR0913 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        opening: Opening,
        staff: Staff,
        requests: Requests,
        decoys: DecoyMarks,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._opening = opening
        self._staff = staff
        self._requests = requests
        self._decoys = decoys

    def case(self, actor: Actor, kind: SubjectKind, case_id: UUID) -> Case:
        """Return a case the actor may restrict, and who works with it already. Raises `NotFound`."""
        subject, suggested = case_to_restrict(self._session, actor, kind, case_id)
        stands = queries.standing(self._session, actor.organisation_id, case_id)
        known = {person_id for person_id in suggested if person_id is not None} | {actor.person_id}
        return Case(
            subject,
            subject.reference or "",
            None if stands is None else stands.id,
            tuple(sorted(known)),
            self._can_decide(actor, frozenset(self.choices(actor, case_id)), frozenset({case_id})),
        )

    def choices(self, actor: Actor, case_id: UUID) -> dict[UUID, str]:
        """Return the colleagues to whom a case can be kept, by name: whoever is kept out of it is none."""
        roles = DUTY if actor.organisation_kind is OrganisationKind.HUB else STAFF
        found = set(queries.colleagues(self._session, actor.organisation_id, roles, self._clock.now()))
        cards = self._staff.cards(found - named_in(self._session, case_id))
        return dict(sorted(((each, card.name) for each, card in cards.items()), key=lambda pair: pair[1]))

    def restrict(self, actor: Actor, kind: SubjectKind, case_id: UUID, draft: RestrictDraft) -> UUID:
        """Keep a case to these people and the actor from now on; returns the restriction's id.

        Raises `NotFound`; `Refused` where it is restricted already, hangs on one person, would be taken
        from whoever has it, or something in it is closed to the actor.
        """
        lock_case(self._session, kind, case_id)
        subject, _suggested = case_to_restrict(self._session, actor, kind, case_id)
        self._decoys.refuse(actor.organisation_id, case_id)
        cases = queries.reached(self._session, kind, case_id)
        require_all_open(self._session, actor, cases)
        people = frozenset((*draft.person_ids, actor.person_id)) & self.choices(actor, case_id).keys()
        self._require_sensible(actor, subject, people, cases)
        now, here, restriction_id = self._clock.now(), actor.organisation_id, new_id()
        words = RestrictionReason(draft.reason, self._staff.name(actor.person_id))
        place = RESTRICTION_REASON.place(row_id=restriction_id, case_id=restriction_id)
        row = Restriction(
            id=restriction_id,
            organisation_id=here,
            subject_kind=kind,
            case_id=case_id,
            set_by=actor.person_id,
            set_at=now,
            reason_sealed=self._keys.seal(words, place, holders=(here,)),
        )
        self._session.add(row)
        self._session.flush()
        self._session.add_all(
            RestrictedTo(restriction_id=restriction_id, person_id=person_id, from_at=now)
            for person_id in sorted(people)
        )
        self._session.add_all(
            RestrictedCase(restriction_id=restriction_id, case_id=each, organisation_id=here)
            for each in sorted(cases)
        )
        self._session.flush()
        self._record(
            CaseRestricted(restriction_id=restriction_id, person_ids=tuple(sorted(people))), actor, subject
        )
        return restriction_id

    def read(self, actor: Actor, restriction_id: UUID) -> RestrictionRead:
        """Return a restriction with what only the named may read. Raises `NotFound`."""
        row, people = self._row(actor, Permission.RESTRICTION_OPEN, restriction_id)
        may_change = may(actor, Permission.RESTRICTION_CHANGE, self._facts(actor, row, people))
        notes = queries.notes_of(self._session, row.id)
        subject = restricted_subject(self._session, row)
        event = RestrictionOpened(restriction_id=row.id, note_ids=tuple(note.id for note in notes))
        opened = self._opening.record(event, actor=actor, subject=subject)
        opened.load((row.id,))
        names = self._staff.cards(people)
        place = RESTRICTION_REASON.place(row_id=row.id, case_id=row.id)
        return RestrictionRead(
            id=row.id,
            subject=subject,
            set_at=row.set_at,
            lifted_at=row.lifted_at,
            reason=opened.unseal(RestrictionReason, row.reason_sealed, place),
            people=tuple(names[each].name for each in people),
            may_change=row.lifted_at is None and may_change,
            notes=tuple(
                NoteTold(
                    note.written_at,
                    opened.unseal(
                        RestrictedWords,
                        note.words_sealed,
                        RESTRICTED_NOTE.place(row_id=note.id, case_id=row.id),
                    ),
                )
                for note in notes
            ),
        )

    def write(self, actor: Actor, restriction_id: UUID, text: str) -> None:
        """Write what only the named may read. Raises `NotFound`, and `Refused` for nothing."""
        row, _people = self._row(actor, Permission.RESTRICTION_OPEN, restriction_id)
        if not text.strip():
            raise Refused("text", "note.empty")
        note_id = new_id()
        words = RestrictedWords(text=text, written_by=self._staff.name(actor.person_id))
        place = RESTRICTED_NOTE.place(row_id=note_id, case_id=row.id)
        self._session.add(
            RestrictedNote(
                id=note_id,
                restriction_id=row.id,
                written_by=actor.person_id,
                written_at=self._clock.now(),
                words_sealed=self._keys.seal(words, place, holders=(row.organisation_id,)),
            )
        )
        event = RestrictedNoteWritten(restriction_id=row.id, note_id=note_id)
        self._record(event, actor, restricted_subject(self._session, row))

    def to_change(self, actor: Actor, restriction_id: UUID) -> ToChange:
        """Return who could still be let into a case that is restricted, and how. Raises `NotFound`."""
        row, people = self._standing(actor, restriction_id)
        others = {each: name for each, name in self.choices(actor, row.case_id).items() if each not in people}
        too_few = self._facts(actor, row, people).too_few
        in_school = actor.organisation_kind is OrganisationKind.SCHOOL
        return ToChange(others, too_few=too_few, at_once=too_few and in_school)

    def ask_to_let_in(self, actor: Actor, restriction_id: UUID, person_id: UUID, why: str) -> None:
        """Ask that one more colleague is let in: somebody named approves it. Raises `NotFound`, `Refused`.

        Where it is done at once, why is kept as a restricted note.
        """
        row, _people = self._standing(actor, restriction_id)
        if self.to_change(actor, restriction_id).at_once:
            self.write(actor, restriction_id, why)
            self._let_in(actor, row, person_id)
            return
        codes = (str(row.id), str(person_id))
        self._requests.ask(
            actor, RequestKind.LETTING_IN, restricted_subject(self._session, row), why, codes=codes
        )

    def ask_to_lift(self, actor: Actor, restriction_id: UUID, why: str) -> None:
        """Ask that a case is opened to all again: somebody named approves. Raises `NotFound`, `Refused`."""
        row, _people = self._standing(actor, restriction_id)
        self._requests.ask(
            actor, RequestKind.LIFTING, restricted_subject(self._session, row), why, codes=(str(row.id),)
        )

    def let_in(self, actor: Actor, request: RequestCard) -> None:
        """Let in whom a colleague asked for, now that the actor approved it."""
        restriction_id, person_id = map(UUID, request.codes)
        row, _people = self._row(actor, Permission.RESTRICTION_OPEN, restriction_id)
        self._let_in(actor, row, person_id)

    def lift(self, actor: Actor, request: RequestCard) -> None:
        """Open a restricted case to all again, now that the actor approved it.

        What only the named may read stays theirs.
        """
        row, _people = self._row(actor, Permission.RESTRICTION_OPEN, UUID(request.codes[0]))
        row.lifted_at = row.lifted_at or self._clock.now()
        self._session.execute(delete(RestrictedCase).where(RestrictedCase.restriction_id == row.id))
        self._record(RestrictionLifted(restriction_id=row.id), actor, restricted_subject(self._session, row))

    def _let_in(self, actor: Actor, row: Restriction, person_id: UUID) -> None:
        people = queries.people_of(self._session, row.id)
        if person_id in people or person_id not in self.choices(actor, row.case_id):
            return
        self._session.add(RestrictedTo(restriction_id=row.id, person_id=person_id, from_at=self._clock.now()))
        event = RestrictionWidened(restriction_id=row.id, person_id=person_id)
        self._record(event, actor, restricted_subject(self._session, row))

    def _require_sensible(
        self, actor: Actor, subject: Subject, people: frozenset[UUID], cases: frozenset[UUID]
    ) -> None:
        in_hub = subject.kind is SubjectKind.REFERRAL
        if subject.id is None or queries.standing(self._session, actor.organisation_id, subject.id):
            raise Refused("", "restriction.stands")
        if not self._can_decide(actor, people, cases):
            raise Refused("people", "restriction.too_few" if in_hub else "restriction.too_few_leads")
        if in_hub:
            holder = self._session.get_one(Referral, subject.id).taken_by
            if holder is not None and holder not in people:
                raise Refused("people", "restriction.holder_left_out")

    def _can_decide(self, actor: Actor, people: frozenset[UUID], cases: frozenset[UUID]) -> bool:
        """Tell whether two of these people could decide, to whom none of the cases is closed."""
        here = actor.organisation_id
        for case_id in cases:
            facts = facts_about(self._session, case_id, Facts(), seen_from=here)
            people = frozenset(each for each in people if not facts.shuts_out(each))
        return can_decide(self._session, here, people, self._clock.now())

    def _standing(self, actor: Actor, restriction_id: UUID) -> tuple[Restriction, tuple[UUID, ...]]:
        """Return a restriction that stands, for whoever may ask for it to be changed. Raises `NotFound`."""
        row, people = self._row(actor, Permission.RESTRICTION_CHANGE, restriction_id)
        if row.lifted_at is not None:
            raise NotFound
        return row, people

    def _row(
        self, actor: Actor, permission: Permission, restriction_id: UUID
    ) -> tuple[Restriction, tuple[UUID, ...]]:
        """Return a restriction, and to whom it keeps its case: they read its words even once it is lifted."""
        row = self._session.get(Restriction, restriction_id)
        if row is None:
            require(actor, permission, Facts())
            raise NotFound
        people = queries.people_of(self._session, row.id)
        require(actor, permission, self._facts(actor, row, people))
        return row, people

    def _facts(self, actor: Actor, row: Restriction, people: tuple[UUID, ...]) -> Facts:
        """Return what policy must know of a restriction; once it is lifted no glass leads to it."""
        here = row.organisation_id
        facts = Facts(school_id=here, hub_id=here, organisation_id=here)
        facts = facts_about(self._session, row.case_id, facts, seen_from=here)
        case_id = row.case_id if row.lifted_at is None else None
        facts = replace(facts, case_id=case_id, only=frozenset(people))
        return who_decides(self._session, facts, actor, self._clock.now())

    def _record(self, event: Event, actor: Actor, subject: Subject) -> None:
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=subject)
