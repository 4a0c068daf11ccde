"""What every family of acts is built upon, within one unit of work."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from intake.audit.crossings import Side
from intake.audit.log import AuditLog
from intake.audit.spool import Spool
from intake.casework.signs import Catalogue
from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.services.approvals import Approvals
from intake.services.case_keys import CaseKeyKeeping
from intake.services.decoy_marks import DecoyMarks
from intake.services.drafts import Drafts
from intake.services.holders import Holders
from intake.services.identity_provider import Provider
from intake.services.key_keeping import KeyKeeping
from intake.services.keys import CaseKeys
from intake.services.lookout import Lookout
from intake.services.once import OnceKeys
from intake.services.opening import Opening
from intake.services.outbox import Outbox
from intake.services.second_person import Requests
from intake.services.sessions import SessionLimits
from intake.services.shelf import Shelf
from intake.services.staff import Staff
from intake.services.tellings import Tellings
from intake.vocabulary import Tier


@dataclass(frozen=True, slots=True)
class Tools:
    """What every unit of work is handed: nothing in it belongs to one person or one case."""

    clock: Clock
    key_ring: KeyRing
    shelf: Shelf
    catalogue: Catalogue
    session_limits: SessionLimits
    public_url: str
    sample: bool
    spool: Spool | None = None
    providers: Mapping[str, Provider] = field(default_factory=dict)
    lookout: Lookout = field(default_factory=Lookout)
    tier: Tier = Tier.COMBINED

    def kept_beside(self) -> bool:
        """Whether something was opened that is recorded only beside the database yet."""
        return self.spool is not None and self.spool.waits()


class Kernel:
    """The trail, keys, openings, once-keys, drafts, colleagues and mail, made when first asked for."""

    def __init__(self, unit: Unit, tools: Tools) -> None:
        self.unit = unit
        self.tools = tools

    @cached_property
    def audit(self) -> AuditLog:
        """The trail."""
        return AuditLog(self.unit, self.tools.clock, self.tools.key_ring, self.tools.tier)

    @cached_property
    def side(self) -> Side:
        """Whose keys are here, and whose are in the other tier."""
        return self.audit.side

    @cached_property
    def holders(self) -> Holders:
        """The key pairs of organisations."""
        return Holders(self.unit, self.tools.clock, self.tools.key_ring, self.side)

    @cached_property
    def key_keeping(self) -> KeyKeeping:
        """New roots and pairs, and what older ones wrap."""
        return KeyKeeping(self.unit, self.tools.clock, self.tools.key_ring, self.audit, self.holders)

    @cached_property
    def case_key_keeping(self) -> CaseKeyKeeping:
        """New keys for one case."""
        return CaseKeyKeeping(self.unit, self.tools.clock, self.tools.key_ring, self.audit, self.holders)

    @cached_property
    def keys(self) -> CaseKeys:
        """The data keys of cases."""
        return CaseKeys(self.unit, self.tools.clock, self.tools.key_ring, self.audit, self.holders)

    @cached_property
    def opening(self) -> Opening:
        """Opening sealed words, on the record."""
        return Opening(self.unit, self.tools.clock, self.audit, self.keys, self.tools.spool)

    @cached_property
    def once(self) -> OnceKeys:
        """Once-keys of forms."""
        return OnceKeys(self.unit, self.tools.clock, self.tools.key_ring)

    @cached_property
    def drafts(self) -> Drafts:
        """Half-filled forms."""
        return Drafts(self.unit, self.tools.clock, self.keys)

    @cached_property
    def requests(self) -> Requests:
        """Asking for a second person."""
        return Requests(self.unit, self.tools.clock, self.audit, self.keys)

    @cached_property
    def approvals(self) -> Approvals:
        """What two people allowed to be done afterwards."""
        return Approvals(self.unit, self.tools.clock, self.audit)

    @cached_property
    def decoy_marks(self) -> DecoyMarks:
        """Which cases are decoys."""
        return DecoyMarks(self.unit, self.tools.key_ring)

    @cached_property
    def staff(self) -> Staff:
        """The cards of colleagues."""
        return Staff(self.unit, self.keys, self.side)

    @cached_property
    def outbox(self) -> Outbox:
        """Mail on its way."""
        return Outbox(self.unit, self.tools.clock, self.keys, self.staff, self.audit, tier=self.tools.tier)

    @cached_property
    def tellings(self) -> Tellings:
        """Who is told of a referral for information."""
        return Tellings(self.unit, self.tools.clock, self.audit, self.keys)
