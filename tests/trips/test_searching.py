"""Looking for a child over HTTP: asked, answered, gone back to, and seen from a referral."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake.models.person import FormDraftRow
from tests.factories.hub_work import Desk
from tests.factories.referrals import CHILD
from tests.factories.school import School, card
from tests.support.client import Answer, Visitor
from tests.support.databases import on_either
from tests.support.place import TestPlace
from tests.support.web import Visiting


@pytest.fixture
def sam(desk: Desk, visiting: Visiting) -> Visitor:
    return visiting(desk.sam)


def search(visitor: Visitor, **said: str) -> Answer:
    return visitor.get("/search").form("Search").fill(said).submit("Search", status=303).follow()


def test_a_duty_worker_finds_a_child_and_reads_the_referral(desk: Desk, sam: Visitor) -> None:
    desk.acknowledged()
    desk.arrive(child=card(given_name="Noor", family_name="Sample"))
    answer = search(sam, name="mya elison", born="9 3 2012")
    assert re.fullmatch(r"/search/[0-9a-f-]{36}", answer.response.request.path)
    assert "1 record may be about this child" in answer.text
    assert "Sam Reed has it" in answer.text
    assert "One letter of the name differs. Born on the same day." in answer.text
    assert "Noor" not in answer.text
    assert "silver car" not in answer.text
    assert "2 records that you may open were looked through" in answer.text
    assert "Maya Ellison" in sam.get(answer.shown.links["Maya Ellison"]).text
    by_number = search(sam, other="943 476 5919")
    assert "Every referral that you may open was asked for what you gave." in by_number.text
    assert "looked through" not in by_number.text
    # Going back, and asking once more with what was typed still there.
    again = sam.get(answer.response.request.path)
    assert again.form("Search").values["name"] == ["mya elison"]
    assert "1 record may be about this child" in again.text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_name_looked_for_too_late_is_kept_nowhere(desk: Desk, sam: Visitor, place: TestPlace) -> None:
    form = sam.get("/search").form("Search").fill(name="Maya Ellison")
    place.clock.instant += timedelta(minutes=31)
    asked = form.submit("Search").follow()
    assert "You were signed out after a while. Sign in to go on." in asked.text
    with place.reading() as services:
        assert services.unit.session.scalars(select(FormDraftRow)).all() == []


def test_nobody_is_found_and_the_page_says_what_else_to_try(desk: Desk, sam: Visitor) -> None:
    desk.arrive()
    answer = search(sam, name="Zebedee")
    assert "Nobody was found." in answer.text
    assert "Others may still know the child: ring them and ask." in answer.text


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ({}, "Give a name, a whole date of birth, or a number or nickname"),
        ({"born": "2012"}, "Give a name, a whole date of birth, or a number or nickname"),
        ({"other": "?"}, "Give a name, a whole date of birth, or a number or nickname"),
        (
            {"name": "Maya", "born": "31 2 2012"},
            "Write a date like 27 3 2012, a year like 2012, or an age like 14",
        ),
    ],
)
@on_either
def test_too_little_is_asked_again(sam: Visitor, said: dict[str, str], problem: str) -> None:
    shown = sam.get("/search").form("Search").fill(said).submit("Search", status=200).shown
    assert shown.problems == (problem,)


def test_a_referral_shows_whether_the_child_is_known_already(desk: Desk, sam: Visitor) -> None:
    earlier = desk.decided()
    now = desk.arrive(child=replace(CHILD, family_name="Stone"))
    answer = sam.get(f"/queue/{now}").link("See whether this child is already known here")
    assert "These may be about the same child. Read one to be sure." in answer.text
    assert f"/queue/{earlier}" in answer.shown.links.values()
    assert "The car, the gifts" not in answer.text
    assert (
        "No other referral here" in sam.get(f"/queue/{desk.arrive(child=card(given_name='Noor'))}/known").text
    )


def test_a_lead_finds_the_childs_file(school: School, visiting: Visiting) -> None:
    file_id = school.child(card(given_name="Zoë", family_name="Łukasik", nhs_number="9434765910"))
    answer = search(visiting(school.lead), name="zoe lukasik")
    assert "Child's file" in answer.text
    shown = visiting(school.lead).get(f"/children/{file_id}")
    assert "The NHS number cannot be right" in shown.text


def test_numbers_that_cannot_be_right_are_said_and_kept_all_the_same(
    school: School, visiting: Visiting
) -> None:
    lead = visiting(school.lead)
    concern_id = school.record()
    lead.get(f"/concerns/{concern_id}")
    form = lead.get(f"/referrals/new?concern={concern_id}").form("See who will receive it")
    form.fill({"given_name": "Maya", "nhs_number": "943 476 5910", "upn": "J801200001001"})
    form.fill(
        {"identifiers": "AB12 CDE", "home": "known", "home_council": "E06000006", "where_now": "In school"}
    )
    form.fill(
        {"danger_now": "no", "missing_now": "no", "parents_told": "yes", "sender_phone": "0151 496 0001"}
    )
    check = form.submit("See who will receive it", status=303).follow()
    assert "The NHS number cannot be right" in check.text
    assert "The UPN cannot be right" in check.text
    check.form("Keep it, and ring").submit("Keep it, and ring", status=303)
