"""Decoys: a closed case of a child who does not exist is marked by two managers; one ends the mark."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from intake.audit.event import Event, Subject
from intake.audit.events.keeping import DecoyEnded, DecoyMarked, DecoysShown
from intake.audit.log import AuditLog
from intake.casework.drafts import DecoyDraft
from intake.clock import Clock
from intake.db import Unit
from intake.errors import Erased, NotFound, Refused
from intake.ids import new_id
from intake.models.decoy import DecoyMark
from intake.models.referral import Referral
from intake.models.second_person import SecondPersonRequest
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require, require_role
from intake.queries import decoys as queries
from intake.queries.second_person import RequestCard, card_of
from intake.services.decoy_marks import DecoyMarks
from intake.services.hub_case import hub_referral
from intake.services.opening import Opening
from intake.services.second_person import Requests
from intake.services.staff import Staff
from intake.vocabulary import RequestKind, RequestState, SubjectKind

_SHOWN = (RequestState.WAITING, RequestState.APPROVED)


@dataclass(frozen=True, slots=True)
class DecoyTold:
    """A case that is, was, or is to be a decoy, and who did what for that."""

    id: UUID
    request_id: UUID
    case_id: UUID
    reference: str
    state: RequestState
    asked_by: str
    approved_by: str
    from_at: datetime | None
    ended_by: str
    ended_at: datetime | None


class Decoys:
    """Marks closed cases as decoys, by two managers, shows which are, and ends a mark."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        *,
        opening: Opening,
        staff: Staff,
        requests: Requests,
        marks: DecoyMarks,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._opening = opening
        self._staff = staff
        self._requests = requests
        self._marks = marks

    def listed(self, actor: Actor) -> tuple[DecoyTold, ...]:
        """Return which cases of the service are, were or are to be decoys, on the record. `NotPermitted`."""
        here = actor.organisation_id
        require(actor, Permission.DECOY_SEE, Facts(hub_id=here))
        now, cases = self._clock.now(), self._cases(actor)
        found = [
            (mark, card_of(asked, now), *cases[mark.case_mac])
            for mark, asked in queries.marks_of(self._session, here)
            if mark.case_mac in cases
        ]
        found = [each for each in found if each[1].state in _SHOWN]
        subject = Subject(SubjectKind.ORGANISATION, here)
        self._opening.record(DecoysShown(decoys=len(found)), actor=actor, subject=subject)
        return tuple(self._told(*each) for each in found)

    def ask(self, actor: Actor, draft: DecoyDraft) -> UUID:
        """Ask that a closed case is marked: another manager approves it.

        Raises `Refused` on `reference` where it is no closed case of the service, or one that is no decoy.
        """
        require_role(actor, Permission.DECOY_MARK)
        here = actor.organisation_id
        referral = self._by_reference(actor, draft.reference)
        hinders = queries.in_the_way(self._session, referral, here)
        if hinders:
            raise Refused("reference", hinders)
        (mac,) = self._marks.macs(here, (referral.id,))
        if self._is_marked(here, mac):
            raise Refused("reference", "decoy.stands")
        mark_id = new_id()
        # What is asked says which case in its sealed words only: neither its subject nor its codes do.
        why = f"{referral.reference}: {draft.why}"
        request_id = self._requests.ask_here(actor, RequestKind.DECOY, (str(mark_id),), why)
        self._session.add(DecoyMark(id=mark_id, organisation_id=here, request_id=request_id, case_mac=mac))
        return request_id

    def approved(self, actor: Actor, request: RequestCard) -> None:
        """Have a case be a decoy that a colleague asked for, now that the actor approved it.

        Raises `NotFound`, and `Refused` where something has come in the way since.
        """
        row = self._session.get_one(DecoyMark, UUID(request.codes[0]))
        case_id, _ = self._cases(actor).get(row.case_mac, (None, ""))
        if case_id is None:
            raise NotFound
        referral = hub_referral(self._session, actor, Permission.DECOY_MARK, case_id)
        hinders = queries.in_the_way(self._session, referral, row.organisation_id)
        if hinders:
            raise Refused("", hinders)
        self._record(DecoyMarked(mark_id=row.id), actor)

    def end(self, actor: Actor, mark_id: UUID) -> None:
        """End a mark: from now on the case is like any other. Raises `NotPermitted` and `NotFound`."""
        require_role(actor, Permission.DECOY_MARK)
        row = self._session.get(DecoyMark, mark_id, with_for_update=True)
        if row is None:
            raise NotFound
        require(actor, Permission.DECOY_MARK, Facts(hub_id=row.organisation_id))
        if self._session.get_one(SecondPersonRequest, row.request_id).state is not RequestState.APPROVED:
            raise NotFound
        if row.ended_at is None:
            row.ended_by, row.ended_at = actor.person_id, self._clock.now()
            self._record(DecoyEnded(mark_id=row.id), actor)

    def _by_reference(self, actor: Actor, reference: str) -> Referral:
        """Return a case by its reference: of one that is not theirs the answer is as of none."""
        case_id = self._session.scalars(select(Referral.id).where(Referral.reference == reference)).first()
        try:
            return hub_referral(self._session, actor, Permission.DECOY_MARK, case_id or new_id())
        except (Erased, NotFound):
            raise Refused("reference", "decoy.no_case") from None

    def _is_marked(self, organisation_id: UUID, mac: bytes) -> bool:
        """Tell whether a case is a decoy, or would be one as soon as a colleague approves it."""
        now = self._clock.now()
        return any(
            mark.case_mac == mac and mark.ended_at is None and card_of(asked, now).state in _SHOWN
            for mark, asked in queries.marks_of(self._session, organisation_id)
        )

    def _cases(self, actor: Actor) -> dict[bytes, tuple[UUID, str]]:
        """Return every closed case of the service that is open to the actor, by what stands for it."""
        cases = dict(queries.closed_cases(self._session, actor))
        found = self._marks.macs(actor.organisation_id, cases)
        return {mac: (case_id, cases[case_id]) for mac, case_id in found.items()}

    def _told(self, mark: DecoyMark, card: RequestCard, case_id: UUID, reference: str) -> DecoyTold:
        is_approved = card.state is RequestState.APPROVED
        return DecoyTold(
            id=mark.id,
            request_id=card.id,
            case_id=case_id,
            reference=reference,
            state=card.state,
            asked_by=self._staff.name(card.asked_by),
            approved_by=self._staff.name(card.decided_by) if is_approved else "",
            from_at=card.decided_at if is_approved else None,
            ended_by=self._staff.name(mark.ended_by),
            ended_at=mark.ended_at,
        )

    def _record(self, event: Event, actor: Actor) -> None:
        subject = Subject(SubjectKind.ORGANISATION, actor.organisation_id)
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=subject)
