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
        self._side = audit.side

    def give_on(self, referral: Referral, *, by: UUID, to: UUID) -> None:
        """Let `to` open every part of a referral that `by` can open.

        Where the keys of `by` are in the other tier, the school gives on what it holds itself of that; the
        rest is given on there, once the end of the grants of `by` is taken in.
        """
        parts, giver = self._keys.held(referral.id, by), by
        if not self._side.is_ours(by):
            giver = referral.school_id
            parts = tuple(part for part in self._keys.held(referral.id, giver) if part in parts)
        for compartment in parts:
            self._keys.share(referral.id, compartment, by=giver, with_organisation=to)

    def end(self, referral: Referral, holder_id: UUID, *, answers: Recorded | None = None) -> None:
        """End everything an organisation holds of a referral; the entry in its trail answers to `answers`.

        The other tier ends its own when it takes in the entry.
        """
        held = self._keys.held(referral.id, holder_id)
        if self._side.is_ours(holder_id):
            self._end_all(referral, holder_id)
        self._audit.record(
            GrantEnded(holder_id=holder_id, compartments=held),
            actor=None,
            organisation_id=holder_id,
            subject=about(referral),
            joint=answers,
        )

    def ended_afar(self, referral: Referral, holder_id: UUID) -> None:
        """End what a school ended from the other tier, once whoever has the referral now can open it all."""
        if referral.hub_id == holder_id:
            return
        # The header is written by both tiers: whatever it says, a hub's keys go to no school.
        if referral.hub_id is not None and self._side.is_ours(referral.hub_id):
            self.give_on(referral, by=holder_id, to=referral.hub_id)
        self._end_all(referral, holder_id)

    def _end_all(self, referral: Referral, holder_id: UUID) -> None:
        for compartment in self._keys.held(referral.id, holder_id):
            self._keys.end(referral.id, compartment, organisation_id=holder_id)
