"""Erasing: an organisation destroys its own keys to a case, by two people, and keeps a certificate of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.audit.event import Subject, canonical, instant_text
from intake.audit.events.erasing import CaseErased
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound, Refused
from intake.ids import new_id
from intake.models.erasure import ErasedCase, Erasure
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.second_person import kinds_seen
from intake.queries import erasures as queries
from intake.queries.restrictions import reached
from intake.queries.second_person import RequestCard
from intake.services.case_locks import lock_case
from intake.services.concern_rows import file_for
from intake.services.hub_case import about, hub_referral
from intake.services.second_person import Requests
from intake.services.shredding import Shredding
from intake.services.staff import Staff
from intake.vocabulary import RequestKind, SubjectKind


@dataclass(frozen=True, slots=True)
class ToErase:
    """What would be erased: its reference, empty for a child's file, and what stands in the way."""

    subject: Subject
    cases: frozenset[UUID]
    in_the_way: str

    @property
    def reference(self) -> str:
        """Its reference, empty for a child's file."""
        return self.subject.reference or ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """That something was erased: when, by which two people, and how much of it there was.

    `request_id` is by what it was asked for, with why, for whoever may read that.
    """

    id: UUID
    request_id: UUID | None
    kind: SubjectKind
    reference: str
    erased_at: datetime
    asked_by: str
    approved_by: str
    keys_destroyed: int
    documents_emptied: int
    digest: str


class Erasing:
    """Asks for an erasure, carries it out once it is approved, and shows what is left of it."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        *,
        requests: Requests,
        staff: Staff,
        shredding: Shredding,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._requests = requests
        self._staff = staff
        self._shredding = shredding

    def case(self, actor: Actor, kind: SubjectKind, case_id: UUID) -> ToErase:
        """Return what would be erased with a case, and what must be done first. Raises `NotFound`."""
        subject = case_to_erase(self._session, actor, kind, case_id)
        cases = reached(self._session, kind, case_id)
        return ToErase(subject, cases, queries.in_the_way(self._session, actor, cases))

    def ask(self, actor: Actor, kind: SubjectKind, case_id: UUID, why: str) -> UUID:
        """Ask that a case is erased: another one approves it. Raises `NotFound`, `Refused`."""
        found = self.case(actor, kind, case_id)
        if found.in_the_way:
            raise Refused("", found.in_the_way)
        return self._requests.ask(actor, RequestKind.ERASURE, found.subject, why)

    def approved(self, actor: Actor, request: RequestCard) -> None:
        """Erase what a colleague asked to erase, now that the actor approved it.

        Raises `NotFound`, and `Refused` where something has come in the way since.
        """
        here = actor.organisation_id
        lock_case(self._session, request.subject_kind, request.subject_id)
        found = self.case(actor, request.subject_kind, request.subject_id)
        if found.in_the_way:
            raise Refused("", found.in_the_way)
        things = queries.all_with_keys(self._session, actor, found.cases, but=request.id)
        shredded = self._shredding.shred(here, actor.organisation_kind, found.cases, things)
        row = Erasure(
            id=new_id(),
            organisation_id=here,
            subject_kind=request.subject_kind,
            case_id=request.subject_id,
            request_id=request.id,
            asked_by=request.asked_by,
            approved_by=actor.person_id,
            erased_at=self._clock.now(),
            keys_destroyed=len(shredded.pins),
            documents_emptied=shredded.documents,
        )
        row.digest = digest_of(row, things, shredded.pins)
        self._session.add(row)
        self._session.flush()
        self._session.add_all(
            ErasedCase(erasure_id=row.id, case_id=each, organisation_id=here) for each in sorted(things)
        )
        event = CaseErased(
            erasure_id=row.id,
            request_id=request.id,
            keys_destroyed=row.keys_destroyed,
            documents_emptied=row.documents_emptied,
            digest=row.digest,
        )
        self._audit.record(event, actor=actor, organisation_id=here, subject=found.subject)

    def certificate(self, actor: Actor, case_id: UUID) -> Certificate:
        """Return what is left of something the actor would be told of if it were there; raises `NotFound`.

        For whoever policy has told that it is erased, and for nobody else.
        """
        row = queries.erasure_of(self._session, actor.organisation_id, case_id)
        if row is None:
            raise NotFound
        referral = self._session.get(Referral, case_id)
        return Certificate(
            id=row.id,
            request_id=row.request_id if RequestKind.ERASURE in kinds_seen(actor) else None,
            kind=row.subject_kind,
            reference="" if referral is None else referral.reference,
            erased_at=row.erased_at,
            asked_by=self._staff.name(row.asked_by),
            approved_by=self._staff.name(row.approved_by),
            keys_destroyed=row.keys_destroyed,
            documents_emptied=row.documents_emptied,
            digest=row.digest.hex(),
        )


def case_to_erase(session: Session, actor: Actor, kind: SubjectKind, case_id: UUID) -> Subject:
    """Return a referral or a child's file that the actor may have erased, or held. Raises `NotFound`."""
    if kind is SubjectKind.REFERRAL:
        return about(hub_referral(session, actor, Permission.REFERRAL_ERASE, case_id))
    return Subject(kind, file_for(session, actor, Permission.FILE_ERASE, case_id).id)


def digest_of(row: Erasure, things: frozenset[UUID], pins: tuple[bytes, ...]) -> bytes:
    """Return what pins a certificate: an older backup shows that these very keys were destroyed."""
    said = {
        "erasure": str(row.id),
        "organisation": str(row.organisation_id),
        "case": str(row.case_id),
        "at": instant_text(row.erased_at),
        "asked_by": str(row.asked_by),
        "approved_by": str(row.approved_by),
        "things": sorted(map(str, things)),
        "keys": [pin.hex() for pin in pins],
    }
    return hashlib.sha256(canonical(said).encode()).digest()
