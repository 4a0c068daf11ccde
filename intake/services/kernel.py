"""What every family of acts is built upon, within one unit of work."""

from dataclasses import dataclass
from functools import cached_property

from intake.audit.log import AuditLog
from intake.casework.signs import Catalogue
from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.services.drafts import Drafts
from intake.services.keys import CaseKeys
from intake.services.once import OnceKeys
from intake.services.opening import Opening
from intake.services.outbox import Outbox
from intake.services.sessions import SessionLimits
from intake.services.shelf import Shelf
from intake.services.staff import Staff


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


class Kernel:
    """The trail, keys, openings, once-keys, drafts, colleagues and mail, made when first asked for."""

    def __init__(self, unit: Unit, tools: Tools) -> None:
        self.unit = unit
        self.tools = tools

    @cached_property
    def audit(self) -> AuditLog:
        """The trail."""
        return AuditLog(self.unit, self.tools.clock, self.tools.key_ring)

    @cached_property
    def keys(self) -> CaseKeys:
        """The data keys of cases."""
        return CaseKeys(self.unit, self.tools.clock, self.tools.key_ring, self.audit)

    @cached_property
    def opening(self) -> Opening:
        """Opening sealed words, on the record."""
        return Opening(self.unit, self.audit, self.keys)

    @cached_property
    def once(self) -> OnceKeys:
        """Once-keys of forms."""
        return OnceKeys(self.unit, self.tools.clock, self.tools.key_ring)

    @cached_property
    def drafts(self) -> Drafts:
        """Half-filled forms."""
        return Drafts(self.unit, self.tools.clock, self.keys)

    @cached_property
    def staff(self) -> Staff:
        """The cards of colleagues."""
        return Staff(self.unit, self.keys)

    @cached_property
    def outbox(self) -> Outbox:
        """Mail on its way."""
        return Outbox(self.unit, self.tools.clock, self.keys, self.staff, self.audit)
