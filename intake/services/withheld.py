"""Showing an address that is withheld: to whoever says why, on the record before it is opened, this once."""

from uuid import UUID

from intake.audit.event import Subject
from intake.audit.events.withheld import AddressWasShown
from intake.casework.documents.child import ChildCard
from intake.casework.documents.withheld import AddressReason
from intake.clock import Clock
from intake.crypto.inventory import ADDRESS_REASON, REFERRAL_CARD
from intake.db import Unit
from intake.errors import Refused
from intake.ids import new_id
from intake.models.concern import ChildFile
from intake.models.referral import ReferralSent
from intake.models.withheld import AddressShown
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.services.concern_reading import whole_card
from intake.services.concern_rows import file_for
from intake.services.hub_case import about, hub_referral
from intake.services.keys import CaseKeys
from intake.services.opening import Opened, Opening
from intake.services.referral_rows import sent_for, subject_of
from intake.vocabulary import OrganisationKind, SubjectKind


class Withheld:
    """Opens the whole card of a child for somebody who may read the rest, and keeps why."""

    def __init__(self, unit: Unit, clock: Clock, keys: CaseKeys, opening: Opening) -> None:
        self._unit = unit
        self._session = unit.session
        self._clock = clock
        self._keys = keys
        self._opening = opening

    def subject(self, actor: Actor, kind: SubjectKind, case_id: UUID) -> Subject:
        """Return a referral or a child's file the actor may read. Raises `NotPermitted`, `NotFound`."""
        if kind is SubjectKind.CHILD_FILE:
            file_for(self._session, actor, Permission.CHILD_OPEN, case_id)
            return Subject(kind, case_id)
        if actor.organisation_kind is OrganisationKind.HUB:
            return about(hub_referral(self._session, actor, Permission.REFERRAL_OPEN, case_id))
        return subject_of(sent_for(self._session, actor, Permission.REFERRAL_OPEN_SENT, case_id))

    def show(self, actor: Actor, kind: SubjectKind, case_id: UUID, why: str) -> ChildCard:
        """Return the card with its address. Raises as `subject`, and `Refused` on `why` without a reason.

        Where the database can only be read, that it was shown is kept beside it, without the reason.
        """
        subject = self.subject(actor, kind, case_id)
        if not why.strip():
            raise Refused("why", "address.reason_missing")
        row_id = new_id()
        if self._unit.can_record:
            self._keep(row_id, actor, kind, case_id, why)
        opened = self._opening.record(AddressWasShown(address_shown_id=row_id), actor=actor, subject=subject)
        return self._card(opened, kind, case_id)

    def _keep(self, row_id: UUID, actor: Actor, kind: SubjectKind, case_id: UUID, why: str) -> None:
        here = actor.organisation_id
        place = ADDRESS_REASON.place(row_id=row_id, case_id=row_id)
        self._session.add(
            AddressShown(
                id=row_id,
                organisation_id=here,
                subject_kind=kind,
                case_id=case_id,
                shown_to=actor.person_id,
                shown_at=self._clock.now(),
                reason_sealed=self._keys.seal(AddressReason(why), place, holders=(here,)),
            )
        )

    def _card(self, opened: Opened, kind: SubjectKind, case_id: UUID) -> ChildCard:
        if kind is SubjectKind.CHILD_FILE:
            return whole_card(opened, self._session.get_one(ChildFile, case_id))
        sealed = self._session.get_one(ReferralSent, case_id).card_sealed
        return opened.unseal(ChildCard, sealed, REFERRAL_CARD.place(row_id=case_id, case_id=case_id))
