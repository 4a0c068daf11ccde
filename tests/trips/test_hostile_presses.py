"""Buttons pressed twice, in two tabs, and with keys we never gave out: one record, or a way to go on."""

from threading import Thread

from flask import Flask
from sqlalchemy import func, select

from intake.models.concern import Concern
from intake.models.referral import Referral
from intake.vocabulary import Role
from tests.factories.people import People
from tests.factories.school import HALTON, School
from tests.support.client import Filled, Visitor
from tests.support.place import TestPlace
from tests.support.web import Visiting

RECORD = "Send to the safeguarding lead"
LOOK = "See who will receive it"
SEND = "Send it now"
SAID = {
    "child_name": "Maya Ellison",
    "danger_now": "no",
    "missing_now": "no",
    "happened": "A car waited for her.",
    "occurred_on": "today",
}
ANSWERS = {
    "home": "known",
    "home_council": HALTON,
    "where_now": "In the front office with me",
    "parents_told": "yes",
    "sender_phone": "07700 900123",
}


def count(place: TestPlace, table: type) -> int:
    with place.reading() as services:
        return services.unit.session.scalars(select(func.count()).select_from(table)).one()


def at_once(*tabs: Visitor, forms: tuple[Filled, ...]) -> list[int]:
    """Post each form from its own tab, all at one moment, and return how they were answered."""
    answered: list[int] = []

    def press(tab: Visitor, form: Filled) -> None:
        answered.append(tab.send("post", form.form.action, form.values).status)

    presses = [Thread(target=press, args=each) for each in zip(tabs, forms, strict=True)]
    for each in presses:
        each.start()
    for each in presses:
        each.join(30)
    return sorted(answered)


def tab_of(app: Flask, visitor: Visitor) -> Visitor:
    """Return another tab of the same browser."""
    tab = Visitor(app)
    tab.take("session", visitor.cookie("session"))
    return tab


def test_a_form_with_a_key_of_nobodys_can_be_sent_all_the_same(
    school: School, visiting: Visiting, place: TestPlace
) -> None:
    form = visiting(school.teacher).get("/concerns/new").form(RECORD).fill(SAID)
    form.values["once_key"] = ["made up"]
    again = form.submit(RECORD, status=200)
    assert count(place, Concern) == 0
    again.form(RECORD).submit(RECORD, status=303)
    assert count(place, Concern) == 1


def test_a_key_given_to_somebody_else_is_nobodys(
    school: School, visiting: Visiting, place: TestPlace
) -> None:
    theirs = visiting(school.lead).get("/concerns/new").form(RECORD).values["once_key"]
    form = visiting(school.teacher).get("/concerns/new").form(RECORD).fill(SAID)
    form.values["once_key"] = theirs
    form.submit(RECORD, status=200)
    assert count(place, Concern) == 0


def test_one_form_pressed_three_times_at_once_is_one_record(
    app: Flask, school: School, visiting: Visiting, place: TestPlace
) -> None:
    first = visiting(school.teacher)
    form = first.get("/concerns/new").form(RECORD).fill(SAID)
    tabs = [tab_of(app, first) for _tab in range(3)]
    assert at_once(*tabs, forms=(form, form, form)) == [303, 303, 303]
    assert count(place, Concern) == 1


def test_one_referral_sent_from_two_tabs_at_once_is_one_referral(
    app: Flask, school: School, people: People, visiting: Visiting, place: TestPlace
) -> None:
    people.actor(people.hub(), Role.DUTY_WORKER)
    concern_id = school.record(child_file_id=school.child())
    lead = visiting(school.lead)
    form = lead.get(f"/referrals/new?concern={concern_id}").form(LOOK).fill(ANSWERS)
    one = form.submit(LOOK, status=303).follow().form(SEND)
    other = lead.get(f"/referrals/new/check?concern={concern_id}").form(SEND)
    assert one.values["once_key"] != other.values["once_key"]
    at_once(lead, tab_of(app, lead), forms=(one, other))
    assert count(place, Referral) == 1
