"""Case notes: written once; what was wrong in one is put right by another that names it."""

from uuid import UUID

from sqlalchemy import select

from intake.audit.events.casework import NoteCorrected, NoteWritten
from intake.audit.log import AuditLog
from intake.casework import referral_lifecycle
from intake.casework.completeness import require_note
from intake.casework.documents.referral import CaseNote as NoteWords
from intake.clock import Clock
from intake.crypto.inventory import CASE_NOTE
from intake.db import Unit
from intake.errors import NotFound
from intake.ids import new_id
from intake.models.referral import Referral
from intake.models.triage import CaseNote
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.services.decoy_marks import DecoyMarks
from intake.services.hub_case import hub_referral, record_about
from intake.services.keys import CaseKeys
from intake.services.staff import Staff
from intake.vocabulary import ReferralAct


class Notes:
    """Writes case notes and corrections of them."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys, staff: Staff, *, decoys: DecoyMarks
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._staff = staff
        self._decoys = decoys

    def write(self, actor: Actor, referral_id: UUID, text: str) -> UUID:
        """Write a note on a referral and return its id. Raises `Refused` and `IllegalTransition`."""
        referral = self._writable(actor, referral_id, text)
        note_id = self._keep(actor, referral, text, corrects=None)
        record_about(self._audit, NoteWritten(note_id=note_id), actor, referral)
        return note_id

    def correct(self, actor: Actor, referral_id: UUID, corrects_id: UUID, text: str) -> UUID:
        """Write a correction of a note and return its id; the note stays.

        Raises `Refused`, `IllegalTransition`, and `NotFound` where the note is not of this referral.
        """
        referral = self._writable(actor, referral_id, text)
        wrong = self._session.scalars(
            select(CaseNote.id).where(CaseNote.id == corrects_id, CaseNote.referral_id == referral_id)
        ).one_or_none()
        if wrong is None:
            raise NotFound
        note_id = self._keep(actor, referral, text, corrects=corrects_id)
        record_about(self._audit, NoteCorrected(note_id=note_id, corrects_id=corrects_id), actor, referral)
        return note_id

    def _writable(self, actor: Actor, referral_id: UUID, text: str) -> Referral:
        referral = hub_referral(self._session, actor, Permission.NOTE_WRITE, referral_id)
        require_note(text)
        self._decoys.refuse(actor.organisation_id, referral_id)
        referral_lifecycle.step(referral.state, ReferralAct.WRITE_NOTE)
        return referral

    def _keep(self, actor: Actor, referral: Referral, text: str, *, corrects: UUID | None) -> UUID:
        note_id = new_id()
        words = NoteWords(text=text, written_by=self._staff.name(actor.person_id))
        place = CASE_NOTE.place(row_id=note_id, case_id=referral.id)
        row = CaseNote(
            id=note_id,
            referral_id=referral.id,
            written_by=actor.person_id,
            written_at=self._clock.now(),
            corrects_id=corrects,
            note_sealed=self._keys.seal(words, place, holders=(actor.organisation_id,)),
        )
        self._session.add(row)
        return note_id
