"""The workplace: one database and its tools, and for each unit of work the services upon it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from intake.audit.log import AuditLog
from intake.casework.signs import Catalogue
from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Database, Unit
from intake.routing.directory import Directory
from intake.services.accounts import Accounts
from intake.services.decisions import Decisions
from intake.services.drafts import Drafts
from intake.services.hub_reading import HubReading
from intake.services.keys import CaseKeys
from intake.services.known_devices import KnownDevices
from intake.services.limits import Limits
from intake.services.meetings import Meetings
from intake.services.notes import Notes
from intake.services.once import OnceKeys
from intake.services.one_time_links import OneTimeLinks
from intake.services.opening import Opening
from intake.services.people import People
from intake.services.queue import Queue
from intake.services.second_factor import SecondFactor
from intake.services.sessions import SessionLimits, Sessions
from intake.services.sign_in import SignIn
from intake.services.staff import Staff
from intake.services.throttle import Throttle
from intake.services.trail import TrailReading
from intake.services.triage import Triage


@dataclass(frozen=True, slots=True)
class Tools:
    """What every unit of work is handed: nothing in it belongs to one person or one case."""

    clock: Clock
    key_ring: KeyRing
    directory: Directory
    catalogue: Catalogue
    session_limits: SessionLimits
    public_url: str
    sample: bool


class Services:
    """Every family of acts, made when first asked for, all within one unit of work."""

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
    def sessions(self) -> Sessions:
        """Sign-in sessions."""
        return Sessions(self.unit, self.tools.clock, self.tools.session_limits)

    @cached_property
    def throttle(self) -> Throttle:
        """The count of failed tries."""
        return Throttle(self.unit, self.tools.clock, self.tools.key_ring)

    @cached_property
    def devices(self) -> KnownDevices:
        """Browsers people signed in from before."""
        return KnownDevices(self.unit, self.tools.clock)

    @cached_property
    def sign_in(self) -> SignIn:
        """Signing in with a password."""
        tools = self.tools
        return SignIn(
            self.unit, tools.clock, tools.key_ring, self.audit, self.sessions, self.throttle, self.devices
        )

    @cached_property
    def second_factor(self) -> SecondFactor:
        """The authenticator app and recovery codes."""
        tools = self.tools
        return SecondFactor(
            self.unit, tools.clock, tools.key_ring, self.audit, self.keys, self.sessions, self.throttle
        )

    @cached_property
    def accounts(self) -> Accounts:
        """Making organisations, people and memberships."""
        return Accounts(self.unit, self.tools.clock, self.tools.key_ring, self.audit, self.keys)

    @cached_property
    def links(self) -> OneTimeLinks:
        """Links by which people set their passwords."""
        return OneTimeLinks(self.unit, self.tools.clock, self.audit)

    @cached_property
    def people(self) -> People:
        """An administrator's work."""
        return People(
            self.unit,
            self.tools.clock,
            self.audit,
            self.staff,
            self.accounts,
            self.links,
            self.sessions,
            self.devices,
        )

    @cached_property
    def queue(self) -> Queue:
        """A duty service's list of referrals."""
        return Queue(self.unit, self.opening)

    @cached_property
    def hub_reading(self) -> HubReading:
        """Reading a referral in the hub."""
        return HubReading(self.unit, self.tools.clock, self.audit, self.opening, self.staff)

    @cached_property
    def triage(self) -> Triage:
        """Taking, acknowledging and colouring referrals."""
        return Triage(self.unit, self.tools.clock, self.audit, self.keys, self.tools.directory)

    @cached_property
    def decisions(self) -> Decisions:
        """Deciding on referrals, and answering the school."""
        return Decisions(self.unit, self.tools.clock, self.audit, self.keys, self.staff)

    @cached_property
    def notes(self) -> Notes:
        """Case notes."""
        return Notes(self.unit, self.tools.clock, self.audit, self.keys, self.staff)

    @cached_property
    def meetings(self) -> Meetings:
        """Safety-plan meetings and their minutes."""
        return Meetings(self.unit, self.tools.clock, self.audit, self.keys, self.staff)

    @cached_property
    def limits(self) -> Limits:
        """An authority's own time limits."""
        return Limits(self.unit, self.tools.clock, self.audit)

    @cached_property
    def trail(self) -> TrailReading:
        """The organisation's own trail."""
        return TrailReading(self.unit, self.tools.key_ring, self.audit, self.staff)


@dataclass(frozen=True, slots=True)
class Workplace:
    """A database with its tools; every unit of work begins here."""

    database: Database
    tools: Tools

    @contextmanager
    def reading(self) -> Iterator[Services]:
        """Give services that only read and open nothing sealed about a child."""
        with self.database.reading() as unit:
            yield Services(unit, self.tools)

    @contextmanager
    def opening(self) -> Iterator[Services]:
        """Give services that record what they open before they open it."""
        with self.database.opening() as unit:
            yield Services(unit, self.tools)

    @contextmanager
    def writing(self) -> Iterator[Services]:
        """Give services whose acts are kept together at the end, or not at all."""
        with self.database.writing() as unit:
            yield Services(unit, self.tools)
