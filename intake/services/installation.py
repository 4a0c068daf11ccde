"""The installation: which key ring its database belongs to, asked before anything is opened or served."""

from dataclasses import dataclass

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION
from intake.audit.events.keeping import KeysCreated
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import KeysMissing, NotConfigured
from intake.models.organisation import Installation
from intake.vocabulary import Tier

#: One row for each ring that seals in here: one where it is combined, two where it is split.
ROWS = {Tier.COMBINED: 1, Tier.SCHOOL: 2, Tier.HUB: 3}

_OTHERWISE = (
    "This database was set up {as_what}, and INTAKE_TIER says {tier}. A database is never set up both ways: "
    "say the tier that it was set up for (docs/runbook/tiers.md)."
)


@dataclass(frozen=True, slots=True)
class Installed:
    """What a database says of itself: the fingerprint of its key ring, and whether it holds a sample."""

    key_fingerprint: str
    sample: bool


class Installations:
    """Marks a new database as its key ring's own, and knows it again."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        key_ring: KeyRing,
        audit: AuditLog,
        tier: Tier = Tier.COMBINED,
    ) -> None:
        self._session = unit.session
        self._tier = tier
        self._clock = clock
        self._key_ring = key_ring
        self._audit = audit

    def begin(self, *, sample: bool) -> None:
        """Mark an empty database as this key ring's; raises `KeysMissing` if it is another's already."""
        if self.recognise() is not None:
            return
        fingerprint = self._key_ring.fingerprint()
        self._session.add(
            Installation(
                id=ROWS[self._tier], key_fingerprint=fingerprint, sample=sample, made_at=self._clock.now()
            )
        )
        created = KeysCreated(fingerprint=bytes.fromhex(fingerprint), root_kid=self._key_ring.active)
        self._audit.record(created, actor=None, organisation_id=PLATFORM, subject=INSTALLATION)

    def recognise(self) -> Installed | None:
        """Return what the database says of itself, or None while it is new.

        Raises `KeysMissing` where it was sealed with another key ring: nothing in it could be read,
        and whatever were sealed now could not be read by those who have the right one.
        """
        self._require_one_way()
        row = self._session.get(Installation, ROWS[self._tier])
        if row is None:
            return None
        if row.key_fingerprint != self._key_ring.fingerprint():
            raise KeysMissing(
                f"This database was sealed with key ring {row.key_fingerprint}, and the one given is "
                f"{self._key_ring.fingerprint()}. Put back the key ring that belongs to it."
            )
        return Installed(row.key_fingerprint, row.sample)

    def _require_one_way(self) -> None:
        """Raise `NotConfigured` where a split installation is opened as a combined one, or the reverse."""
        there = {tier for tier, row in ROWS.items() if self._session.get(Installation, row) is not None}
        if there and self._tier.is_split is (Tier.COMBINED in there):
            as_what = "combined" if Tier.COMBINED in there else "for two tiers"
            raise NotConfigured(_OTHERWISE.format(as_what=as_what, tier=self._tier.value))
