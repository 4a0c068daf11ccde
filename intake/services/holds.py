"""Legal holds: one person says that a case must not be erased, and two that it may be again."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.audit.event import Event, Subject
from intake.audit.events.erasing import HoldLifted, HoldOpened, HoldPlaced
from intake.audit.log import AuditLog
from intake.casework.documents.erasure import HoldWords
from intake.clock import Clock
from intake.crypto.inventory import HOLD_REASON
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.erasure import LegalHold
from intake.policy.actor import Actor
from intake.queries.erasures import standing_hold
from intake.queries.restrictions import reached
from intake.queries.second_person import RequestCard
from intake.services.case_locks import lock_case
from intake.services.erasing import case_to_erase
from intake.services.keys import CaseKeys
from intake.services.opening import Opening
from intake.services.restricted_cases import require_all_open
from intake.services.second_person import Requests
from intake.services.staff import Staff
from intake.vocabulary import RequestKind, SubjectKind


@dataclass(frozen=True, slots=True)
class HoldRead:
    """A hold that stands, and why."""

    id: UUID
    placed_at: datetime
    words: HoldWords


class Holds:
    """Places legal holds, shows them, and lifts them by two people."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        opening: Opening,
        staff: Staff,
        requests: Requests,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._opening = opening
        self._staff = staff
        self._requests = requests

    def place(self, actor: Actor, kind: SubjectKind, case_id: UUID, reason: str) -> None:
        """Hold a case against being erased. Raises `NotFound`, and `Refused` where a hold stands."""
        lock_case(self._session, kind, case_id)
        subject = case_to_erase(self._session, actor, kind, case_id)
        here = actor.organisation_id
        if standing_hold(self._session, here, case_id) is not None:
            raise Refused("", "hold.stands")
        hold_id = new_id()
        self._session.add(
            LegalHold(
                id=hold_id,
                organisation_id=here,
                subject_kind=kind,
                case_id=case_id,
                placed_by=actor.person_id,
                placed_at=self._clock.now(),
                reason_sealed=self._keys.seal(
                    HoldWords(reason, self._staff.name(actor.person_id)),
                    HOLD_REASON.place(row_id=hold_id, case_id=hold_id),
                    holders=(here,),
                ),
            )
        )
        self._record(HoldPlaced(hold_id=hold_id), actor, subject)

    def read(self, actor: Actor, kind: SubjectKind, case_id: UUID) -> tuple[Subject, HoldRead | None]:
        """Return a case the actor may hold, and the hold on it with its reason. Raises `NotFound`."""
        subject = case_to_erase(self._session, actor, kind, case_id)
        row = standing_hold(self._session, actor.organisation_id, case_id)
        if row is None:
            return subject, None
        opened = self._opening.record(HoldOpened(hold_id=row.id), actor=actor, subject=subject)
        place = HOLD_REASON.place(row_id=row.id, case_id=row.id)
        return subject, HoldRead(row.id, row.placed_at, opened.unseal(HoldWords, row.reason_sealed, place))

    def ask_to_lift(self, actor: Actor, kind: SubjectKind, case_id: UUID, why: str) -> UUID:
        """Ask that the hold on a case is lifted: another one approves it. Raises `NotFound`, `Refused`."""
        subject = case_to_erase(self._session, actor, kind, case_id)
        require_all_open(self._session, actor, reached(self._session, kind, case_id))
        row = standing_hold(self._session, actor.organisation_id, case_id)
        if row is None:
            raise NotFound
        return self._requests.ask(actor, RequestKind.HOLD_LIFTING, subject, why, codes=(str(row.id),))

    def lifted(self, actor: Actor, request: RequestCard) -> None:
        """Lift the hold a colleague asked to lift, now that the actor approved it."""
        kind, case_id = request.subject_kind, request.subject_id
        subject = case_to_erase(self._session, actor, kind, case_id)
        require_all_open(self._session, actor, reached(self._session, kind, case_id))
        row = self._session.get_one(LegalHold, UUID(request.codes[0]), with_for_update=True)
        if row.lifted_at is None:
            row.lifted_at = self._clock.now()
            self._record(HoldLifted(hold_id=row.id), actor, subject)

    def _record(self, event: Event, actor: Actor, subject: Subject) -> None:
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=subject)
