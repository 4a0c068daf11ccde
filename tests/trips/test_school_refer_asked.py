"""Referring over HTTP: what is asked only of some children, colleagues a text may name, and copies."""

from uuid import UUID

import pytest

from intake.vocabulary import Role
from tests.factories.people import People
from tests.factories.school import CARDIFF, HALTON, School
from tests.support.client import Visitor
from tests.support.place import TestPlace
from tests.support.web import Visiting
from tests.trips.test_school_refer import ANSWERS, LOOK, SEND, check, header


@pytest.fixture
def hub(people: People) -> UUID:
    hub_id = people.hub()
    people.actor(hub_id, Role.DUTY_WORKER, name="Sam Reed")
    return hub_id


@pytest.fixture
def office(school: School, visiting: Visiting) -> Visitor:
    return visiting(school.lead)


def test_what_is_asked_only_of_some_is_shown_before_it_is_sent_and_changes_who_is_rung(
    office: Visitor, school: School, hub: UUID
) -> None:
    page = check(
        office,
        school.record(),
        care_council=CARDIFF,
        has_worker="yes",
        protection_now="no",
        about_staff="yes",
        **{"due_on-day": "1", "due_on-month": "3", "due_on-year": "2027"},
    )
    for words in (
        "Looked after by Cardiff",
        "Birth due 1 March 2027",
        "Has a social worker Yes",
        "Protection needed before the next working day No",
        "About a member of staff Yes",
        "Cardiff leads, because it looks after the child.",
        "Halton is told, because the child lives there.",
        "A copy goes to Halton iCART for information.",
        "The child has a social worker: ring",
        "designated officer (LADO)",
    ):
        assert words in page.text


def test_a_child_not_born_yet_needs_no_name_and_says_when_the_birth_is_due(
    office: Visitor, school: School, hub: UUID
) -> None:
    due = {"due_on-day": "1", "due_on-month": "3", "due_on-year": "2027"}
    page = check(office, school.record(), given_name="", **due)
    assert "Date of birth or age unborn, due 1 March 2027" in page.text
    assert "because the mother lives there; the child is not born yet." in page.text


@pytest.mark.parametrize(
    ("council", "words"),
    [("other", "Another council, not in our list"), ("unknown", "Yes, but not known which")],
)
def test_a_council_that_cares_and_is_not_in_the_list_is_said_to_be(
    office: Visitor, school: School, hub: UUID, council: str, words: str
) -> None:
    page = check(office, school.record(), care_council=council)
    assert f"Looked after by {words}" in page.text
    assert "A council looks after the child, and we do not know which: find out." in page.text


def test_a_name_like_a_colleagues_is_asked_about_and_decides_nothing(
    office: Visitor, school: School, hub: UUID, people: People
) -> None:
    carter = people.actor(school.id, Role.REPORTER, name="Ruth Carter").person_id
    asked = "Is this Ruth Carter? If so, tick them, so that they cannot read it."
    concern_id = school.record(happened="Mr Cartre gave her a phone.")
    assert asked in office.get(f"/referrals/new?concern={concern_id}").text
    page = check(office, school.record(), why_now="Carter was seen again.")
    assert asked in page.text
    assert "Colleagues who cannot read it" not in page.text
    ticked = check(office, school.record(), why_now="Carter was seen again.", named_staff=str(carter))
    assert asked not in ticked.text


def test_the_council_at_home_finds_a_copy_in_its_queue_that_is_nobodys_work(
    office: Visitor, school: School, hub: UUID, people: People, visiting: Visiting, place: TestPlace
) -> None:
    told = visiting(people.actor(people.hub("cardiff-mash", CARDIFF), Role.DUTY_WORKER))
    assert "Nobody has sent you a copy yet." in told.get("/copies").text
    concern_id = school.record(child_file_id=school.child())
    answers = {"home_postcode": "", "home_council": CARDIFF, "now_council": HALTON, "protection_now": "yes"}
    page = check(office, concern_id, **answers)
    assert "A copy goes to Cardiff MASH for information." in page.text
    assert "So can those of a service that gets a copy. Nobody else." in page.text
    sent = page.form(SEND).submit(SEND, status=303).follow()
    assert "A copy went to Cardiff MASH for information." in sent.text
    assert "Chosen: Halton iCART." in sent.text
    queue = told.get("/queue")
    assert "Nothing is waiting." in queue.text
    copies = told.get("/copies")
    assert "Halton iCART leads." in copies.text
    assert "Maya" not in copies.text
    copy = copies.link(header(place).reference)
    for words in (
        "This is a copy for information.",
        "Maya Ellison",
        "he waits in the silver car",
        "The sender says that the child needs protection before the next working day.",
        "Halton led, because that was where the child was.",
        "Cardiff was to be told, because the child lived there.",
    ):
        assert words in copy.text
    assert "Maya Ellison" in visiting(people.actor(hub, Role.DUTY_MANAGER)).get("/queue").text


def test_what_nobody_reads_tonight_says_when_it_is_read(
    school: School, hub: UUID, place: TestPlace, visiting: Visiting
) -> None:
    by_day = check(visiting(school.lead), school.record())
    assert "Not read before" not in by_day.text
    place.clock.instant = place.clock.now().replace(hour=20)
    by_night = check(visiting(school.lead), school.record())
    assert "Not read before 24 November 2026 at 9am" in by_night.text


def test_where_the_child_is_now_may_be_told_by_its_postcode(
    office: Visitor, school: School, hub: UUID
) -> None:
    answers = {"home_postcode": "", "home_council": CARDIFF, "protection_now": "yes"}
    page = check(office, school.record(), now_postcode="WA8 7QF", **answers)
    assert "Halton leads, because that is where the child is." in page.text
    assert "WA8 7QF" in page.shown.main
    form = office.get(f"/referrals/new?concern={school.record()}").form(LOOK)
    half = form.fill({**ANSWERS, **answers, "now_postcode": "WA7"}).submit(LOOK, status=200)
    assert "That postcode may be in Halton or Cheshire West and Chester." in half.shown.problems[0]
    half.form(LOOK).fill(now_council="unknown").submit(LOOK, status=303)
