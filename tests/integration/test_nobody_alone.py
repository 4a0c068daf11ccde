"""No administrator alone comes in as somebody who reads others' words, whatever they do to the account."""

from collections.abc import Callable
from typing import Final
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft, ShiftCodeDraft
from intake.errors import IntakeError
from intake.models.passkey import LinkedIdentity, Passkey
from intake.models.person import OneTimeLink, Person
from intake.policy.actor import Actor
from intake.services.identity_provider import Identity
from intake.services.other_ways import Comer
from intake.services.workplace import Services
from intake.vocabulary import HUB_ROLES, ROLES_BY_TWO, SCHOOL_ROLES, Role, SignInFailure
from tests.factories.accounts import HOME, AccountHolders
from tests.factories.people import People
from tests.support.place import TestPlace

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

READERS: Final = ROLES_BY_TWO - {Role.ADMINISTRATOR}
WHY: Final = "They rang me."

Act = Callable[[Services, Actor, UUID], object]


def ask_and_approve(ask: Act) -> Act:
    """Return an act that asks for a second person, and approves it oneself."""

    def act(services: Services, actor: Actor, person_id: UUID) -> object:
        ask(services, actor, person_id)
        (waiting,) = services.second_person.about(actor, person_id)
        return services.second_person.approve(actor, waiting.card.id)

    return act


def take_the_address(services: Services, actor: Actor, person_id: UUID) -> None:
    """Have their mail, and say to a provider's door that one has that address."""
    mine = f"{person_id.hex}@example.test"
    services.people.change(actor, person_id, StaffCard("Eve", mine, "", ""), version=1)
    said = Identity("https://login.example", "eve", mine, second_factor=True, signed_in_at=None)
    proof = services.other_ways.by_identity(Comer(HOME), person_id.hex, "work", said)
    assert (proof.begun, proof.failure) == (None, SignInFailure.NOT_LINKED)


def close_and_open(services: Services, actor: Actor, person_id: UUID) -> None:
    services.people.disable(actor, person_id)
    services.people.enable(actor, person_id)


def close_and_ask(services: Services, actor: Actor, person_id: UUID) -> None:
    services.people.disable(actor, person_id)
    services.people.ask_reopening(actor, person_id, WHY)


ACTS: Final[dict[str, Act]] = {
    "link": lambda services, actor, person_id: services.people.make_link(actor, person_id),
    "link asked for": ask_and_approve(
        lambda services, actor, person_id: services.people.ask_link(actor, person_id, WHY)
    ),
    "role": ask_and_approve(
        lambda services, actor, person_id: services.people.give(
            actor, person_id, RoleDraft(Role.ADMINISTRATOR), WHY
        )
    ),
    "address": take_the_address,
    "signed out": lambda services, actor, person_id: services.people.end_sessions(actor, person_id),
    "opened again": close_and_open,
    "opening asked for": ask_and_approve(close_and_ask),
    "code for one shift": lambda services, actor, person_id: services.giving_shift_codes.give(
        actor, ShiftCodeDraft(person_id, WHY)
    ),
}
#: What one administrator does to another's account alone, and why nobody comes in by it.
DONE_ALONE: Final = {"address", "signed out"}


def ways_in(services: Services, person_id: UUID) -> list[object]:
    """Return all that somebody could come in by."""
    person = services.unit.session.get_one(Person, person_id)
    kept = [
        list(services.unit.session.scalars(select(column).where(table.person_id == person_id)))
        for table, column in (
            (Passkey, Passkey.credential_id),
            (LinkedIdentity, LinkedIdentity.identity_mac),
            (OneTimeLink, OneTimeLink.token_hash),
        )
    ]
    return [person.password_hash, person.seed_sealed, *kept]


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("act", ACTS)
def test_one_administrator_alone_comes_in_as_nobody_who_reads_others_words(
    place: TestPlace, people: People, holders: AccountHolders, act: str, *, is_new: bool
) -> None:
    for where, here in ((people.school(), SCHOOL_ROLES), (people.hub(), HUB_ROLES)):
        administrator = people.actor(where, Role.ADMINISTRATOR)
        for role in sorted(READERS & here):
            reader = holders.make(where, role, app=not is_new)
            with place.writing() as services:
                if is_new:
                    services.unit.session.get_one(Person, reader.person_id).password_hash = None
                before = ways_in(services, reader.person_id)
            done = attempt(place, act, administrator, reader.person_id)
            assert done is (act in DONE_ALONE), (role, act)
            with place.reading() as services:
                assert ways_in(services, reader.person_id) == before, (role, act)


def test_nor_is_there_a_link_before_such_a_role_is_given(place: TestPlace, people: People) -> None:
    administrator = people.actor(people.hub(), Role.ADMINISTRATOR)
    drafted = PersonDraft(StaffCard("Bo", "bo@example.test", "", ""), (RoleDraft(Role.DUTY_WORKER),))
    with place.writing() as services:
        person_id = services.people.add(administrator, drafted, WHY)
    assert not attempt(place, "link", administrator, person_id)


def attempt(place: TestPlace, act: str, administrator: Actor, person_id: UUID) -> bool:
    """Return whether it was done; nothing of what was refused is kept."""
    try:
        with place.writing() as services:
            ACTS[act](services, administrator, person_id)
    except IntakeError:
        return False
    return True
