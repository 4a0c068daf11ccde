"""The school over HTTP: recording a concern, adding to it, the lead reading it, and the sad twins of each."""

from datetime import timedelta
from uuid import UUID

import pytest

from intake.policy.actor import Actor
from intake.vocabulary import Role
from tests.factories.people import People
from tests.support.client import Visitor
from tests.support.place import TestPlace
from tests.support.web import Visiting

ANSWERS = {
    "child_name": "Maya Ellison",
    "danger_now": "no",
    "missing_now": "no",
    "happened": 'Maya said: "he waits in the silver car".',
    "occurred_on": "today",
    "occurred_on-about": "just after lunch",
}


@pytest.fixture
def school(people: People) -> UUID:
    return people.school()


@pytest.fixture
def lead(people: People, school: UUID) -> Actor:
    return people.actor(school, Role.SAFEGUARDING_LEAD, name="Anna Okafor")


@pytest.fixture
def teacher(people: People, school: UUID, lead: Actor, visiting: Visiting) -> Visitor:
    return visiting(people.actor(school, Role.REPORTER, name="Priya Nair"))


def recorded(visitor: Visitor, **said: str) -> str:
    """Record a concern and return the address of its page."""
    form = visitor.get("/concerns/new").form("Send to the safeguarding lead").fill({**ANSWERS, **said})
    return form.submit("Send to the safeguarding lead", status=303).location


def test_a_teacher_records_a_concern_and_is_told_whom_to_ring(teacher: Visitor) -> None:
    page = teacher.get(recorded(teacher))
    assert page.shown.heading == "Received 10:00"
    assert "Anna Okafor" in page.text
    assert "0151 000 0000" in page.text
    assert "0151 907 8305" in page.text
    assert "Not read yet" in page.text
    assert 'Maya said: "he waits in the silver car".' in page.text
    assert "Maya" not in page.shown.title


def test_the_lead_reads_it_and_the_teacher_sees_when(
    teacher: Visitor, lead: Actor, visiting: Visiting, place: TestPlace
) -> None:
    address = recorded(teacher)
    place.clock.instant += timedelta(minutes=12)
    office = visiting(lead)
    listed = office.get("/concerns")
    assert "Maya Ellison" in listed.text
    read = listed.link("Maya Ellison")
    assert "he waits in the silver car" in read.text
    assert "Anna Okafor read it on 23 November 2026 at 10:12." in teacher.get(address).text
