"""Schools, hubs and the people in them."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID

import pytest

from intake.casework.documents.person import StaffCard
from intake.crypto.blind_index import SIGN_IN_EMAIL, BlindIndex
from intake.ids import new_id
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person, SignInSession
from intake.policy.actor import Actor
from intake.services.staff import card_binding
from intake.services.workplace import Workplace
from intake.vocabulary import OrganisationKind, Role

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
        number = next(_NUMBER)
        person_id, session_id, now = new_id(), new_id(), self.place.tools.clock.now()
        email = f"person{number}@example.test"
        card = StaffCard(name=name or f"Person {number}", email=email, post="Teacher", phone="0151 000 0000")
        with self.place.writing() as services:
            session = services.unit.session
            person = Person(
                id=person_id,
                organisation_id=organisation_id,
                sign_in_index=BlindIndex.of(SIGN_IN_EMAIL, self.place.tools.key_ring).token(email),
                card_version=1,
                made_at=now,
            )
            person.card_sealed = services.keys.seal(card, card_binding(person), holders=(organisation_id,))
            session.add(person)
            session.flush()
            for role in roles:
                session.add(
                    Membership(
                        id=new_id(),
                        person_id=person_id,
                        organisation_id=organisation_id,
                        role=role,
                        ladder=ladder,
                        from_at=now,
                    )
                )
            session.add(
                SignInSession(
                    id=session_id,
                    token_hash=person_id.bytes * 2,
                    person_id=person_id,
                    organisation_id=organisation_id,
                    second_factor_at=now if second_factor else None,
                    began_at=now,
                    seen_at=now,
                )
            )
            kind = session.get_one(Organisation, organisation_id).kind
        return Actor(person_id, organisation_id, kind, frozenset(roles), session_id, second_factor)


@pytest.fixture
def people(place: Workplace) -> People:
    """Makes people in the workplace of the test."""
    return People(place)
