"""Erasing over HTTP: what whoever might have opened it is told, and what everybody else is."""

import pytest

from intake.models.referral import Referral
from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.walk_erasing import erase
from tests.support.web import Visiting


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_whoever_might_have_opened_it_reads_the_certificate_and_nobody_else_learns_that_it_was_there(
    desk: Desk, people: People, visiting: Visiting
) -> None:
    referral_id, place = desk.decided(), desk.place
    with place.writing() as services:
        services.closing.close(desk.sam, referral_id, 4, "She is safe.")
        header = services.unit.session.get_one(Referral, referral_id)
    second = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")
    manager, approver, worker = visiting(desk.manager), visiting(second), visiting(desk.sam)
    left = erase(lambda box: f"Said of {box}.", manager, approver, f"/queue/{referral_id}", "hub")
    for words in ("This was erased", "Rae Whitlock", "Lou Brand", header.reference):
        assert words in left.text
    assert "Said of erasing.hub." in left.link("Why it was erased").text
    assert "Why it was erased" not in worker.get(f"/queue/{referral_id}", status=410).text
    for path in ("", "/notes", "/erase", "/hold", "/message"):
        page = worker if path not in {"/erase", "/hold"} else manager
        assert "This was erased" in page.get(f"/queue/{referral_id}{path}", status=410).text
    elsewhere = visiting(people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_MANAGER))
    elsewhere.get(f"/queue/{referral_id}", status=404)
    visiting(desk.lead).get(f"/referrals/{referral_id}")
    for path in ("/queue", "/queue?list=closed", "/queue/unfinished"):
        assert header.reference not in worker.get(path).text
    assert "Erased a case" in manager.get("/trail").text
    asked = approver.get("/second-person").link(f"Erase a closed referral: {header.reference}")
    assert "Said of erasing.hub." in asked.text
    assert "This was erased" in approver.get(asked.shown.links["Certificate of erasure"], status=410).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_two_who_hold_a_case_at_once_neither_loses_a_word(
    desk: Desk, people: People, visiting: Visiting
) -> None:
    path = f"/queue/{desk.decided()}/hold"
    second = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")
    mine, theirs = (visiting(each).get(path).form("Place the hold") for each in (desk.manager, second))
    mine.fill(reason="The inquest.")
    for _press in range(2):
        assert "It cannot be erased" in mine.submit("Place the hold", status=303).follow().text
    late = theirs.fill(reason="The family court.").submit("Place the hold", status=200)
    assert "There is a legal hold on this already" in late.shown.problems[0]
    assert "The inquest." in late.text
    assert late.form("Place the hold").values["reason"] == ["The family court."]
