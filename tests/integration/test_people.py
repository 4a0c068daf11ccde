"""An administrator's work: accounts and roles of their own organisation's people, and nobody else's."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.errors import IntakeError, NotFound, NotPermitted, Refused, StaleVersion
from intake.ids import new_id
from intake.models.audit import AuditEntry
from intake.models.person import Person
from intake.policy.actor import Actor
from intake.services.people import Colleague
from intake.services.sessions import Standing
from intake.services.workplace import Services
from intake.vocabulary import Role
from tests.factories.accounts import AccountHolders, Holder
from tests.factories.people import People
from tests.support.databases import on_either
from tests.support.place import TestPlace

ANN = StaffCard("Ann Llewellyn", "ann@example.test", "Head of year 9", "0151 907 8305")


WHY = "They look after year 9 from Monday."


def approve_all(place: TestPlace, actor: Actor) -> None:
    """Have a second administrator, who was here before, approve what waits."""
    second = replace(actor, person_id=second_administrator(place, actor))
    with place.writing() as services:
        for waiting in services.second_person.waiting(second):
            services.second_person.approve(second, waiting.card.id)


def second_administrator(place: TestPlace, actor: Actor) -> UUID:
    with place.reading() as services:
        colleagues = services.people.listed(actor)
    return next(
        each.account.id
        for each in colleagues
        if not each.is_self and Role.ADMINISTRATOR in {held.role for held in each.account.roles}
    )


def drafted(card: StaffCard, *roles: Role, ladder: int = 0) -> PersonDraft:
    return PersonDraft(card, tuple(RoleDraft(role, ladder) for role in roles))


def add(place: TestPlace, actor: Actor, draft: PersonDraft) -> UUID:
    with place.writing() as services:
        person_id = services.people.add(actor, draft, WHY)
    approve_all(place, actor)
    return person_id


def opened(place: TestPlace, actor: Actor, person_id: UUID) -> Colleague:
    with place.reading() as services:
        return services.people.open(actor, person_id)


def trail(place: TestPlace, actor: Actor) -> list[tuple[str, UUID | None]]:
    with place.reading() as services:
        rows = services.unit.session.execute(
            select(AuditEntry.event, AuditEntry.actor_id)
            .where(AuditEntry.organisation_id == actor.organisation_id)
            .order_by(AuditEntry.seq)
        )
        return [(event, who) for event, who in rows]


def one_of_two(people: People, organisation_id: UUID) -> Actor:
    """Make the two administrators every place has, and return the one."""
    people.actor(organisation_id, Role.ADMINISTRATOR)
    return people.actor(organisation_id, Role.ADMINISTRATOR)


@pytest.fixture
def administrator(people: People) -> Actor:
    return one_of_two(people, people.school())


def test_somebody_added_is_listed_with_their_roles(place: TestPlace, administrator: Actor) -> None:
    person_id = add(place, administrator, drafted(ANN, Role.REPORTER, Role.DEPUTY_LEAD, ladder=2))
    with place.reading() as services:
        listed = services.people.listed(administrator)
    (ann,) = (person for person in listed if person.account.id == person_id)
    assert ann.card == ANN
    assert {(held.role, held.ladder) for held in ann.account.roles} == {
        (Role.REPORTER, 2),
        (Role.DEPUTY_LEAD, 2),
    }
    assert not ann.account.has_way_in
    assert not ann.account.has_second_factor
    assert [person.is_self for person in listed].count(True) == 1
    second = second_administrator(place, administrator)
    assert trail(place, administrator) == [
        ("person.added", administrator.person_id),
        ("membership.given", administrator.person_id),
        ("second_person.asked", administrator.person_id),
        ("second_person.approved", second),
        ("membership.given", second),
        ("person.invited", second),
    ]


@pytest.mark.parametrize("name", ["Bo", "O'Brien-Nguyễn", "Ælfgifu", "李", "María José de la Cruz y Ortega"])
def test_a_name_is_kept_as_it_is_written(place: TestPlace, administrator: Actor, name: str) -> None:
    person_id = add(place, administrator, drafted(StaffCard(name, "x@example.test", "", ""), Role.REPORTER))
    assert opened(place, administrator, person_id).card.name == name


def test_no_name_or_address_is_kept_in_clear(place: TestPlace, administrator: Actor) -> None:
    person_id = add(place, administrator, drafted(ANN, Role.REPORTER))
    with place.reading() as services:
        row = services.unit.session.get_one(Person, person_id)
        kept = row.card_sealed + row.sign_in_index
        details = "".join(services.unit.session.scalars(select(AuditEntry.detail)))
    for words in ("Ann", "Llewellyn", "ann@example.test", "0151 907 8305"):
        assert words.encode() not in kept
        assert words not in details


@pytest.mark.parametrize("typed", ["ann@example.test", "ANN@Example.Test", "\uff41nn@example.test"])
def test_an_address_that_already_signs_in_is_refused_however_it_is_typed(
    place: TestPlace, people: People, administrator: Actor, typed: str
) -> None:
    add(place, one_of_two(people, people.school()), drafted(ANN, Role.REPORTER))
    with pytest.raises(Refused) as refused:
        add(place, administrator, drafted(StaffCard("Another Ann", typed, "", ""), Role.REPORTER))
    assert (refused.value.field, refused.value.message) == ("email", "person.email_taken")


def test_a_school_has_no_duty_workers_and_a_hub_no_reporters(
    place: TestPlace, people: People, administrator: Actor
) -> None:
    hub = one_of_two(people, people.hub())
    for actor, role in ((administrator, Role.DUTY_WORKER), (hub, Role.REPORTER)):
        with pytest.raises(Refused) as refused:
            add(place, actor, drafted(ANN, role))
        assert refused.value.message == "person.role_not_here"
    add(place, hub, drafted(ANN, Role.DUTY_WORKER))


def test_details_are_put_right_and_sign_in_moves_with_the_address(
    place: TestPlace, holders: AccountHolders, administrator: Actor
) -> None:
    holder = holders.make(administrator.organisation_id, Role.REPORTER, email="ann@example.test")
    married = StaffCard("Ann O'Brien", "ann.obrien@example.test", "", "")
    with place.writing() as services:
        services.people.change(administrator, holder.person_id, married, version=1)
    assert opened(place, administrator, holder.person_id).card == married
    assert holders.sign_in(holder).begun is None
    assert holders.sign_in(Holder(holder.person_id, "ann.obrien@example.test")).begun is not None


def test_details_somebody_else_changed_meanwhile_are_not_overwritten(
    place: TestPlace, administrator: Actor
) -> None:
    person_id = add(place, administrator, drafted(ANN, Role.REPORTER))
    with place.writing() as services:
        services.people.change(administrator, person_id, ANN, version=1)
    with pytest.raises(StaleVersion), place.writing() as services:
        services.people.change(administrator, person_id, ANN, version=1)


def test_an_address_of_somebody_else_is_not_taken_over(place: TestPlace, administrator: Actor) -> None:
    add(place, administrator, drafted(ANN, Role.REPORTER))
    ben = StaffCard("Ben", "ben@example.test", "", "")
    person_id = add(place, administrator, drafted(ben, Role.REPORTER))
    with pytest.raises(Refused), place.writing() as services:
        services.people.change(administrator, person_id, ANN, version=1)


def test_a_role_given_counts_at_once_and_one_ended_stops_at_once(
    place: TestPlace, holders: AccountHolders, administrator: Actor
) -> None:
    holder = holders.make(administrator.organisation_id, Role.REPORTER)
    begun = holders.sign_in(holder).begun
    assert begun is not None
    with place.writing() as services:
        services.people.give(administrator, holder.person_id, RoleDraft(Role.SAFEGUARDING_LEAD), WHY)
    approve_all(place, administrator)
    with place.reading() as services:
        found = services.sessions.find(begun.token)
    assert found is not None
    assert found.actor is not None
    assert found.actor.roles == {Role.REPORTER, Role.SAFEGUARDING_LEAD}
    place.clock.instant += timedelta(seconds=1)
    for held in opened(place, administrator, holder.person_id).account.roles:
        with place.writing() as services:
            services.people.end_role(administrator, holder.person_id, held.membership_id)
    with place.reading() as services:
        found = services.sessions.find(begun.token)
    assert found is not None
    assert found.standing is Standing.ENDED


def test_a_role_held_already_is_not_given_twice(place: TestPlace, administrator: Actor) -> None:
    person_id = add(place, administrator, drafted(ANN, Role.DEPUTY_LEAD, ladder=1))
    with pytest.raises(Refused), place.writing() as services:
        services.people.give(administrator, person_id, RoleDraft(Role.DEPUTY_LEAD, 1), WHY)


def test_a_deputy_is_given_another_turn(place: TestPlace, administrator: Actor) -> None:
    person_id = add(place, administrator, drafted(ANN, Role.DEPUTY_LEAD, ladder=1))
    with place.writing() as services:
        services.people.give(administrator, person_id, RoleDraft(Role.DEPUTY_LEAD, 3), WHY)
    (held,) = opened(place, administrator, person_id).account.roles
    assert held.ladder == 3


def test_a_role_ended_twice_is_ended_once(place: TestPlace, administrator: Actor) -> None:
    person_id = add(place, administrator, drafted(ANN, Role.REPORTER, Role.AUDITOR))
    held = opened(place, administrator, person_id).account.roles[0]
    for _ in range(2):
        with place.writing() as services:
            services.people.end_role(administrator, person_id, held.membership_id)
    assert len(opened(place, administrator, person_id).account.roles) == 1
    assert [event for event, _ in trail(place, administrator)].count("membership.ended") == 1


def test_a_closed_account_is_signed_out_at_once_and_stays_out_until_it_is_opened(
    place: TestPlace, holders: AccountHolders, administrator: Actor
) -> None:
    holder = holders.make(administrator.organisation_id, Role.REPORTER)
    begun = holders.sign_in(holder).begun
    assert begun is not None
    for _ in range(2):
        with place.writing() as services:
            services.people.disable(administrator, holder.person_id)
    with place.reading() as services:
        found = services.sessions.find(begun.token)
    assert found is not None
    assert found.standing is Standing.ENDED
    assert holders.sign_in(holder).begun is None
    with pytest.raises(Refused), place.writing() as services:
        services.people.make_link(administrator, holder.person_id)
    for _ in range(2):
        with place.writing() as services:
            services.people.enable(administrator, holder.person_id)
    assert holders.sign_in(holder).begun is not None
    happened = [event for event, _ in trail(place, administrator)]
    assert (happened.count("person.disabled"), happened.count("person.enabled")) == (1, 1)


def test_somebody_is_signed_out_everywhere_at_once(
    place: TestPlace, holders: AccountHolders, administrator: Actor
) -> None:
    holder = holders.make(administrator.organisation_id, Role.REPORTER)
    tokens = [begun.token for _ in range(3) if (begun := holders.sign_in(holder).begun) is not None]
    with place.writing() as services:
        services.people.end_sessions(administrator, holder.person_id)
    with place.reading() as services:
        found = [services.sessions.find(token) for token in tokens]
    assert [each.standing for each in found if each is not None] == [Standing.ENDED] * 3


ACTS: dict[str, Callable[[Services, Actor, UUID], object]] = {
    "open": lambda services, actor, person: services.people.open(actor, person),
    "change": lambda services, actor, person: services.people.change(actor, person, ANN, version=1),
    "link": lambda services, actor, person: services.people.make_link(actor, person),
    "give": lambda services, actor, person: services.people.give(actor, person, RoleDraft(Role.AUDITOR), WHY),
    "end role": lambda services, actor, person: services.people.end_role(actor, person, new_id()),
    "sign out": lambda services, actor, person: services.people.end_sessions(actor, person),
    "close": lambda services, actor, person: services.people.disable(actor, person),
    "reopen": lambda services, actor, person: services.people.enable(actor, person),
}


def outcome(place: TestPlace, act: str, actor: Actor, person_id: UUID) -> type[IntakeError] | None:
    try:
        with place.writing() as services:
            ACTS[act](services, actor, person_id)
    except IntakeError as error:
        return type(error)
    return None


@pytest.mark.parametrize("act", ACTS)
@on_either
def test_another_organisations_people_are_not_there_at_all(
    place: TestPlace, people: People, administrator: Actor, act: str
) -> None:
    stranger = people.actor(people.school(), Role.REPORTER)
    assert outcome(place, act, administrator, stranger.person_id) is NotFound
    assert outcome(place, act, administrator, new_id()) is NotFound


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_manages_people(
    place: TestPlace, people: People, administrator: Actor, role: Role
) -> None:
    actor = people.actor(administrator.organisation_id, role)
    person_id = add(place, administrator, drafted(ANN, Role.REPORTER))
    assert {act: outcome(place, act, actor, person_id) for act in ACTS} == dict.fromkeys(ACTS, NotPermitted)
    with pytest.raises(NotPermitted), place.reading() as services:
        services.people.listed(actor)
    with pytest.raises(NotPermitted):
        add(place, actor, drafted(StaffCard("Ben", "ben@example.test", "", ""), Role.REPORTER))


@pytest.mark.parametrize("act", sorted(ACTS.keys() - {"open", "end role"}))
def test_an_administrator_cannot_change_their_own_account(
    place: TestPlace, administrator: Actor, act: str
) -> None:
    assert outcome(place, act, administrator, administrator.person_id) is Refused


def test_an_administrator_cannot_end_their_own_role(place: TestPlace, administrator: Actor) -> None:
    (held,) = opened(place, administrator, administrator.person_id).account.roles
    with pytest.raises(Refused), place.writing() as services:
        services.people.end_role(administrator, administrator.person_id, held.membership_id)


def test_the_role_of_one_person_is_not_ended_in_the_name_of_another(
    place: TestPlace, administrator: Actor
) -> None:
    ann = add(place, administrator, drafted(ANN, Role.REPORTER))
    ben = add(place, administrator, drafted(StaffCard("Ben", "b@example.test", "", ""), Role.REPORTER))
    held = opened(place, administrator, ann).account.roles[0]
    with pytest.raises(NotFound), place.writing() as services:
        services.people.end_role(administrator, ben, held.membership_id)
