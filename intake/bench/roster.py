"""Who is in the scratch database: a hub in each council, schools around it, and their people."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import update

from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.models.organisation import Organisation
from intake.models.person import Person
from intake.services.installation import Installations
from intake.services.passwords import hashed
from intake.services.workplace import Services, Workplace
from intake.vocabulary import OrganisationKind, Role

HALTON, CARDIFF = "E06000006", "W06000015"
PASSWORD = "Seven quiet herons 41"  # noqa: S105 - of an invented person in a scratch database
_SERVICES = {HALTON: "halton-icart", CARDIFF: "cardiff-mash"}
_SCHOOLS: Mapping[str, int] = {HALTON: 8, CARDIFF: 2}
_SCHOOL_STAFF = (
    (RoleDraft(Role.SAFEGUARDING_LEAD),),
    (RoleDraft(Role.DEPUTY_LEAD, ladder=1),),
    (RoleDraft(Role.DEPUTY_LEAD, ladder=2),),
    (RoleDraft(Role.REPORTER),),
)
_HUB_STAFF = (
    (RoleDraft(Role.DUTY_WORKER),),
    (RoleDraft(Role.DUTY_WORKER),),
    (RoleDraft(Role.DUTY_MANAGER),),
)


@dataclass(frozen=True, slots=True)
class Place:
    """One organisation and its people, in the order of their roles; each signs in with an address."""

    id: UUID
    authority: str
    slug: str | None
    people: tuple[UUID, ...]
    addresses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """Every organisation; the first school and the first hub are those that are measured."""

    schools: tuple[Place, ...]
    hubs: tuple[Place, ...]

    def hub_of(self, school: Place) -> Place:
        """Return the hub that receives what a school sends."""
        return next(hub for hub in self.hubs if hub.authority == school.authority)


def fill_roster(place: Workplace, schools_of: Mapping[str, int] = _SCHOOLS) -> Roster:
    """Mark the database as its key ring's, and make everybody in it: so many schools in each council."""
    with place.writing() as services:
        tools = place.tools
        Installations(services.unit, tools.clock, tools.key_ring, services.audit, tools.tier).begin(
            sample=tools.sample
        )
        hubs = tuple(_hub(services, code, slug) for code, slug in _SERVICES.items())
        schools = tuple(
            _school(services, code, number) for code, many in schools_of.items() for number in range(many)
        )
        # One hash does for everybody: making one takes as long as a sign-in.
        services.unit.session.execute(update(Person).values(password_hash=hashed(PASSWORD)))
    return Roster(schools, hubs)


def _hub(services: Services, authority: str, slug: str) -> Place:
    found = services.accounts.add_organisation(
        OrganisationKind.HUB, f"Duty desk {slug} (bench)", authority_code=authority, service_slug=slug
    )
    return _staffed(services, found, _HUB_STAFF)


def _school(services: Services, authority: str, number: int) -> Place:
    found = services.accounts.add_organisation(
        OrganisationKind.SCHOOL, f"School {number} in {authority} (bench)", authority_code=authority
    )
    return _staffed(services, found, _SCHOOL_STAFF)


def _staffed(
    services: Services, organisation: Organisation, staff: tuple[tuple[RoleDraft, ...], ...]
) -> Place:
    addresses = tuple(f"p{number}.{organisation.id.hex}@bench.invalid" for number in range(len(staff)))
    people = tuple(
        services.accounts.add(organisation, PersonDraft(_card(address), roles), by=None).id
        for address, roles in zip(addresses, staff, strict=True)
    )
    return Place(organisation.id, organisation.authority_code, organisation.service_slug, people, addresses)


def _card(address: str) -> StaffCard:
    return StaffCard(name="Rowan Bench", email=address, post="Invented", phone="0151 496 0000")
