"""A copy for information: a receipt and keys of its own, read by whom it was given, and nobody's work."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from intake.casework.drafts import CallDraft, PassOnDraft, WrongPlaceDraft
from intake.errors import NotFound, NotPermitted, Refused
from intake.models.audit import AuditEntry
from intake.models.concern import Exclusion
from intake.models.key_grant import KeyGrant
from intake.models.passing import Passing
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.routing.directory_folder import read_directory
from intake.services.drafts import Author
from intake.services.grants import Grants
from intake.vocabulary import Answer, Compartment, PassingState, PassingWhy, QueueList, ReferralState, Role
from tests.factories.people import People
from tests.factories.school import CARDIFF, HALTON, MAYA, School, referral
from tests.support.place import TestPlace

YORK, NEWPORT = "E06000014", "W06000022"


@pytest.fixture
def leading(people: People) -> Actor:
    """Somebody on duty in Halton, where the child is."""
    return people.actor(people.hub(), Role.DUTY_WORKER)


@pytest.fixture
def told(people: People) -> Actor:
    """Somebody on duty in Cardiff, where the child lives."""
    return people.actor(people.hub("cardiff-mash", CARDIFF), Role.DUTY_WORKER)


def send(place: TestPlace, school: School, **said: Any) -> UUID:  # noqa: ANN401 - any answer
    usual: dict[str, Any] = {
        "home_authority": CARDIFF,
        "found_authority": HALTON,
        "protection_now": Answer.YES,
    }
    draft = referral(school.record(), **{**usual, **said})
    with place.writing() as services:
        return services.referrals.submit(school.lead, draft)


def events(place: TestPlace, organisation_id: UUID) -> list[str]:
    with place.reading() as services:
        found = select(AuditEntry.event).where(AuditEntry.organisation_id == organisation_id)
        return list(services.unit.session.scalars(found.order_by(AuditEntry.seq)))


def listed(place: TestPlace, actor: Actor) -> list[UUID]:
    with place.reading() as services:
        return [copy.id for copy in services.copies.listed(actor)]


def test_the_copy_has_its_own_keys_and_its_own_receipt_in_both_trails(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    referral_id = send(place, school)
    with place.reading() as services:
        held = services.unit.session.execute(
            select(KeyGrant.compartment, KeyGrant.organisation_id).where(KeyGrant.case_id == referral_id)
        )
        parts = (Compartment.REFERRAL, Compartment.IDENTITY)
        everybody = (school.id, leading.organisation_id, told.organisation_id)
        assert set(held) == {(part, holder) for part in parts for holder in everybody}
    assert events(place, school.id)[-2:] == ["referral.sent", "referral.copied"]
    assert events(place, leading.organisation_id)[-1] == "referral.received"
    assert events(place, told.organisation_id)[-1] == "referral.received_for_information"


def test_a_copy_is_read_where_it_was_given_and_is_nobodys_work_there(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    referral_id = send(place, school)
    assert listed(place, told) == [referral_id]
    assert listed(place, leading) == []
    with place.opening() as services:
        assert services.queue.show(told, QueueList.ALL).cards == ()
        assert len(services.queue.show(leading, QueueList.ALL).cards) == 1
    with place.opening() as services:
        read = services.copies.read(told, referral_id)
        assert (read.child, read.history) == (MAYA, ())
        assert read.sent.where_now == "In the front office with me"
    assert events(place, told.organisation_id)[-1] == "referral.opened"
    with place.opening() as services, pytest.raises(NotFound):
        services.copies.read(leading, referral_id)
    with place.opening() as services, pytest.raises(NotFound):
        services.hub_reading.read(told, referral_id)


def test_who_leads_is_not_told_twice_and_nobody_else_has_a_copy(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    send(place, school, found_authority=None, protection_now=None)
    assert events(place, told.organisation_id)[-1] == "referral.received"
    assert listed(place, told) == []
    assert listed(place, leading) == []


def test_a_council_that_looks_after_the_child_leads_and_home_has_the_copy(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    answers = {"in_care": True, "caring_authority": HALTON, "protection_now": None, "found_authority": None}
    referral_id = send(place, school, **answers)
    assert events(place, leading.organisation_id)[-1] == "referral.received"
    assert listed(place, told) == [referral_id]


def test_a_copy_nobody_can_lead_is_still_a_copy(school: School, told: Actor, place: TestPlace) -> None:
    referral_id = send(place, school)
    assert listed(place, told) == [referral_id]
    with place.reading() as services:
        assert services.unit.session.get_one(Referral, referral_id).hub_id is None


def test_whoever_has_a_tie_to_the_child_finds_no_copy(
    school: School, leading: Actor, told: Actor, people: People, place: TestPlace
) -> None:
    referral_id = send(place, school)
    colleague = people.actor(told.organisation_id, Role.DUTY_WORKER)
    with place.writing() as services:
        services.ties.of_copy(colleague, referral_id, told.person_id)
    assert (listed(place, told), listed(place, colleague)) == ([], [referral_id])
    with place.opening() as services, pytest.raises(NotFound):
        services.copies.read(told, referral_id)


def test_a_copy_whose_keys_were_ended_is_gone(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    referral_id = send(place, school)
    with place.writing() as services:
        row = services.unit.session.get_one(Referral, referral_id)
        Grants(services.audit, services.keys).end(row, told.organisation_id)
    assert listed(place, told) == []
    with place.opening() as services, pytest.raises(NotFound):
        services.copies.read(told, referral_id)


def test_a_school_reads_no_copies(school: School, told: Actor, place: TestPlace) -> None:
    referral_id = send(place, school)
    with place.opening() as services, pytest.raises(NotPermitted):
        services.copies.read(school.lead, referral_id)
    with place.reading() as services, pytest.raises(NotPermitted):
        services.copies.listed(school.lead)


def test_a_hub_where_only_the_person_named_works_does_not_receive(
    school: School, people: People, place: TestPlace
) -> None:
    hub_id = people.hub()
    alone = people.actor(hub_id, Role.DUTY_WORKER)
    concern_id = school.record()
    with place.writing() as services:
        services.unit.session.add(
            Exclusion(case_id=concern_id, person_id=alone.person_id, since_at=place.clock.now())
        )
    with place.reading() as services:
        routed = services.routing.ask(referral(concern_id), school_id=school.id)
        assert (routed.hub_id, routed.decision.lead_receives_here) == (None, False)
    people.actor(hub_id, Role.DUTY_MANAGER)
    with place.reading() as services:
        assert services.routing.ask(referral(concern_id), school_id=school.id).hub_id == hub_id


def test_what_the_form_asks_comes_into_the_question(school: School, place: TestPlace) -> None:
    plain = referral(school.record())
    with place.reading() as services:
        asked = services.routing.ask(plain, school_id=school.id).question
        assert not any((asked.urgent, asked.in_care, asked.allocated, asked.about_staff))
        draft = replace(
            plain,
            protection_now=Answer.YES,
            in_care=True,
            caring_authority=CARDIFF,
            has_worker=Answer.YES,
            about_staff=Answer.YES,
            due_on=place.clock.now().date(),
        )
        asked = services.routing.ask(draft, school_id=school.id).question
        assert all((asked.urgent, asked.in_care, asked.allocated, asked.about_staff))
        assert (asked.caring, asked.age, asked.due_on) == (CARDIFF, None, draft.due_on)
        named = replace(plain, named_staff_ids=(school.lead.person_id,))
        assert services.routing.ask(named, school_id=school.id).question.about_staff
        denied = replace(named, about_staff=Answer.NO)
        assert not services.routing.ask(denied, school_id=school.id).question.about_staff


def test_where_the_child_is_goes_by_its_postcode_and_a_named_council_is_believed(
    school: School, place: TestPlace
) -> None:
    plain = referral(school.record(), found_postcode="WA8 7QF")
    with place.reading() as services:
        found = services.routing.ask(plain, school_id=school.id).question.found
        assert found is not None
        assert (found.postcode, found.authority) == ("WA8 7QF", None)
        assert found.located is not None
        assert found.located.authority is not None
        assert found.located.authority.code == HALTON
        named = replace(plain, found_authority=CARDIFF)
        found = services.routing.ask(named, school_id=school.id).question.found
        assert found is not None
        assert (found.postcode, found.authority) == ("WA8 7QF", CARDIFF)


def pass_on(place: TestPlace, by: Actor, referral_id: UUID, council: str) -> UUID:
    """Have somebody take a referral that just arrived, and offer it to a council; returns the offer's id."""
    with place.writing() as services:
        services.triage.take(by, referral_id, 1)
    with place.writing() as services:
        draft = PassOnDraft(PassingWhy.WRONG_AREA, "She is at home again.", council)
        services.passing_on.pass_on(by, referral_id, 2, draft)
    with place.reading() as services:
        return services.unit.session.scalars(select(Passing.id)).one()


def test_whoever_declines_to_lead_still_has_the_copy_it_was_given(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    referral_id = send(place, school)
    offer_id = pass_on(place, leading, referral_id, CARDIFF)
    with place.writing() as services:
        services.offers.decline(told, offer_id, "She is still in Widnes.")
    assert listed(place, told) == [referral_id]
    with place.opening() as services:
        assert services.copies.read(told, referral_id).child == MAYA
    assert events(place, told.organisation_id)[-2:] == ["referral.declined", "referral.opened"]


def test_an_offer_that_is_withdrawn_takes_no_copy_away(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    referral_id = send(place, school)
    pass_on(place, leading, referral_id, CARDIFF)
    with place.writing() as services:
        services.passing_on.keep(leading, referral_id, 3)
    assert listed(place, told) == [referral_id]
    with place.opening() as services, pytest.raises(NotFound):
        services.hub_reading.read(told, referral_id)


def test_a_referral_from_the_wrong_place_goes_to_no_hub_where_only_somebody_named_in_it_works(
    school: School, leading: Actor, told: Actor, people: People, place: TestPlace
) -> None:
    referral_id = send(place, school)
    with place.writing() as services:
        services.unit.session.add(
            Exclusion(case_id=referral_id, person_id=told.person_id, since_at=place.clock.now())
        )
    with place.writing() as services:
        services.wrong_place.said_by_hub(leading, referral_id, 1, WrongPlaceDraft("Not here.", CARDIFF))
    with place.reading() as services:
        header = services.unit.session.get_one(Referral, referral_id)
        assert (header.hub_id, header.state) == (None, ReferralState.NOT_SENT_BY_US)


def calls_to_make(place: TestPlace, school: School, referral_id: UUID) -> list[str]:
    with place.opening() as services:
        return [one.name for one in services.referral_reading.open(school.lead, referral_id).to_tell]


def test_whoever_is_told_and_does_not_receive_here_is_on_the_leads_page_until_a_call_is_recorded(
    school: School, leading: Actor, place: TestPlace
) -> None:
    referral_id = send(place, school)
    with place.opening() as services:
        (waiting,) = services.referral_reading.open(school.lead, referral_id).to_tell
        listed = services.referral_reading.listed(school.lead)
    assert waiting.name == read_directory().services["cardiff-mash"].name
    assert [each.card.id for each in listed.unsent] == [referral_id]
    assert (listed.unsent[0].card.to_tell, listed.sent) == (True, ())

    call = CallDraft("Nia Rowlands", waiting.phone, "She writes it down.", place.clock.now())
    with place.writing() as services:
        services.referral_calls.record(school.lead, referral_id, call)
        missed = replace(call, telling_id=waiting.id, answered=False)
        services.referral_calls.record(school.lead, referral_id, missed)
    assert calls_to_make(place, school, referral_id) == [waiting.name]
    with place.writing() as services:
        services.referral_calls.record(school.lead, referral_id, replace(call, telling_id=waiting.id))
    assert calls_to_make(place, school, referral_id) == []
    with place.opening() as services:
        assert services.referral_reading.listed(school.lead).unsent == ()
    with pytest.raises(NotFound), place.writing() as services:
        services.referral_calls.record(school.lead, referral_id, replace(call, telling_id=uuid4()))


def test_telling_somebody_for_information_is_not_sending_it(school: School, place: TestPlace) -> None:
    referral_id = send(place, school)
    with place.opening() as services:
        (waiting,) = services.referral_reading.open(school.lead, referral_id).to_tell
    call = CallDraft("Nia Rowlands", "", "", place.clock.now(), telling_id=waiting.id)
    with place.writing() as services:
        services.referral_calls.record(school.lead, referral_id, call)
        state = services.unit.session.get_one(Referral, referral_id).state
    assert state is ReferralState.NOT_SENT_BY_US


@pytest.mark.parametrize("receives", [True, False])
def test_whoever_another_routing_names_is_told_once_that_routing_stands(
    *, receives: bool, school: School, leading: Actor, told: Actor, people: People, place: TestPlace
) -> None:
    """Cardiff looks after the child; that she lives in Newport is learned only after Halton had it."""
    door = read_directory().duty_services(NEWPORT, place.clock.now())[0]
    third = people.actor(people.hub(door.slug, NEWPORT), Role.DUTY_WORKER) if receives else None
    answers = {"in_care": True, "caring_authority": CARDIFF, "protection_now": None, "found_authority": None}
    referral_id = send(place, school, home_authority=YORK, **answers)

    pass_to(place, told, referral_id, HALTON)
    accept(place, leading, referral_id)
    pass_to(place, leading, referral_id, NEWPORT)
    assert calls_to_make(place, school, referral_id) == []
    assert third is None or listed(place, third) == []
    accept(place, told, referral_id)

    if third is None:
        assert calls_to_make(place, school, referral_id) == [door.name]
        return
    assert calls_to_make(place, school, referral_id) == []
    assert listed(place, third) == [referral_id]
    assert "referral.copied" in events(place, school.id)
    assert events(place, third.organisation_id)[-1] == "referral.received_for_information"
    with place.opening() as services:
        read = services.copies.read(third, referral_id)
    assert read.child == MAYA
    assert read.trace is not None
    assert NEWPORT in read.trace.question_json


def pass_to(place: TestPlace, by: Actor, referral_id: UUID, council: str) -> None:
    """Have somebody take a referral, if they have not, and offer it to a council."""
    for act in ("take", "pass on"):
        with place.writing() as services:
            header = services.unit.session.get_one(Referral, referral_id)
            if act == "pass on":
                draft = PassOnDraft(PassingWhy.WRONG_AREA, "She is not here.", council)
                services.passing_on.pass_on(by, referral_id, header.version, draft)
            elif header.taken_by != by.person_id:
                services.triage.take(by, referral_id, header.version)


def accept(place: TestPlace, by: Actor, referral_id: UUID) -> None:
    with place.writing() as services:
        waiting = select(Passing.id).where(
            Passing.referral_id == referral_id, Passing.state == PassingState.OFFERED
        )
        services.offers.accept(by, services.unit.session.scalars(waiting).one())


def test_a_copy_in_the_wrong_place_is_taken_back_with_a_record_and_the_lead_goes_on(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    referral_id = send(place, school)
    with place.opening() as services:
        services.copies.read(told, referral_id)
        (held,) = services.referral_reading.open(school.lead, referral_id).copies
    assert held.hub_id == told.organisation_id
    with place.writing() as services:
        breach_id = services.wrong_place.copy_said_by_school(
            school.lead, referral_id, held.hub_id, WrongPlaceDraft("She never lived in Cardiff.", None)
        )
    assert listed(place, told) == []
    with place.opening() as services, pytest.raises(NotFound):
        services.copies.read(told, referral_id)
    with place.opening() as services:
        assert services.hub_reading.read(leading, referral_id).child == MAYA
    author = Author(school.lead.person_id, school.id, school.id)
    with place.opening() as services:
        breach = services.breaches.open(school.lead, author, breach_id)
        opened = services.referral_reading.open(school.lead, referral_id)
    assert (breach.was_copy, breach.answerable) == (True, opened.sent.school_name)
    assert [seen.event for seen in breach.seen or ()] == ["referral.opened"]
    assert opened.copies == ()
    assert [stray.was_copy for stray in opened.strays] == [True]
    assert events(place, told.organisation_id)[-2:] == ["breach.told", "grant.ended"]
    with place.writing() as services, pytest.raises(NotFound):
        services.wrong_place.copy_said_by_hub(told, referral_id, WrongPlaceDraft("Not ours.", None))


def test_the_service_that_has_a_copy_may_say_itself_that_it_should_not(
    school: School, leading: Actor, told: Actor, place: TestPlace
) -> None:
    referral_id = send(place, school)
    with place.writing() as services, pytest.raises(Refused):
        services.wrong_place.copy_said_by_hub(told, referral_id, WrongPlaceDraft(" ", None))
    with place.writing() as services, pytest.raises(NotFound):
        services.wrong_place.copy_said_by_hub(leading, referral_id, WrongPlaceDraft("Not ours.", None))
    with place.writing() as services:
        services.wrong_place.copy_said_by_hub(told, referral_id, WrongPlaceDraft("Not ours.", None))
    assert listed(place, told) == []
    assert "breach.told" in events(place, school.id)
