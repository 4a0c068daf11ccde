"""Schools, hubs and the people in them."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID

import pytest

from intake.casework.documents.person import StaffCard
from intake.crypto.blind_index import SIGN_IN_EMAIL, BlindIndex
from intake.ids import new_id
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person
from intake.policy.actor import Actor
from intake.services.sessions import Given
from intake.services.staff import card_binding
from intake.services.workplace import Services, Workplace
from intake.vocabulary import OrganisationKind, ProvedBy, Role

_NUMBER = count(1)


@dataclass(frozen=True, slots=True)
class People:
    """Makes organisations and signed-in people, straight into the tables."""

    place: Workplace

    def school(self, authority: str = "E06000006", name: str = "Sampleford High (test)") -> UUID:
        """Make a school in an authority and return its id."""
        return self._organisation(OrganisationKind.SCHOOL, name, authority, None)

    def hub(
        self, slug: str = "halton-icart", authority: str = "E06000006", name: str = "Duty desk (test)"
    ) -> UUID:
        """Make the hub that answers for a duty service and return its id."""
        return self._organisation(OrganisationKind.HUB, name, authority, slug)

    def _organisation(self, kind: OrganisationKind, name: str, authority: str, slug: str | None) -> UUID:
        organisation_id = new_id()
        with self.place.writing() as services:
            services.unit.session.add(
                Organisation(
                    id=organisation_id,
                    kind=kind,
                    name=name,
                    authority_code=authority,
                    service_slug=slug,
                    phone=None,
                    made_at=self.place.tools.clock.now(),
                )
            )
        return organisation_id

    def actor(
        self, organisation_id: UUID, *roles: Role, second_factor: bool = True, name: str = "", ladder: int = 0
    ) -> Actor:
        """Make a person with these roles, signed in, and return them as an actor."""
        with self.place.writing() as services:
            kind = services.unit.session.get_one(Organisation, organisation_id).kind
            person_id = self._person(services, organisation_id, name)
            self._memberships(services, person_id, organisation_id, roles, ladder)
            session_id = self._session(services, person_id, organisation_id, second_factor=second_factor)
        return Actor(person_id, organisation_id, kind, frozenset(roles), session_id, second_factor)

    def _person(self, services: Services, organisation_id: UUID, name: str) -> UUID:
        number = next(_NUMBER)
        email = f"person{number}@example.test"
        card = StaffCard(name=name or f"Person {number}", email=email, post="Teacher", phone="0151 000 0000")
        person = Person(
            id=new_id(),
            organisation_id=organisation_id,
            sign_in_index=BlindIndex.of(SIGN_IN_EMAIL, self.place.tools.key_ring).token(email),
            card_version=1,
            made_at=self.place.tools.clock.now(),
        )
        person.card_sealed = services.keys.seal(card, card_binding(person), holders=(organisation_id,))
        services.unit.session.add(person)
        services.unit.session.flush()
        return person.id

    def _memberships(
        self, services: Services, person_id: UUID, organisation_id: UUID, roles: tuple[Role, ...], ladder: int
    ) -> None:
        for role in roles:
            services.unit.session.add(
                Membership(
                    id=new_id(),
                    person_id=person_id,
                    organisation_id=organisation_id,
                    role=role,
                    ladder=ladder,
                    from_at=self.place.tools.clock.now(),
                )
            )

    def _session(
        self, services: Services, person_id: UUID, organisation_id: UUID, *, second_factor: bool
    ) -> UUID:
        now = self.place.tools.clock.now()
        given = Given(ProvedBy.PASSKEY, now) if second_factor else None
        token = services.sessions.begin(person_id, organisation_id=organisation_id, given=given)
        services.unit.session.flush()
        found = services.sessions.find(token)
        assert found is not None
        return found.session_id


@pytest.fixture
def people(place: Workplace) -> People:
    """Makes people in the workplace of the test."""
    return People(place)
