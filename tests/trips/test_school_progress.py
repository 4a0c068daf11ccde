"""What the person who recorded a concern reads of it: in each state what happened, and what comes next."""

from datetime import timedelta
from uuid import UUID

import pytest

from intake.casework.drafts import DecisionDraft, KeptDraft
from intake.models.concern import Concern, Exclusion
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.vocabulary import Decision, Role
from tests.factories.people import People
from tests.factories.school import School, referral
from tests.support.client import Visitor
from tests.support.place import TestPlace
from tests.support.web import Visiting

REFER = "Refer it to the council yourself"


@pytest.fixture
def worker(people: People) -> Actor:
    return people.actor(people.hub(), Role.DUTY_WORKER, name="Sam Reed")


@pytest.fixture
def teacher(school: School, visiting: Visiting) -> Visitor:
    return visiting(school.teacher)


def send(school: School, actor: Actor, concern_id: UUID) -> UUID:
    with school.place.writing() as services:
        return services.referrals.submit(actor, referral(concern_id))


def decide(place: TestPlace, worker: Actor, referral_id: UUID) -> None:
    with place.writing() as services:
        services.triage.take(worker, referral_id, 1)
    with place.opening() as services:
        services.hub_reading.read(worker, referral_id)
    said = DecisionDraft(Decision.ASSESSMENT, "The gifts.", "", "A social worker comes tomorrow.", "")
    for act in ("acknowledge", "decide"):
        with place.writing() as services:
            version = services.unit.session.get_one(Referral, referral_id).version
            if act == "acknowledge":
                services.triage.acknowledge(worker, referral_id, version)
            else:
                services.decisions.decide(worker, referral_id, version, said)


def test_a_lead_learns_nothing_of_a_referral_that_is_closed_to_them_and_its_recorder_all_the_same(
    school: School, teacher: Visitor, visiting: Visiting, place: TestPlace
) -> None:
    concern_id = school.record()
    for closed in (False, True):
        sent = send(school, school.lead, concern_id)
        with place.writing() as services:
            reference = services.unit.session.get_one(Referral, sent).reference
            if closed:
                out = Exclusion(case_id=sent, person_id=school.deputy.person_id, since_at=place.clock.instant)
                services.unit.session.add(out)
        for actor, there in ((school.deputy, not closed), (school.lead, True)):
            assert (reference in visiting(actor).get(f"/concerns/{concern_id}").text) is there
    assert "It has been referred" in teacher.get(f"/concerns/{concern_id}").text


def test_nobody_has_read_it(school: School, teacher: Visitor) -> None:
    page = teacher.get(f"/concerns/{school.record()}")
    assert page.shown.heading == "Received 10am"
    assert "Not read yet" in page.text
    assert "Your lead or a deputy reads it." in page.text
    assert REFER in page.shown.links


def test_nobody_read_it_and_it_went_to_the_deputy(
    school: School, visiting: Visiting, place: TestPlace
) -> None:
    concern_id = school.record()
    place.clock.instant += timedelta(minutes=31)
    with place.writing() as services:
        services.alerts.raise_due()
    school.read(concern_id)
    page = visiting(school.teacher).get(f"/concerns/{concern_id}")
    assert "Nobody had read it, so it went to Ruth Adeyemi too 23 November 2026 at 10:31am" in page.text


def test_the_lead_has_read_it_and_decides(school: School, teacher: Visitor) -> None:
    concern_id = school.record()
    school.read(concern_id)
    page = teacher.get(f"/concerns/{concern_id}")
    assert page.shown.heading == "It has been read"
    assert "Read 23 November 2026 at 10am · Anna Okafor" in page.text
    assert "Anna Okafor decides: refer it to the council, or keep it in school and say why." in page.text
    assert "Tell somebody yourself" not in page.text
    assert REFER in page.shown.links


def test_the_lead_kept_it_in_school(school: School, teacher: Visitor, place: TestPlace) -> None:
    concern_id = school.record()
    school.read(concern_id)
    with place.writing() as services:
        version = services.unit.session.get_one(Concern, concern_id).version
        services.concerns.keep(
            school.lead, concern_id, KeptDraft("Her uncle.", "", "Tell me again."), version=version
        )
    page = teacher.get(f"/concerns/{concern_id}")
    assert page.shown.heading == "It is kept in school"
    assert "What Anna Okafor tells you Tell me again." in page.text
    assert "Say so to Anna Okafor today. You may still refer it yourself." in page.text
    assert REFER in page.shown.links


def test_the_lead_referred_it(school: School, teacher: Visitor, worker: Actor) -> None:
    concern_id = school.record()
    school.read(concern_id)
    send(school, school.lead, concern_id)
    page = teacher.get(f"/concerns/{concern_id}")
    assert page.shown.heading == "It has been referred"
    assert "Referred to Duty desk (test) 23 November 2026 at 10am · Anna Okafor" in page.text
    assert "Duty desk (test) must decide by 24 November 2026 at 10am." in page.text
    assert REFER not in page.shown.links
    assert not any(address.startswith("/referrals/") for address in page.shown.links.values())


def test_nobody_here_receives_it(school: School, teacher: Visitor) -> None:
    concern_id = school.record()
    send(school, school.lead, concern_id)
    page = teacher.get(f"/concerns/{concern_id}")
    assert "Nobody has it yet: Anna Okafor has to ring the council" in page.text
    assert "Not read yet" in page.text
    assert "Tell somebody yourself" in page.text


def test_it_was_decided_and_the_lead_was_told(
    school: School, teacher: Visitor, worker: Actor, place: TestPlace
) -> None:
    concern_id = school.record()
    decide(place, worker, send(school, school.lead, concern_id))
    page = teacher.get(f"/concerns/{concern_id}")
    assert page.shown.heading == "The council has decided"
    assert "They decided 23 November 2026 at 10am · Duty desk (test)" in page.text
    assert "What they decided was told to Anna Okafor." in page.text
    assert "A social worker comes tomorrow." not in page.text


def test_it_was_decided_and_whoever_sent_it_may_read_the_answer(
    school: School, teacher: Visitor, worker: Actor, place: TestPlace
) -> None:
    concern_id = school.record()
    decide(place, worker, send(school, school.teacher, concern_id))
    page = teacher.get(f"/concerns/{concern_id}").link("Read what they decided")
    assert "Duty desk (test) decided on 23 November 2026 at 10am." in page.text
    assert "A social worker comes tomorrow." in page.text
