"""The directory as values: authorities, the services on duty for them, and where each fact was read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake.calendars.hours import Hours
from intake.routing.codes import Audience, Standing, WrittenChannel
from intake.routing.places import AuthorityName, Gazetteer
from intake.vocabulary import Nation, ServiceKind

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
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class ServiceHours:
    """When a service is on duty, whose closing that follows, if anybody's, and where it was read."""

    hours: Hours
    follows: str | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class WrittenWay:
    """How a service takes a written referral that is not sent from here."""

    channel: WrittenChannel
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class Service:
    """Somebody whose duty it is: a front door, an emergency team, a police force."""

    slug: str
    kind: ServiceKind
    name: str
    also_called: str | None
    purpose: str | None
    covers: frozenset[str]
    police_force: str | None
    everywhere: bool
    phones: tuple[Phone, ...]
    on_duty: ServiceHours
    written: WrittenWay | None
    provenance: Provenance

    @property
    def phone(self) -> Phone:
        """The number given first."""
        return self.phones[0]

    @property
    def hours(self) -> Hours:
        """When it is on duty."""
        return self.on_duty.hours


@dataclass(frozen=True, slots=True)
class Authority:
    """A council with the duty to protect children in its area, by its ONS code."""

    code: str
    name: str
    nation: Nation
    police_force: str | None
    languages: tuple[str, ...]
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

    def duty_services(self, code: str) -> tuple[Service, ...]:
        """Give the services on duty for an authority in the order in which they are tried."""
        return tuple(s for s in self.by_authority.get(code, ()) if s.kind in DUTY_KINDS)

    def police(self, authority: Authority | None) -> Service:
        """Give the police to ring without an emergency, by force where that is known."""
        force = authority.police_force if authority else None
        return self.by_force.get(force or "", self.police_anywhere)
