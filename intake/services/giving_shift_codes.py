"""Giving a colleague a second factor for one shift: by a manager or by two duty workers, and reviewed."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from intake.audit.event import Event, Subject
from intake.audit.events.shift_codes import ShiftCodeGiven, ShiftCodeReasonOpened, ShiftCodeReviewed
from intake.audit.log import AuditLog
from intake.casework.documents.second_person import RequestWords, ShiftCodeReview
from intake.casework.drafts import ShiftCodeDraft
from intake.clock import Clock
from intake.crypto.inventory import REQUEST_REASON, SHIFT_CODE_REASON, SHIFT_CODE_REVIEW
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.models.person import Person
from intake.models.second_person import SecondPersonRequest
from intake.models.shift_code import ShiftCode
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require, require_role
from intake.policy.table import DUTY
from intake.queries import shift_codes as queries
from intake.queries.restrictions import colleagues
from intake.queries.second_person import RequestCard
from intake.queries.shift_codes import ShiftCodeRow
from intake.services.keys import CaseKeys
from intake.services.opening import Opened, Opening
from intake.services.outbox import Outbox
from intake.services.second_person import Requests
from intake.services.shift_codes import LASTS, ShiftCodes
from intake.services.staff import Staff
from intake.vocabulary import MailKind, RequestKind, SubjectKind


@dataclass(frozen=True, slots=True)
class GivenCode:
    """A code just given: it is shown once, to whoever reads it out."""

    code: str = field(repr=False)
    shift_code_id: UUID
    name: str
    phone: str
    until_at: datetime


@dataclass(frozen=True, slots=True)
class ShiftCodeTold:
    """A code that was given, with the names on it; `lasts` while it can still be used."""

    row: ShiftCodeRow
    who: str
    given_by: str
    asked_by: str
    lasts: bool
    may_end: bool
    may_review: bool


@dataclass(frozen=True, slots=True)
class UnderReview:
    """One code with why it was given, and what a colleague found about that."""

    told: ShiftCodeTold
    reason: str
    review: str
    reviewed_by: str


class GivingShiftCodes:
    """Gives codes to colleagues on duty, ends them, and has somebody else review that they were given."""

    def __init__(  # noqa: PLR0913 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        codes: ShiftCodes,
        opening: Opening,
        staff: Staff,
        requests: Requests,
        outbox: Outbox,
        public_url: str,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._codes = codes
        self._opening = opening
        self._staff = staff
        self._requests = requests
        self._outbox = outbox
        self._public_url = public_url

    def choices(self, actor: Actor, permission: Permission) -> dict[UUID, str]:
        """Return the colleagues who may be given a code, by name; raises as the act would."""
        require(actor, permission, Facts(hub_id=actor.organisation_id))
        cards = self._staff.cards(queries.who_may_be_given(self._session, actor, self._clock.now()))
        return dict(sorted(((each, card.name) for each, card in cards.items()), key=lambda pair: pair[1]))

    def may(self, actor: Actor, permission: Permission) -> bool:
        """Whether the actor gives codes alone, or asks for them: not while they are in by one."""
        return may(actor, permission, Facts(hub_id=actor.organisation_id))

    def give(self, actor: Actor, draft: ShiftCodeDraft) -> GivenCode:
        """Give a colleague a code, as a manager does alone. Raises `Refused` on `person`."""
        facts = Facts(hub_id=actor.organisation_id, case_id=draft.person_id)
        require(actor, Permission.SHIFT_CODE_GIVE, facts)
        return self._give(actor, draft.person_id, reason=draft.reason)

    def ask(self, actor: Actor, draft: ShiftCodeDraft) -> UUID:
        """Ask another duty worker to give a colleague a code, within this shift. Raises `Refused`."""
        facts = Facts(hub_id=actor.organisation_id, case_id=draft.person_id)
        require(actor, Permission.SHIFT_CODE_ASK, facts)
        self._require_fit(actor, draft.person_id)
        subject = Subject(SubjectKind.PERSON, draft.person_id)
        return self._requests.ask(actor, RequestKind.SHIFT_CODE, subject, draft.reason, good_for=LASTS)

    def approved(self, actor: Actor, request: RequestCard) -> GivenCode:
        """Give the code that was asked for: whoever approved it reads it out."""
        facts = Facts(
            organisation_id=actor.organisation_id, recorded_by=request.asked_by, case_id=request.subject_id
        )
        require(actor, Permission.SHIFT_CODE_APPROVE, facts)
        # It takes two who are at the desk: not one, and somebody whose account was closed meanwhile.
        if request.asked_by not in colleagues(self._session, actor.organisation_id, DUTY, self._clock.now()):
            raise Refused("", "shift_code.asker_gone")
        return self._give(actor, request.subject_id, request_id=request.id)

    def end(self, actor: Actor, shift_code_id: UUID) -> None:
        """End a code before the shift is over; nothing where it is over. Raises `NotFound`."""
        row = self._find(actor, shift_code_id, Permission.SHIFT_CODE_GIVE)
        if self._lasts(row):
            self._codes.end(row.person_id, by=actor, organisation_id=actor.organisation_id)

    def listed(self, actor: Actor) -> tuple[ShiftCodeTold, ...]:
        """Return the codes given in the actor's service, those nobody reviewed yet first."""
        return tuple(self._told(row, actor) for row in queries.listed(self._session, actor))

    def latest_of(self, person_id: UUID) -> ShiftCodeTold | None:
        """Return the latest code somebody was given, for themselves, while it works or waits for a review."""
        row = queries.latest_of(self._session, person_id)
        told = None if row is None else self._told(row, None)
        return told if told and (told.lasts or told.row.reviewed_at is None) else None

    def under_review(self, actor: Actor, shift_code_id: UUID) -> UnderReview:
        """Return one code with its words. Raises `NotFound`, as well for who gave it or was given it."""
        told = self._told(self._find(actor, shift_code_id, Permission.SHIFT_CODE_REVIEW), actor)
        opened = self._opening.record(
            ShiftCodeReasonOpened(shift_code_id=shift_code_id),
            actor=actor,
            subject=Subject(SubjectKind.PERSON, told.row.person_id),
        )
        row = self._session.get_one(ShiftCode, shift_code_id)
        place, sealed = SHIFT_CODE_REVIEW.place(row_id=row.id, case_id=row.id), row.review_sealed
        return UnderReview(
            told,
            reason=self._reason(row, opened),
            review="" if sealed is None else opened.unseal(ShiftCodeReview, sealed, place).words,
            reviewed_by=self._staff.name(row.reviewed_by),
        )

    def review(self, actor: Actor, shift_code_id: UUID, words: str) -> None:
        """Write down what was found: the review is closed. Raises `NotFound`, and `Refused` where it was."""
        self._find(actor, shift_code_id, Permission.SHIFT_CODE_REVIEW)
        row = self._session.get_one(ShiftCode, shift_code_id, with_for_update=True)
        if row.reviewed_at is not None:
            raise Refused("", "shift_code.reviewed_already")
        place = SHIFT_CODE_REVIEW.place(row_id=row.id, case_id=row.id)
        row.review_sealed = self._keys.seal(ShiftCodeReview(words), place, holders=(row.organisation_id,))
        row.reviewed_by, row.reviewed_at = actor.person_id, self._clock.now()
        self._record(ShiftCodeReviewed(shift_code_id=row.id, person_id=row.person_id), actor, row.person_id)

    def _give(
        self, actor: Actor, person_id: UUID, *, reason: str = "", request_id: UUID | None = None
    ) -> GivenCode:
        """Make the code, and tell the person by a mail without words; an earlier one ends."""
        here = actor.organisation_id
        self._session.get_one(Person, person_id, with_for_update=True)
        self._require_fit(actor, person_id)
        self._codes.end(person_id, by=actor, organisation_id=here)
        made = self._codes.make(person_id, here, by=actor.person_id, request_id=request_id)
        row = made.row
        if request_id is None:
            place = SHIFT_CODE_REASON.place(row_id=row.id, case_id=row.id)
            row.reason_sealed = self._keys.seal(RequestWords(reason), place, holders=(here,))
        self._session.add(row)
        self._session.flush()
        event = ShiftCodeGiven(shift_code_id=row.id, person_id=person_id, until_at=row.until_at)
        self._record(event, actor, person_id)
        self._outbox.put(
            MailKind.SHIFT_CODE_GIVEN,
            organisation_id=here,
            person_id=person_id,
            reference="",
            link=f"{self._public_url}/sign-in",
        )
        card = self._staff.card(person_id)
        return GivenCode(made.code, row.id, card.name, card.phone, row.until_at)

    def _require_fit(self, actor: Actor, person_id: UUID) -> None:
        if person_id not in queries.who_may_be_given(self._session, actor, self._clock.now()):
            raise Refused("person", "shift_code.not_for_them")

    def _reason(self, row: ShiftCode, opened: Opened) -> str:
        """Return why: what the manager wrote, or what the first of two duty workers did."""
        sealed, place = row.reason_sealed, SHIFT_CODE_REASON.place(row_id=row.id, case_id=row.id)
        if sealed is None:
            request = self._session.get_one(SecondPersonRequest, row.request_id)
            sealed, place = (
                request.reason_sealed,
                REQUEST_REASON.place(row_id=request.id, case_id=request.id),
            )
        return opened.unseal(RequestWords, sealed, place).words

    def _find(self, actor: Actor, shift_code_id: UUID, permission: Permission) -> ShiftCodeRow:
        require_role(actor, permission)
        row = queries.one(self._session, actor, shift_code_id)
        if row is None:
            raise NotFound
        require(actor, permission, _facts(row, actor))
        return row

    def _lasts(self, row: ShiftCodeRow) -> bool:
        return row.ended_at is None and row.until_at > self._clock.now()

    def _told(self, row: ShiftCodeRow, actor: Actor | None) -> ShiftCodeTold:
        lasts = self._lasts(row)

        def is_theirs(permission: Permission) -> bool:
            return actor is not None and may(actor, permission, _facts(row, actor))

        return ShiftCodeTold(
            row=row,
            who=self._staff.name(row.person_id),
            given_by=self._staff.name(row.given_by),
            asked_by=self._staff.name(row.asked_by),
            lasts=lasts,
            may_end=lasts and is_theirs(Permission.SHIFT_CODE_GIVE),
            may_review=is_theirs(Permission.SHIFT_CODE_REVIEW),
        )

    def _record(self, event: Event, actor: Actor, person_id: UUID) -> None:
        subject = Subject(SubjectKind.PERSON, person_id)
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=subject)


def _facts(row: ShiftCodeRow, actor: Actor) -> Facts:
    """Return the facts of a code of the actor's service: where two gave it, either of them did."""
    by = row.asked_by if row.asked_by == actor.person_id else row.given_by
    return Facts(hub_id=actor.organisation_id, recorded_by=by, case_id=row.person_id)
