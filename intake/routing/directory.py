"""The directory as values: authorities, the services on duty for them, and where each fact was read."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum, unique

from intake.calendars.clocks import elapsed, working_time
from intake.calendars.hours import Hours
from intake.calendars.term import Term
from intake.routing.codes import Audience, Standing, WrittenChannel
from intake.routing.places import AuthorityName, Gazetteer
from intake.vocabulary import Colour, Nation, OpenState, ServiceKind

#: In this order the services of one authority are tried.
DUTY_KINDS = (
    ServiceKind.FRONT_DOOR,
    ServiceKind.DUTY_TEAM,
    ServiceKind.EMERGENCY_DUTY,
    ServiceKind.STANDBY,
)


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a fact was read, of what date the source is, and who has checked it since; None is 'not yet'."""

    source: str
    source_url: str | None
    source_dated: str | None
    checked_on: date | None
    checked_by: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to ring; `unverified` where the service itself is not known to have published it."""

    number: str
    unverified: bool
    language: str | None
    term: Term
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """When a service is on duty, whose closing that follows, if anybody's, and where it was read.

    `periods` are the sources of hours that change on a day, by the days for which each speaks.
    """

    hours: Hours
    follows: tuple[str, ...]
    periods: tuple[tuple[Term, Provenance], ...]
    provenance: Provenance

    def source_at(self, at: datetime) -> Provenance:
        """Give where the hours that hold at an instant were read."""
        return next((source for term, source in self.periods if term.holds_at(at)), self.provenance)


@dataclass(frozen=True, slots=True)
class Receives:
    """One way in which a service takes a written referral, at some hours or (`hours` None) at any.

    `where` is an address of the web or of the post; `urgent_only` when nothing else is taken that way.
    """

    channel: WrittenChannel
    where: str | None
    hours: Hours | None
    urgent_only: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody whose duty it is: a front door, an emergency team, a police force.

    `term` is when the service is there at all; outside it, its hours are closed.
    """

    slug: str
    kind: ServiceKind
    name: str
    also_called: str | None
    purpose: str | None
    address: str | None
    accepts: str | None
    covers: frozenset[str]
    police_force: str | None
    everywhere: bool
    term: Term
    phones: tuple[Phone, ...]
    on_duty: ServiceHours
    receives: tuple[Receives, ...]
    urgent_only_before_closing: int
    provenance: Provenance

    @property
    def hours(self) -> Hours:
        """When it is on duty."""
        return self.on_duty.hours

    def phone_at(self, at: datetime) -> Phone:
        """Give the number to ring; outside the service's term, the first one written down."""
        return next((phone for phone in self.phones if phone.term.holds_at(at)), self.phones[0])

    def other_phones_at(self, at: datetime) -> tuple[Phone, ...]:
        """Give the other numbers that hold at an instant, such as one in another language."""
        first = self.phone_at(at)
        return tuple(phone for phone in self.phones if phone.term.holds_at(at) and phone is not first)

    def receives_at(self, at: datetime) -> Receives | None:
        """Give the first way in which written words are taken at that hour; None when none is known."""
        for way in self.receives:
            if way.hours is None or way.hours.state_at(at) is OpenState.OPEN:
                return replace(way, urgent_only=way.urgent_only or self.urgent_only_at(at))
        return None

    def urgent_only_at(self, at: datetime) -> bool:
        """Say whether it is open, and so near its closing that it takes only what cannot wait."""
        closes_at = self.hours.next_change(at)
        if closes_at is None or self.hours.state_at(at) is not OpenState.OPEN:
            return False
        return closes_at - at <= timedelta(minutes=self.urgent_only_before_closing)


@unique
class TimedAct(StrEnum):
    """What an authority may allow itself a time of its own for."""

    ACKNOWLEDGE = "acknowledge"
    DECIDE = "decide"
    MEET = "meet"


@dataclass(frozen=True, slots=True)
class TimeAllowed:
    """The minutes one authority says it allows itself, by the clock or only while it is open."""

    of: TimedAct | Colour
    minutes: int
    working_time: bool
    provenance: Provenance

    def runs_out(self, starts_at: datetime, hours: Hours) -> datetime | None:
        """Give when it is over; None where it counts only while open and those hours cannot be reckoned."""
        if self.working_time:
            return working_time(starts_at, self.minutes, hours)
        return elapsed(starts_at, self.minutes)


@dataclass(frozen=True, slots=True)
class AcceptedGap:
    """A time at which nobody need be on duty, and who says so and why; aware UTC, the end not included."""

    begins_at: datetime
    ends_at: datetime
    reason: str
    accepted_by: str
    accepted_on: date


@dataclass(frozen=True, slots=True)
class Authority:
    """A council with the duty to protect children in its area, by its ONS code.

    A clock or a limit that is not there is not known; it is never taken from another council.
    """

    code: str
    name: str
    nation: Nation
    zone: str
    police_force: str | None
    languages: tuple[str, ...]
    neighbours: tuple[str, ...]
    clocks: tuple[TimeAllowed, ...]
    limits: tuple[TimeAllowed, ...]
    accepted_gaps: tuple[AcceptedGap, ...]
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class SupportResource:
    """Something a leaflet offers to children or parents; never offered without its standing."""

    slug: str
    name: str
    about: str
    audience: Audience
    standing: Standing
    phone: str | None
    url: str | None
    provenance: Provenance


@dataclass(frozen=True, slots=True, eq=False)
class Directory:
    """Every authority and service known, as of one version; looked up, never searched through."""

    version: str
    authorities: Mapping[str, Authority]
    services: Mapping[str, Service]
    support: tuple[SupportResource, ...]
    gazetteer: Gazetteer
    by_authority: Mapping[str, tuple[Service, ...]]
    by_force: Mapping[str, Service]
    emergency: Service
    police_anywhere: Service

    def authority(self, code: str | None) -> Authority | None:
        """Give a listed authority, None for one that is not listed."""
        return self.authorities.get(code or "")

    def named(self, code: str) -> AuthorityName:
        """Give an authority's name, listed or not; one nobody has named goes by its code."""
        if listed := self.authorities.get(code):
            return AuthorityName(code, listed.name, listed.nation)
        nation = Nation.WALES if code.startswith("W") else Nation.ENGLAND
        return self.gazetteer.names.get(code) or AuthorityName(code, code, nation)

    def duty_services(self, code: str, at: datetime) -> tuple[Service, ...]:
        """Give the services for an authority that exist at an instant, in the order they are tried."""
        return tuple(service for kind in DUTY_KINDS for service in self.of_kind(code, kind, at))

    def of_kind(self, code: str, kind: ServiceKind, at: datetime) -> tuple[Service, ...]:
        """Give the services of one kind for an authority that exist at an instant, in the files' order."""
        listed = self.by_authority.get(code, ())
        return tuple(service for service in listed if service.kind is kind and service.term.holds_at(at))

    def police(self, authority: Authority | None) -> Service:
        """Give the police to ring without an emergency, by force where that is known."""
        force = authority.police_force if authority else None
        return self.by_force.get(force or "", self.police_anywhere)
