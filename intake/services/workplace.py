"""The workplace: one database and its tools, and for each unit of work the services upon it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from intake.db import Database, cannot_write
from intake.policy.second_person import ALLOWED_ONCE
from intake.routing.directory import Directory
from intake.services.account import Account
from intake.services.accounts import Accounts
from intake.services.challenges import Challenges
from intake.services.giving_shift_codes import GivingShiftCodes
from intake.services.health import HealthLook
from intake.services.installation import Installations
from intake.services.kernel import Tools
from intake.services.known_devices import KnownDevices
from intake.services.one_time_links import OneTimeLinks
from intake.services.other_ways import OtherWays
from intake.services.passing_work import PassingWork
from intake.services.passkey_ceremony import Site
from intake.services.passkeys import Passkeys
from intake.services.people import People
from intake.services.recovery_codes import RecoveryCodes
from intake.services.restricted_work import RestrictedWork
from intake.services.searching import Searching
from intake.services.second_factor import SecondFactor
from intake.services.second_person import SecondPerson
from intake.services.sessions import Sessions
from intake.services.shift_codes import ShiftCodes
from intake.services.sign_in import SignIn
from intake.services.single_sign_on import SingleSignOn
from intake.services.throttle import Throttle
from intake.services.ways_in import WaysIn
from intake.vocabulary import RequestKind

__all__ = ["Services", "Tools", "Workplace"]


class Services(RestrictedWork, PassingWork):
    """Every family of acts, made when first asked for, all within one unit of work."""

    @cached_property
    def sessions(self) -> Sessions:
        """Sign-in sessions."""
        return Sessions(self.unit, self.tools.clock, self.tools.session_limits, self.tools.tier)

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
            self.unit,
            tools.clock,
            tools.key_ring,
            self.audit,
            self.sessions,
            self.throttle,
            self.devices,
            self.ways_in,
        )

    @cached_property
    def ways_in(self) -> WaysIn:
        """What people can prove with who they are."""
        tools = self.tools
        return WaysIn(
            self.unit, tools.clock, tools.providers, outbox=self.outbox, public_url=tools.public_url
        )

    @cached_property
    def second_factor(self) -> SecondFactor:
        """The authenticator app and recovery codes."""
        tools = self.tools
        return SecondFactor(
            self.unit,
            tools.clock,
            tools.key_ring,
            self.audit,
            self.keys,
            self.sessions,
            self.throttle,
            self.ways_in,
            self.shift_codes,
        )

    @cached_property
    def shift_codes(self) -> ShiftCodes:
        """Codes for one shift."""
        return ShiftCodes(self.unit, self.tools.clock, self.tools.key_ring, self.audit)

    @cached_property
    def giving_shift_codes(self) -> GivingShiftCodes:
        """Giving a colleague a second factor for one shift."""
        return GivingShiftCodes(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            codes=self.shift_codes,
            opening=self.opening,
            staff=self.staff,
            requests=self.requests,
            outbox=self.outbox,
            public_url=self.tools.public_url,
        )

    @cached_property
    def challenges(self) -> Challenges:
        """Which challenges were answered."""
        return Challenges(self.unit, self.tools.clock)

    @cached_property
    def passkeys(self) -> Passkeys:
        """People's passkeys."""
        tools = self.tools
        codes = RecoveryCodes(self.unit, tools.clock, tools.key_ring)
        return Passkeys(
            self.unit,
            tools.clock,
            self.audit,
            self.keys,
            self.second_factor,
            codes,
            self.ways_in,
            self.challenges,
            Site(tools.public_url),
        )

    @cached_property
    def single_sign_on(self) -> SingleSignOn:
        """Who people are with a provider."""
        tools = self.tools
        return SingleSignOn(
            self.unit,
            tools.clock,
            tools.key_ring,
            self.audit,
            self.links,
            self.ways_in,
            tools.providers,
        )

    @cached_property
    def other_ways(self) -> OtherWays:
        """Coming in by passkey or through a provider."""
        return OtherWays(
            self.tools.clock,
            self.sign_in,
            self.second_factor,
            self.passkeys,
            self.single_sign_on,
            self.throttle,
            self.challenges,
        )

    @cached_property
    def account(self) -> Account:
        """One's own account."""
        return Account(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            staff=self.staff,
            sessions=self.sessions,
        )

    @cached_property
    def accounts(self) -> Accounts:
        """Making organisations, people and memberships."""
        tools = self.tools
        return Accounts(self.unit, tools.clock, tools.key_ring, self.audit, self.keys, self.ways_in)

    @cached_property
    def links(self) -> OneTimeLinks:
        """Links by which people set their passwords."""
        return OneTimeLinks(self.unit, self.tools.clock, self.audit)

    @cached_property
    def searching(self) -> Searching:
        """Looking for children among the records the actor may open."""
        return Searching(
            self.unit,
            self.tools.clock,
            self.opening,
            keys=self.keys,
            staff=self.staff,
            key_ring=self.tools.key_ring,
        )

    @cached_property
    def health(self) -> HealthLook:
        """Whether the installation is in order."""
        tools = self.tools
        installations = Installations(self.unit, tools.clock, tools.key_ring, self.audit, tools.tier)
        return HealthLook(self.unit, tools, installations, self.directory_versions, self.directory_checks)

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
            self.requests,
            self.shift_codes,
        )

    @cached_property
    def second_person(self) -> SecondPerson:
        """What waits for a second person; by kind, the act that follows from an approval."""
        return SecondPerson(
            self.unit,
            self.tools.clock,
            self.audit,
            self.keys,
            self.opening,
            self.staff,
            acts={
                RequestKind.ROLE: self.people.role_approved,
                RequestKind.SIGN_IN_LINK: self.people.link_approved,
                RequestKind.REOPENING: self.people.reopening_approved,
                RequestKind.LETTING_IN: self.restrictions.let_in,
                RequestKind.LIFTING: self.restrictions.lift,
                RequestKind.ERASURE: self.erasing.approved,
                RequestKind.HOLD_LIFTING: self.holds.lifted,
                **dict.fromkeys(ALLOWED_ONCE, self.approvals.allow),
                RequestKind.EXTRACT: self.extracts.approved,
                RequestKind.DECOY: self.decoys.approved,
                RequestKind.SHIFT_CODE: self.giving_shift_codes.approved,
            },
        )


@dataclass(frozen=True, slots=True)
class Workplace:
    """A database with its tools; every unit of work begins here."""

    database: Database
    tools: Tools

    def directory_at_hand(self) -> Directory:
        """Return the directory in force; with the database away, the last that this process saw in force."""
        try:
            with self.reading() as services:
                return services.directory
        except (DBAPIError, PoolTimeout):
            return self.tools.shelf.latest

    def touch(self, session_id: UUID) -> None:
        """Say that somebody is at work; where the database can only be read, nobody is put out for that."""
        try:
            with self.writing() as services:
                services.sessions.touch(session_id)
        except DBAPIError as trouble:
            if not cannot_write(trouble):
                raise

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
