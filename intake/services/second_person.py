"""Acts that want two people: one asks with a reason, another approves, and it is done in the same commit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from intake.audit.event import Code, Event, Subject
from intake.audit.events.second_person import (
    SecondPersonApproved,
    SecondPersonAsked,
    SecondPersonOpened,
    SecondPersonRefused,
)
from intake.audit.log import AuditLog
from intake.casework.documents.second_person import RequestWords
from intake.clock import Clock
from intake.crypto.inventory import REQUEST_ANSWER, REQUEST_REASON, SealedColumn
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.concern import Concern
from intake.models.person import Person
from intake.models.referral import Referral
from intake.models.second_person import SecondPersonRequest
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require, require_role, roles_that_may
from intake.policy.second_person import TWO_PEOPLE, kinds_seen
from intake.queries import second_person as queries
from intake.queries.restrictions import colleagues
from intake.queries.second_person import RequestCard
from intake.services.case_facts import facts_about, facts_about_many
from intake.services.deciding import who_decides
from intake.services.keys import CaseKeys
from intake.services.opening import Opening
from intake.services.staff import Staff
from intake.vocabulary import Compartment, RequestKind, RequestState, SubjectKind

GOOD_FOR = timedelta(days=14)

#: What is done once a request is approved, by the service that owns the act: it asks policy about the very
#: thing again, for the approver, and may give something that is shown to the approver once.
Act = Callable[[Actor, RequestCard], object]


@dataclass(frozen=True, slots=True)
class Named:
    """A request with the names on it: of whoever asked and decided, what it is about, and whom it names."""

    card: RequestCard
    by: str
    decided_by: str
    about: str
    who: str
    is_own: bool
    may_approve: bool


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request with its words; `answer` is why it was refused or taken back."""

    named: Named
    reason: str
    answer: str


class Requests:
    """Asks for a second person; every service that owns such an act asks here."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys

    def ask(
        self,
        actor: Actor,
        kind: RequestKind,
        subject: Subject,
        reason: str,
        *,
        codes: tuple[str, ...] = (),
        good_for: timedelta = GOOD_FOR,
    ) -> UUID:
        """Ask for an act; raises `Refused` on `why` without a reason, and where the same waits already.

        `codes` say what precisely is asked for, in ids and codes and never in words.
        """
        require_role(actor, TWO_PEOPLE[kind].ask)
        if not reason.strip():
            raise Refused("why", "second_person.reason_missing")
        if subject.id is None:
            raise RuntimeError("a request is about one thing")
        now, row_id, here = self._clock.now(), new_id(), actor.organisation_id
        if (kind, codes) in {(c.kind, c.codes) for c in queries.about(self._session, actor, subject.id, now)}:
            raise Refused("", "second_person.waits_already")
        row = SecondPersonRequest(
            id=row_id,
            organisation_id=here,
            kind=kind,
            subject_kind=subject.kind,
            subject_id=subject.id,
            codes=" ".join(map(Code, codes)),
            asked_by=actor.person_id,
            asked_at=now,
            expires_at=now + good_for,
            reason_sealed=self._sealed(row_id, reason, here),
            state=RequestState.WAITING,
        )
        self._session.add(row)
        self._session.flush()
        asked = SecondPersonAsked(request_id=row_id, request_kind=kind)
        self._audit.record(asked, actor=actor, organisation_id=here, subject=subject)
        return row_id

    def ask_here(self, actor: Actor, kind: RequestKind, codes: tuple[str, ...], reason: str) -> UUID:
        """Ask for an act about the actor's whole organisation; raises as `ask`."""
        subject = Subject(SubjectKind.ORGANISATION, actor.organisation_id)
        return self.ask(actor, kind, subject, reason, codes=codes)

    def _sealed(self, row_id: UUID, reason: str, here: UUID) -> bytes:
        self._keys.begin(row_id, (Compartment.REQUEST,), holders=(here,))
        place = REQUEST_REASON.place(row_id=row_id, case_id=row_id)
        return self._keys.seal(RequestWords(reason), place, holders=(here,))


class SecondPerson:
    """Shows what waits, and approves or refuses it: nobody their own, nor by an account made later."""

    def __init__(  # noqa: PLR0917 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        opening: Opening,
        staff: Staff,
        acts: Mapping[RequestKind, Act],
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._opening = opening
        self._staff = staff
        self._acts = acts

    def waiting(self, actor: Actor) -> tuple[Named, ...]:
        """Return what waits for a second person and is the actor's to see."""
        return self._named(actor, queries.waiting(self._session, actor, self._clock.now()))

    def decided(self, actor: Actor) -> tuple[Named, ...]:
        """Return what came of the latest requests."""
        return self._named(actor, queries.decided(self._session, actor, self._clock.now()))

    def about(self, actor: Actor, subject_id: UUID) -> tuple[Named, ...]:
        """Return what waits about one person, referral or file."""
        return self._named(actor, queries.about(self._session, actor, subject_id, self._clock.now()))

    def open(self, actor: Actor, request_id: UUID) -> OpenRequest:
        """Open what was asked for and why, on the record; raises `NotFound`."""
        row = self._row(actor, request_id)
        card = queries.card_of(row, self._clock.now())
        (named,) = self._named(actor, (card,))
        event = SecondPersonOpened(request_id=row.id, request_kind=row.kind)
        opened = self._opening.record(event, actor=actor, subject=_subject(card))

        def words(column: SealedColumn, blob: bytes | None) -> str:
            place = column.place(row_id=row.id, case_id=row.id)
            return "" if blob is None else opened.unseal(RequestWords, blob, place).words

        return OpenRequest(
            named, words(REQUEST_REASON, row.reason_sealed), words(REQUEST_ANSWER, row.answer_sealed)
        )

    def approve(self, actor: Actor, request_id: UUID) -> object:
        """Approve a request and do what it asks for, in this commit; gives what the act gave.

        Raises `Refused` where it was decided on, is too old, whoever asked may not ask any more, or this
        account is younger than it is.
        """
        row = self._row(actor, request_id)
        require(actor, TWO_PEOPLE[row.kind].approve, self._facts(row.subject_id, row.asked_by, actor))
        card = self._still_open(row)
        # Whoever asks could make themselves a second account to approve with.
        if self._session.get_one(Person, actor.person_id).made_at > row.asked_at:
            raise Refused("", "second_person.newcomer")
        asks = roles_that_may(TWO_PEOPLE[row.kind].ask)
        if row.asked_by not in colleagues(self._session, row.organisation_id, asks, self._clock.now()):
            raise Refused("", "second_person.asker_gone")
        self._decide(row, RequestState.APPROVED, actor)
        self._record(SecondPersonApproved(request_id=row.id, request_kind=row.kind), actor, card)
        return self._acts[row.kind](actor, card)

    def refuse(self, actor: Actor, request_id: UUID, answer: str) -> None:
        """Refuse a request with a reason; whoever asked takes it back so."""
        row = self._row(actor, request_id)
        withdrawn = row.asked_by == actor.person_id
        if not withdrawn:
            require(actor, TWO_PEOPLE[row.kind].approve, self._facts(row.subject_id, row.asked_by, actor))
        card = self._still_open(row)
        place = REQUEST_ANSWER.place(row_id=row.id, case_id=row.id)
        row.answer_sealed = self._keys.seal(RequestWords(answer), place, holders=(row.organisation_id,))
        self._decide(row, RequestState.WITHDRAWN if withdrawn else RequestState.REFUSED, actor)
        event = SecondPersonRefused(request_id=row.id, request_kind=row.kind, withdrawn=withdrawn)
        self._record(event, actor, card)

    def _row(self, actor: Actor, request_id: UUID) -> SecondPersonRequest:
        require_role(actor, Permission.SECOND_PERSON_SEE)
        row = self._session.get(SecondPersonRequest, request_id, with_for_update=True)
        if row is None or row.kind not in kinds_seen(actor):
            raise NotFound
        facts = Facts(organisation_id=row.organisation_id)
        require(actor, Permission.SECOND_PERSON_SEE, self._about(row.subject_id, facts, actor))
        if queries.is_erased(self._session, row):
            raise NotFound
        return row

    def _facts(self, subject_id: UUID | None, asked_by: UUID, actor: Actor) -> Facts:
        """Return what policy must know before the actor, who may see a request, approves or refuses it."""
        facts = Facts(organisation_id=actor.organisation_id)
        if subject_id is not None:
            facts = self._about(subject_id, facts, actor)
        return self._decided_by(facts, asked_by, actor)

    def _decided_by(self, facts: Facts, asked_by: UUID, actor: Actor) -> Facts:
        """Return the facts of what a request is about as policy must know them for an answer to it."""
        facts = replace(facts, recorded_by=asked_by, erased=False)
        return who_decides(self._session, facts, actor, self._clock.now())

    def _about(self, subject_id: UUID, facts: Facts, actor: Actor) -> Facts:
        """Return the facts of what a request is about: why something was erased stays to be read."""
        found = facts_about(self._session, subject_id, facts, seen_from=actor.organisation_id)
        return replace(found, erased=False)

    def _still_open(self, row: SecondPersonRequest) -> RequestCard:
        card = queries.card_of(row, self._clock.now())
        if not card.waits:
            expired = card.state is RequestState.EXPIRED
            raise Refused("", "second_person.expired" if expired else "second_person.already_decided")
        return card

    def _decide(self, row: SecondPersonRequest, state: RequestState, actor: Actor) -> None:
        row.state, row.decided_by, row.decided_at = state, actor.person_id, self._clock.now()
        self._session.flush()

    def _named(self, actor: Actor, cards: tuple[RequestCard, ...]) -> tuple[Named, ...]:
        here = actor.organisation_id
        facts = facts_about_many(
            self._session,
            {card.subject_id: Facts(organisation_id=here) for card in cards if card.waits},
            seen_from=here,
        )
        people = {each for card in cards for each in (card.asked_by, card.decided_by) if each is not None}
        subjects = {card.subject_id for card in cards if card.subject_kind is SubjectKind.PERSON}
        known = self._staff.cards(people | subjects | {card.person_id for card in cards if card.person_id})
        names: dict[UUID | None, str] = {each: staff.name for each, staff in known.items()}
        names |= self._references(cards)
        return tuple(
            Named(
                card=card,
                by=names[card.asked_by],
                decided_by=names.get(card.decided_by, ""),
                about=names.get(card.subject_id, ""),
                who=names.get(card.person_id, ""),
                is_own=card.asked_by == actor.person_id,
                may_approve=card.waits
                and may(
                    actor,
                    TWO_PEOPLE[card.kind].approve,
                    self._decided_by(facts[card.subject_id], card.asked_by, actor),
                ),
            )
            for card in cards
        )

    def _references(self, cards: tuple[RequestCard, ...]) -> dict[UUID | None, str]:
        found: dict[UUID | None, str] = {}
        # Where nobody asks about concerns there may be none: they are no table of the hubs' tier.
        for kind, table in ((SubjectKind.REFERRAL, Referral), (SubjectKind.CONCERN, Concern)):
            wanted = {card.subject_id for card in cards if card.subject_kind is kind}
            if wanted:
                rows = self._session.execute(select(table.id, table.reference).where(table.id.in_(wanted)))
                found |= {row.id: row.reference for row in rows}
        return found

    def _record(self, event: Event, actor: Actor, card: RequestCard) -> None:
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=_subject(card))


def _subject(card: RequestCard) -> Subject:
    return Subject(card.subject_kind, card.subject_id)
