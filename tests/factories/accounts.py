"""People with a password and an app, made the way an administrator and they themselves would make them."""

from dataclasses import dataclass
from functools import cache
from itertools import count
from uuid import UUID

import pyotp
import pytest
from sqlalchemy import select

from intake.casework.documents.person import PasskeyName, SecondFactorSeed, StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.crypto.inventory import PASSKEY_NAME, SECOND_FACTOR_SEED
from intake.ids import new_id
from intake.models.organisation import Organisation
from intake.models.passkey import Passkey
from intake.models.person import Person
from intake.services import passwords
from intake.services.reception import Admission, Reception
from intake.services.sign_in import Attempt
from intake.services.workplace import Services
from intake.vocabulary import Role
from tests.support.authenticator import Authenticator
from tests.support.place import TestPlace

PASSWORD = "nettle brick harbour"
HOME = "203.0.113.9"
_NUMBER = count(1)


# Hashing is slow on purpose, and most people in the tests have the same password.
_hashed = cache(passwords.hashed)


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who can sign in."""

    person_id: UUID
    email: str
    seed: str = ""
    passkey: Authenticator | None = None


@dataclass(frozen=True, slots=True)
class AccountHolders:
    """Makes people who can sign in, and signs them in."""

    place: TestPlace

    def make(
        self,
        organisation_id: UUID,
        *roles: Role,
        email: str = "",
        name: str = "",
        password: str = PASSWORD,
        app: bool = False,
        passkey: bool = False,
    ) -> Holder:
        """Make a person with these roles and a password, and with an authenticator app or a passkey."""
        number = next(_NUMBER)
        email = email or f"holder{number}@example.test"
        card = StaffCard(name or f"Holder {number}", email, "Teacher", "")
        with self.place.writing() as services:
            organisation = services.unit.session.get_one(Organisation, organisation_id)
            drafted = PersonDraft(card, tuple(RoleDraft(role) for role in roles))
            person = services.accounts.add(organisation, drafted, by=None)
            person.password_hash = _hashed(password)
            seed = pyotp.random_base32() if app else ""
            if app:
                person.seed_version, person.last_code_step = 1, 0
                place = SECOND_FACTOR_SEED.place(row_id=person.id, case_id=organisation_id, version=1)
                person.seed_sealed = services.keys.seal(
                    SecondFactorSeed(seed), place, holders=(organisation_id,)
                )
            services.unit.session.flush()
            return Holder(person.id, email, seed, _passkey(services, person) if passkey else None)

    def also(self, holder: Holder, organisation_id: UUID, *roles: Role) -> None:
        """Give somebody roles in another organisation as well."""
        with self.place.writing() as services:
            person = services.unit.session.get_one(Person, holder.person_id)
            organisation = services.unit.session.get_one(Organisation, organisation_id)
            for role in roles:
                services.accounts.give(person, organisation, RoleDraft(role), by=None)

    def sign_in(
        self, holder: Holder, password: str = PASSWORD, *, source: str = HOME, device: str = ""
    ) -> Admission:
        """Try to sign somebody in."""
        return Reception(self.place).sign_in(Attempt(holder.email, password, source, device))

    def code(self, holder: Holder, *, steps: int = 0) -> str:
        """Return the code the person's app shows, so many 30-second steps from now."""
        return pyotp.TOTP(holder.seed).at(int(self.place.clock.now().timestamp()) + 30 * steps)

    def row(self, holder: Holder) -> Person:
        """Return the person's row."""
        with self.place.reading() as services:
            return services.unit.session.scalars(select(Person).where(Person.id == holder.person_id)).one()


def _passkey(services: Services, person: Person) -> Authenticator:
    key, passkey_id = Authenticator(user=person.id.bytes), new_id()
    home = person.organisation_id
    place = PASSKEY_NAME.place(row_id=passkey_id, case_id=home)
    services.unit.session.add(
        Passkey(
            id=passkey_id,
            person_id=person.id,
            credential_id=key.credential_id,
            public_key=key.public_key,
            sign_count=0,
            name_sealed=services.keys.seal(PasskeyName("Laptop"), place, holders=(home,)),
            made_at=services.tools.clock.now(),
        )
    )
    return key


@pytest.fixture
def holders(place: TestPlace) -> AccountHolders:
    """Makes people who can sign in to the workplace of the test."""
    return AccountHolders(place)
