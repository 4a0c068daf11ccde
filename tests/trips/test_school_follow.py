"""The school follows a referral over HTTP: opened, acknowledged, decided, answered; and two at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from intake.casework.drafts import CallDraft, DecisionDraft
from intake.errors import NotFound
from intake.ids import new_id
from intake.models.audit import AuditEntry
from intake.models.concern import Concern
from intake.models.referral import Referral, Release
from intake.policy.actor import Actor
from intake.vocabulary import Decision, ReferralState, Role
from tests.factories.people import People
from tests.factories.school import School, referral
from tests.support.place import TestPlace
from tests.support.web import Visiting


@pytest.fixture
def worker(people: People) -> Actor:
    return people.actor(people.hub(), Role.DUTY_WORKER, name="Sam Reed")


def send(school: School, *concern_ids: UUID) -> UUID:
    draft = referral(*(concern_ids or (school.record(),)))
    with school.place.writing() as services:
        return services.referrals.submit(school.lead, draft)


def acknowledge(place: TestPlace, worker: Actor, referral_id: UUID) -> None:
    with place.writing() as services:
        services.triage.take(worker, referral_id, 1)
    with place.opening() as services:
        services.hub_reading.read(worker, referral_id)
    with place.writing() as services:
        version = services.unit.session.get_one(Referral, referral_id).version
        services.triage.acknowledge(worker, referral_id, version)


def decide(place: TestPlace, worker: Actor, referral_id: UUID) -> None:
    said = DecisionDraft(
        decision=Decision.ASSESSMENT,
        rationale="The gifts and the car together.",
        would_change_it="",
        to_school="A social worker comes to school tomorrow.",
        advice="Keep Maya in at the end of the day.",
    )
    with place.writing() as services:
        version = services.unit.session.get_one(Referral, referral_id).version
        services.decisions.decide(worker, referral_id, version, said)


def count(place: TestPlace, table: type) -> int:
    with place.reading() as services:
        return services.unit.session.scalars(select(func.count()).select_from(table)).one()


def test_the_school_sees_who_acknowledged_it_and_what_was_decided(
    school: School, worker: Actor, place: TestPlace, visiting: Visiting
) -> None:
    referral_id = send(school)
    office = visiting(school.lead)
    place.clock.instant += timedelta(minutes=5)
    acknowledge(place, worker, referral_id)
    page = office.get(f"/referrals/{referral_id}").text
    assert "Sam Reed has acknowledged it." in page
    assert "Whom to ring now" not in page
    place.clock.instant += timedelta(minutes=5)
    decide(place, worker, referral_id)
    page = office.get(f"/referrals/{referral_id}").text
    for words in (
        "A social worker comes to school tomorrow.",
        "Keep Maya in at the end of the day.",
        "Done in time, on 23 November 2026 at 10:10am",
        "A duty worker acknowledged it 23 November 2026 at 10:05am · Sam Reed",
    ):
        assert words in page
    assert "The gifts and the car together." not in page


def test_that_the_school_read_the_answer_is_kept_once(
    school: School, worker: Actor, place: TestPlace, visiting: Visiting
) -> None:
    referral_id = send(school)
    acknowledge(place, worker, referral_id)
    decide(place, worker, referral_id)
    read_at = place.clock.instant
    visiting(school.lead).get(f"/referrals/{referral_id}")
    place.clock.instant += timedelta(minutes=20)
    visiting(school.deputy).get(f"/referrals/{referral_id}")
    with place.reading() as services:
        assert services.unit.session.scalars(select(Release.first_read_at)).one() == read_at
        opened = services.unit.session.scalars(select(AuditEntry).where(AuditEntry.event == "release.opened"))
        assert len(opened.all()) == 2


def test_a_call_about_a_referral_that_was_received_changes_no_state(
    school: School, worker: Actor, place: TestPlace, visiting: Visiting
) -> None:
    referral_id = send(school)
    with place.writing() as services:
        call = CallDraft("Sam", "", "", place.clock.instant - timedelta(minutes=1))
        services.referral_calls.record(school.lead, referral_id, call)
    with place.reading() as services:
        assert services.unit.session.get_one(Referral, referral_id).state is ReferralState.RECEIVED
    assert "You told Sam by telephone" in visiting(school.lead).get(f"/referrals/{referral_id}").text


def test_what_is_not_there_is_not_there(school: School, place: TestPlace) -> None:
    with pytest.raises(NotFound), place.opening() as services:
        services.referral_reading.open(school.lead, new_id())
    with pytest.raises(NotFound), place.opening() as services:
        services.children.open(school.lead, new_id())


def test_the_referrals_go_on_below_their_first_page(
    school: School, worker: Actor, place: TestPlace, visiting: Visiting
) -> None:
    sent = []
    concern_id = school.record()
    for _ in range(27):
        place.clock.instant += timedelta(seconds=30)
        sent.append(send(school, concern_id))
    first = visiting(school.lead).get("/referrals")
    links = set(first.shown.links.values())
    assert f"/referrals/{sent[2]}" in first.response.get_data(as_text=True)
    assert f"/referrals/{sent[1]}" not in first.response.get_data(as_text=True)
    assert any("before=" in link for link in links)
    older = first.link("Older →").response.get_data(as_text=True)
    assert f"/referrals/{sent[1]}" in older
    assert f"/referrals/{sent[2]}" not in older
    nobodys = visiting(school.lead).get(f"/referrals?before={new_id()}")
    assert f"/referrals/{sent[26]}" in nobodys.response.get_data(as_text=True)


def test_somebody_elses_referrals_are_not_in_a_teachers_list(
    school: School, worker: Actor, visiting: Visiting
) -> None:
    send(school)
    assert "Nothing has been sent yet." in visiting(school.teacher).get("/referrals").text


def test_two_presses_at_the_same_moment_are_one_record(
    school: School, visiting: Visiting, place: TestPlace, app: Flask
) -> None:
    visitor, begin = visiting(school.teacher), Barrier(2)
    said = {
        "child_name": "Maya",
        "danger_now": "no",
        "missing_now": "no",
        "happened": "x",
        "occurred_on": "today",
    }
    form = visitor.get("/concerns/new").form("Send to the safeguarding lead").fill(said)
    session = visitor.cookie("session")

    def press(_hand: int) -> str:
        client = app.test_client()
        client.set_cookie("session", session)
        begin.wait()
        answer = client.post("/concerns/new", data=form.values, headers={"Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 303, answer.status
        return str(answer.headers["Location"])

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(press, range(2))
    assert first == second
    assert count(place, Concern) == 1


def test_two_leads_who_open_it_at_once_are_one_first_reading(school: School, place: TestPlace) -> None:
    concern_id, begin = school.record(), Barrier(2)

    def read(actor: Actor) -> None:
        begin.wait()
        with place.opening() as services:
            services.concern_reading.open(actor, concern_id)

    with ThreadPoolExecutor(2) as both:
        list(both.map(read, (school.lead, school.deputy)))
    with place.reading() as services:
        events = services.unit.session.scalars(
            select(AuditEntry.event).where(AuditEntry.subject_id == concern_id)
        ).all()
    assert events.count("concern.read") == 1
    assert events.count("concern.opened") == 2
