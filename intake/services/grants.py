"""Whose hands a referral's keys are in: given on, and ended, each with its entry in the holder's trail."""

from uuid import UUID

from intake.audit.events.passing import GrantEnded
from intake.audit.log import AuditLog, Recorded
from intake.models.referral import Referral
from intake.services.hub_case import about
from intake.services.keys import CaseKeys


class Grants:
    """Moves the keys of referrals from one organisation to another."""

    def __init__(self, audit: AuditLog, keys: CaseKeys) -> None:
        self._audit = audit
        self._keys = keys

    def give_on(self, referral: Referral, *, by: UUID, to: UUID) -> None:
        """Let `to` open every part of a referral that `by` can open."""
        for compartment in self._keys.held(referral.id, by):
            self._keys.share(referral.id, compartment, by=by, with_organisation=to)

    def end(self, referral: Referral, holder_id: UUID, *, answers: Recorded | None = None) -> None:
        """End everything an organisation holds of a referral; the entry in its trail answers to `answers`."""
        held = self._keys.held(referral.id, holder_id)
        for compartment in held:
            self._keys.end(referral.id, compartment, organisation_id=holder_id)
        self._audit.record(
            GrantEnded(holder_id=holder_id, compartments=held),
            actor=None,
            organisation_id=holder_id,
            subject=about(referral),
            joint=answers,
        )
