"""A referral where the directory of postcodes was imported: the page asks less, and warns."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from intake.models.places import Postcode, PostcodeRelease
from intake.vocabulary import Role
from tests.factories.people import People
from tests.factories.school import CARDIFF, HALTON, School
from tests.support.client import Visitor
from tests.support.databases import on_either
from tests.support.place import TestPlace
from tests.support.web import Visiting

LOOK = "See who will receive it"
ANSWERS = {
    "home": "known",
    "home_council": "",
    "where_now": "In the front office with me",
    "parents_told": "yes",
    "sender_phone": "07700 900123",
}
_RELEASED = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def office(school: School, people: People, visiting: Visiting, place: TestPlace) -> Visitor:
    people.actor(people.hub(), Role.DUTY_WORKER, name="Sam Reed")
    with place.writing() as services:
        services.unit.session.add(
            PostcodeRelease(
                id=1,
                name="ONSPD_NOV_2026_UK.csv",
                released_on=date(2026, 11, 1),
                source="made up",
                sha256=bytes(32),
                whole=True,
                row_count=3,
                begun_at=_RELEASED,
                finished_at=_RELEASED,
                loaded_by="an operator",
            )
        )
        for inward, council, ended in (
            ("0AA", HALTON, None),
            ("0AB", HALTON, date(2019, 3, 1)),
            ("0AC", CARDIFF, None),
        ):
            row = Postcode(release_id=1, outward="WA8", inward=inward, authority_code=council, country="E")
            row.terminated_on = ended
            services.unit.session.add(row)
    return visiting(school.lead)


def look(office: Visitor, concern_id: UUID, postcode: str, status: int) -> str:
    form = office.get(f"/referrals/new?concern={concern_id}").form(LOOK)
    page = form.fill({**ANSWERS, "home_postcode": postcode}).submit(LOOK, status=status)
    return page.follow().text if status == 303 else page.shown.problems[0]


def test_a_postcode_of_the_table_needs_no_question(office: Visitor, school: School) -> None:
    assert "Halton leads, because the child lives there." in look(office, school.record(), "wa8 0aa", 303)


def test_one_no_longer_in_use_is_routed_with_a_warning(office: Visitor, school: School) -> None:
    words = look(office, school.record(), "WA8 0AB", 303)
    assert "Halton leads, because the child lives there." in words
    assert "That postcode is no longer in use. Check the address" in words


@pytest.mark.parametrize(
    ("postcode", "asked"),
    [
        ("WA8", "That postcode may be in Halton or Cardiff. Choose the council"),
        (
            "WA8 9ZZ",
            "We cannot find that postcode. Check it; others that begin like it are in Halton or Cardiff.",
        ),
        ("EH1 1AA", "That postcode is outside England and Wales. Check it."),
    ],
)
@on_either
def test_one_that_does_not_tell_asks_and_says_why(
    office: Visitor, school: School, postcode: str, asked: str
) -> None:
    assert look(office, school.record(), postcode, 200).startswith(asked)
