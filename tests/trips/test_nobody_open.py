"""Nobody is open, or nobody is known: a state somebody owns and a number to ring, never an error."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from intake.models.referral import Referral
from intake.vocabulary import ReferralState, Role
from tests.factories.people import People
from tests.factories.school import CARDIFF, School, make_school
from tests.support.client import Answer
from tests.support.databases import on_either
from tests.support.place import TestPlace
from tests.support.web import Visiting

LOOK = "See who will receive it"
WHEN = {
    "Sunday before dawn": datetime(2026, 11, 29, 3, 10, tzinfo=UTC),
    "Christmas Day": datetime(2026, 12, 25, 12, tzinfo=UTC),
    "the hour that is skipped in spring": datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
    "the hour that comes twice in autumn": datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
    "the last minute of the year": datetime(2026, 12, 31, 23, 59, tzinfo=UTC),
    "a plain Monday": datetime(2026, 11, 23, 10, tzinfo=UTC),
}


def refer(school: School, visiting: Visiting, **home: str) -> tuple[Answer, Answer]:
    """Refer a concern; gives the last look before sending, and the page after it."""
    lead = visiting(school.lead)
    form = lead.get(f"/referrals/new?concern={school.record()}").form(LOOK)
    form.fill({"where_now": "With me", "parents_told": "no", "sender_phone": "07700 900123", **home})
    check = form.submit(LOOK, status=303).follow()
    return check, check.form().submit(status=303).follow()


def sent(place: TestPlace) -> Referral:
    with place.reading() as services:
        return services.unit.session.scalars(select(Referral)).one()


@pytest.mark.parametrize("when", WHEN)
@on_either
def test_cardiff_is_asked_at_any_hour(
    place: TestPlace, people: People, visiting: Visiting, when: str
) -> None:
    school = make_school(place, people, CARDIFF)
    people.actor(people.hub("cardiff-mash", CARDIFF), Role.DUTY_WORKER)
    place.clock.instant = WHEN[when]
    check, page = refer(school, visiting, home="known", home_council=CARDIFF)
    for shown in (check, page):
        assert "not confirmed" in shown.text
        assert any(link.startswith("tel:") for link in shown.shown.links.values())
    assert sent(place).state is ReferralState.RECEIVED
    assert "always open" not in page.text


@pytest.mark.parametrize("when", ["Sunday before dawn", "a plain Monday"])
def test_where_nobody_receives_it_the_lead_has_it_until_somebody_was_told(
    place: TestPlace, people: People, visiting: Visiting, when: str
) -> None:
    school = make_school(place, people, CARDIFF)
    place.clock.instant = WHEN[when]
    check, page = refer(school, visiting, home="known", home_council=CARDIFF)
    assert "Nobody receives this through us." in check.text
    assert "This has not reached anybody yet." in page.text
    assert sent(place).state is ReferralState.NOT_SENT_BY_US
    owned = visiting(school.lead).get("/referrals")
    assert "Nobody has these yet: ring" in owned.text
    assert sent(place).reference in owned.text
    assert sent(place).reference in visiting(school.deputy).get("/referrals").text


@pytest.mark.parametrize("council", ["E06000050", "other", "unknown"])
def test_a_council_that_is_not_listed_is_a_state_somebody_owns(
    school: School, place: TestPlace, visiting: Visiting, council: str
) -> None:
    assert council not in place.tools.shelf.shipped.authorities
    check, page = refer(school, visiting, home="known", home_council=council)
    assert {"999", "101"} & check.shown.links.keys()
    assert "This has not reached anybody yet." in page.text
    assert sent(place).state is ReferralState.NOT_SENT_BY_US
    assert "Nobody has these yet: ring" in visiting(school.lead).get("/referrals").text
