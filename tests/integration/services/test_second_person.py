"""What wants two people: asked by one, approved by another who was here before, done in the same commit."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from intake.casework.documents.person import StaffCard
from intake.casework.drafts import PersonDraft, RoleDraft
from intake.errors import NotFound, NotPermitted, Refused
from intake.ids import new_id
from intake.models.audit import AuditEntry
from intake.models.organisation import Organisation
from intake.models.passkey import LinkedIdentity
from intake.models.person import Person
from intake.models.second_person import SecondPersonRequest
from intake.policy.actor import Actor
from intake.services.one_time_links import Link
from intake.vocabulary import RequestState, Role
from tests.factories.accounts import AccountHolders
from tests.factories.people import People
from tests.support.place import TestPlace

WHY = "She covers for the lead from Monday."


@pytest.fixture
def first(people: People) -> Actor:
    return people.actor(people.school(), Role.ADMINISTRATOR)


@pytest.fixture
def second(people: People, first: Actor) -> Actor:
    return people.actor(first.organisation_id, Role.ADMINISTRATOR)


@pytest.fixture
def teacher(people: People, first: Actor) -> Actor:
    return people.actor(first.organisation_id, Role.REPORTER)


@pytest.fixture
def asked(place: TestPlace, first: Actor, second: Actor, teacher: Actor) -> UUID:
    """A role for the teacher, asked for after everybody's account was made."""
    place.clock.instant += timedelta(minutes=1)
    with place.writing() as services:
        services.people.give(first, teacher.person_id, RoleDraft(Role.SAFEGUARDING_LEAD), WHY)
        (waiting,) = services.second_person.waiting(second)
    return waiting.card.id


def roles(place: TestPlace, administrator: Actor, person_id: UUID) -> set[Role]:
    with place.reading() as services:
        return {held.role for held in services.people.open(administrator, person_id).account.roles}


def approve(place: TestPlace, actor: Actor, request_id: UUID) -> object:
    with place.writing() as services:
        return services.second_person.approve(actor, request_id)


def test_a_role_that_reads_waits_and_is_given_with_the_approval(
    place: TestPlace, first: Actor, second: Actor, teacher: Actor, asked: UUID
) -> None:
    assert roles(place, first, teacher.person_id) == {Role.REPORTER}
    approve(place, second, asked)
    assert roles(place, first, teacher.person_id) == {Role.REPORTER, Role.SAFEGUARDING_LEAD}
    with place.reading() as services:
        told = services.unit.session.execute(
            select(AuditEntry.event, AuditEntry.actor_id)
            .where(AuditEntry.organisation_id == first.organisation_id)
            .order_by(AuditEntry.seq)
        ).all()
    assert [tuple(each) for each in told[-4:]] == [
        ("second_person.asked", first.person_id),
        ("second_person.approved", second.person_id),
        ("membership.given", second.person_id),
        ("person.invited", second.person_id),
    ]


def test_nobody_approves_their_own_and_whoever_it_is_about_neither(
    place: TestPlace, first: Actor, teacher: Actor, asked: UUID
) -> None:
    with pytest.raises(NotFound):
        approve(place, first, asked)
    about = replace(teacher, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(Refused) as refused:
        approve(place, about, asked)
    assert refused.value.message == "person.not_oneself"
    assert roles(place, first, teacher.person_id) == {Role.REPORTER}


def test_an_account_made_later_does_not_approve(
    place: TestPlace, people: People, first: Actor, teacher: Actor, asked: UUID
) -> None:
    place.clock.instant += timedelta(minutes=1)
    newcomer = people.actor(first.organisation_id, Role.ADMINISTRATOR)
    with pytest.raises(Refused) as refused:
        approve(place, newcomer, asked)
    assert refused.value.message == "second_person.newcomer"
    assert roles(place, first, teacher.person_id) == {Role.REPORTER}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("closed", [True, False])
def test_what_somebody_asked_for_who_may_ask_no_more_is_not_done(
    place: TestPlace, first: Actor, second: Actor, teacher: Actor, asked: UUID, *, closed: bool
) -> None:
    with place.writing() as services:
        if closed:
            services.people.disable(second, first.person_id)
        else:
            (held,) = services.people.open(second, first.person_id).account.roles
            services.people.end_role(second, first.person_id, held.membership_id)
    with pytest.raises(Refused, match="asker_gone"):
        approve(place, second, asked)
    assert roles(place, second, teacher.person_id) == {Role.REPORTER}
    with place.writing() as services:
        services.second_person.refuse(second, asked, "She has left.")


def test_what_another_organisation_asked_for_is_not_there(
    place: TestPlace, people: People, teacher: Actor, asked: UUID
) -> None:
    stranger = people.actor(people.school(), Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        approve(place, stranger, asked)
    with pytest.raises(NotPermitted):
        approve(place, teacher, asked)


def test_what_nobody_answered_in_time_has_expired(place: TestPlace, second: Actor, asked: UUID) -> None:
    place.clock.instant += timedelta(days=14)
    with pytest.raises(Refused) as refused:
        approve(place, second, asked)
    assert refused.value.message == "second_person.expired"
    with place.reading() as services:
        assert services.second_person.waiting(second) == ()
        assert services.second_person.decided(second)[0].card.state is RequestState.EXPIRED


def test_whoever_asked_sees_why_it_was_refused(
    place: TestPlace, first: Actor, second: Actor, asked: UUID
) -> None:
    with place.writing() as services:
        services.second_person.refuse(second, asked, "She told me that she leaves.")
    with place.opening() as services:
        found = services.second_person.open(first, asked)
    assert (found.reason, found.answer) == (WHY, "She told me that she leaves.")
    assert found.named.card.state is RequestState.REFUSED
    with pytest.raises(Refused):
        approve(place, second, asked)


def test_what_is_taken_back_says_so_and_the_same_does_not_wait_twice(
    place: TestPlace, first: Actor, teacher: Actor, asked: UUID
) -> None:
    with pytest.raises(Refused) as refused, place.writing() as services:
        services.people.give(first, teacher.person_id, RoleDraft(Role.SAFEGUARDING_LEAD), WHY)
    assert refused.value.message == "second_person.waits_already"
    with place.writing() as services:
        services.second_person.refuse(first, asked, "I asked for the wrong person.")
    with place.reading() as services:
        assert services.second_person.decided(first)[0].card.state is RequestState.WITHDRAWN


def test_a_refused_act_keeps_no_approval(
    place: TestPlace, first: Actor, second: Actor, teacher: Actor, asked: UUID
) -> None:
    with place.writing() as services:
        # Given behind its back.
        person = services.unit.session.get_one(Person, teacher.person_id)
        organisation = services.unit.session.get_one(Organisation, first.organisation_id)
        services.accounts.give(person, organisation, RoleDraft(Role.SAFEGUARDING_LEAD), by=None)
    with pytest.raises(Refused):
        approve(place, second, asked)
    with place.reading() as services:
        assert services.unit.session.get_one(SecondPersonRequest, asked).state is RequestState.WAITING


def test_a_reporter_is_added_at_once_and_the_rest_waits(place: TestPlace, first: Actor) -> None:
    drafted = PersonDraft(
        StaffCard("Bo", "bo@example.test", "", ""), (RoleDraft(Role.REPORTER), RoleDraft(Role.AUDITOR))
    )
    with pytest.raises(Refused) as refused, place.writing() as services:
        services.people.add(first, drafted, " ")
    assert (refused.value.field, refused.value.message) == ("why", "second_person.reason_missing")
    with place.writing() as services:
        person_id = services.people.add(first, drafted, WHY)
    assert roles(place, first, person_id) == {Role.REPORTER}
    with place.reading() as services:
        (waiting,) = services.second_person.about(first, person_id)
    assert waiting.card.codes == ("auditor", "0")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("way", ["password", "passkey", "identity"])
def test_a_link_for_an_account_with_a_way_in_goes_to_whoever_approves(
    place: TestPlace, holders: AccountHolders, first: Actor, second: Actor, way: str
) -> None:
    holder = holders.make(first.organisation_id, Role.REPORTER, passkey=way == "passkey")
    with place.writing() as services:
        if way != "password":
            services.unit.session.get_one(Person, holder.person_id).password_hash = None
        if way == "identity":
            linked = LinkedIdentity(id=new_id(), person_id=holder.person_id, provider="work")
            linked.identity_mac, linked.linked_at = b"m" * 32, place.clock.now()
            services.unit.session.add(linked)
    with pytest.raises(Refused), place.writing() as services:
        services.people.make_link(first, holder.person_id)
    with place.writing() as services:
        request_id = services.people.ask_link(first, holder.person_id, "Forgotten.")
    assert isinstance(approve(place, second, request_id), Link)


def test_a_closed_account_with_such_a_role_is_opened_by_two(
    place: TestPlace, holders: AccountHolders, first: Actor, second: Actor
) -> None:
    lead = holders.make(first.organisation_id, Role.SAFEGUARDING_LEAD)
    with place.writing() as services:
        services.people.disable(first, lead.person_id)
    with pytest.raises(Refused), place.writing() as services:
        services.people.enable(first, lead.person_id)
    with place.writing() as services:
        request_id = services.people.ask_reopening(first, lead.person_id, "Back from leave.")
    assert holders.sign_in(lead).begun is None
    approve(place, second, request_id)
    assert holders.sign_in(lead).begun is not None


def test_why_is_sealed(place: TestPlace, asked: UUID) -> None:
    with place.reading() as services:
        row = services.unit.session.get_one(SecondPersonRequest, asked)
        assert WHY.encode() not in row.reason_sealed
        assert row.codes == "safeguarding_lead 0"
