"""A service's rota over HTTP, and who is asked why they looked while others were on duty."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.errors import NotFound, Refused
from intake.models.duty_shift import DutyShift
from intake.policy.actor import Actor
from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.client import Answer
from tests.support.web import Visiting

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def _put(page: Answer, who: Actor, since: str, until: str, day: int = 23) -> Answer:
    form = page.form("Put them on duty").fill(person=str(who.person_id), since=since, until_time=until)
    return form.fill({"on-day": str(day), "on-month": "11", "on-year": "2026"}).submit()


def test_a_manager_keeps_a_rota_in_which_what_has_begun_stays(
    desk: Desk, people: People, visiting: Visiting
) -> None:
    rae = visiting(desk.manager)
    page = rae.get("/queue").link("Oversight").link("Rota")
    assert "Nobody stands on the rota." in page.text
    assert "Your shift has begun" in _put(page, desk.manager, "9am", "5pm").shown.problems[0]
    assert "Choose a day of the last seven" in _put(page, desk.sam, "9am", "5pm", day=16).shown.problems[0]
    begun = _put(page, desk.sam, "9am", "5pm").follow()
    assert "Sam Reed Mon 23 Nov 9am Mon 23 Nov 5pm Stays: it has begun" in begun.shown.main
    night = _put(begun, desk.jo, "10pm", "6am").follow()
    assert "Jo Marsh Mon 23 Nov 10pm Tue 24 Nov 6am" in night.shown.main
    gone = night.form("Take it away: Jo Marsh, Mon 23 Nov 10pm").submit().follow()
    assert "It is off the rota." in gone.text
    assert "Jo Marsh Mon" not in gone.shown.main
    assert [said in rae.get("/trail").text for said in ("that somebody is on duty", "off the rota")] == [
        True
    ] * 2
    visiting(desk.sam).get("/rota", status=403)
    elsewhere = people.actor(people.hub("cardiff-mash"), Role.DUTY_MANAGER)
    with desk.place.writing() as services:
        shift_id = services.unit.session.scalars(select(DutyShift.id)).one()
        with pytest.raises(Refused, match=r"rota\.begun"):
            services.rota.remove(desk.manager, shift_id)
        with pytest.raises(NotFound):
            services.rota.remove(elsewhere, shift_id)


def test_whoever_looks_off_the_rota_without_a_task_is_asked_and_nobody_is_kept_out(
    desk: Desk, visiting: Visiting
) -> None:
    referral = desk.acknowledged()
    _put(visiting(desk.manager).get("/rota"), desk.sam, "9am", "5pm")
    for actor in (desk.sam, desk.jo):
        with desk.place.opening() as services:
            services.hub_reading.read(actor, referral)
    desk.place.clock.instant += timedelta(days=1)
    shown = visiting(desk.manager).get("/trail/looking").shown.main
    assert "Jo Marsh Opened records while others were on duty, without a task: 1 record" in shown
    assert "Sam Reed" not in shown
    assert "Who was on duty at times that stand on no rota" in shown
