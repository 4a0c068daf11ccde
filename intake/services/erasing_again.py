"""Erasing again what was erased after a backup was made, before anybody works with what it brought back."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import exists, select

from intake.audit.event import Subject
from intake.audit.events.erasing import CaseErased
from intake.audit.log import AuditLog
from intake.casework.documents.second_person import RequestWords
from intake.clock import Clock
from intake.crypto.inventory import REQUEST_REASON
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.models.erasure import ErasedCase, Erasure
from intake.models.key_grant import KeyGrant
from intake.models.organisation import Organisation
from intake.models.person import Person
from intake.models.referral import Referral
from intake.models.second_person import SecondPersonRequest
from intake.services.erasure_list import Listed
from intake.services.holders import Holders
from intake.services.identifiers import Identifiers
from intake.services.keys import CaseKeys
from intake.services.shredding import Shredding
from intake.vocabulary import Compartment, RequestKind, RequestState, SubjectKind

#: In place of the reason, which is not in the list, nor in a backup from before it was given.
_WHY = "Erased again after a backup was restored. The reason that was given is not in that backup."


@dataclass(slots=True)
class ErasedAgain:
    """What was erased again, and what was left because the backup does not know by whom: reference or id."""

    done: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)


class ErasingAgain:
    """Carries out erasures that two people approved once already; what is not in the backup is let be."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing, audit: AuditLog) -> None:
        self._session = unit.session
        self._audit = audit
        self._keys = CaseKeys(unit, clock, key_ring, audit, Holders(unit, clock, key_ring, audit.side))
        # Whoever restores owns the tables, and sees all of them.
        self._shredding = Shredding(unit, Identifiers(unit, clock, key_ring), empties=True)

    def erase(self, listed: Iterable[Listed]) -> ErasedAgain:
        """Erase again whatever of the list is here once more."""
        again = ErasedAgain()
        for each in listed:
            here = self._session.get(Organisation, each.certificate["organisation_id"])
            if here is None or not self._is_back(each, here):
                continue
            subject = self._subject(each)
            name = subject.reference or f"{subject.kind.value} {subject.id}"
            if self._knows(each.certificate["asked_by"], each.certificate["approved_by"]):
                self._erase(each, here, subject)
                again.done.append(name)
            else:
                again.left.append(f"{here.name}: {name}")
        return again

    def _is_back(self, each: Listed, here: Organisation) -> bool:
        ours = (KeyGrant.case_id.in_(each.things), KeyGrant.organisation_id == here.id)
        return self._session.get(Erasure, each.id) is None and bool(
            self._session.scalar(select(exists().where(*ours)))
        )

    def _knows(self, *people: UUID) -> bool:
        return all(self._session.get(Person, each) is not None for each in people)

    def _subject(self, each: Listed) -> Subject:
        kind, case_id = SubjectKind(each.certificate["subject_kind"]), each.certificate["case_id"]
        referral = self._session.get(Referral, case_id) if kind is SubjectKind.REFERRAL else None
        return Subject(kind, case_id, None if referral is None else referral.reference)

    def _erase(self, each: Listed, here: Organisation, subject: Subject) -> None:
        self._have_request(each, here)
        shredded = self._shredding.shred(here.id, here.kind, each.things, each.things)
        self._session.add(Erasure(**each.certificate | {"subject_kind": subject.kind}))
        self._session.flush()
        self._session.add_all(
            ErasedCase(erasure_id=each.id, case_id=thing, organisation_id=here.id) for thing in each.things
        )
        event = CaseErased(
            erasure_id=each.id,
            request_id=each.certificate["request_id"],
            keys_destroyed=len(shredded.pins),
            documents_emptied=shredded.documents,
            digest=each.certificate["digest"],
        )
        self._audit.record(event, actor=None, organisation_id=here.id, subject=subject)

    def _have_request(self, each: Listed, here: Organisation) -> None:
        """Have the request say that it was approved; one that the backup lacks is made without its reason."""
        said = each.certificate
        row = self._session.get(SecondPersonRequest, said["request_id"])
        if row is None:
            row = self._request(each, here)
            self._session.add(row)
        row.state, row.decided_by = RequestState.APPROVED, said["approved_by"]
        row.decided_at = said["erased_at"]
        self._session.flush()

    def _request(self, each: Listed, here: Organisation) -> SecondPersonRequest:
        said, row_id = each.certificate, each.certificate["request_id"]
        self._keys.begin(row_id, (Compartment.REQUEST,), holders=(here.id,))
        place = REQUEST_REASON.place(row_id=row_id, case_id=row_id)
        return SecondPersonRequest(
            id=row_id,
            organisation_id=here.id,
            kind=RequestKind.ERASURE,
            subject_kind=SubjectKind(said["subject_kind"]),
            subject_id=said["case_id"],
            codes="",
            asked_by=said["asked_by"],
            asked_at=each.asked_at,
            expires_at=each.asked_at,
            reason_sealed=self._keys.seal(RequestWords(_WHY), place, holders=(here.id,)),
        )
