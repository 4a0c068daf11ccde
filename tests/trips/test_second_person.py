"""The pages on which one person asks and another answers: a reason each time, and nothing decided twice."""

import pytest

from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.client import Answer, Visitor
from tests.support.web import Visiting

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
KEYS = "Ask that keys are made anew, or the key ring is printed"
ASK = "Ask a second administrator to approve it"


@pytest.fixture
def asks(desk: Desk, people: People, visiting: Visiting) -> Visitor:
    """An administrator of the hub."""
    return visiting(people.actor(desk.hub_id, Role.ADMINISTRATOR, name="Ida Brook"))


@pytest.fixture
def other(desk: Desk, people: People, visiting: Visiting) -> Visitor:
    """Another administrator of the hub."""
    return visiting(people.actor(desk.hub_id, Role.ADMINISTRATOR, name="Owen Pike"))


def _asked(asks: Visitor) -> Answer:
    form = asks.get("/second-person").link(KEYS).form(ASK)
    return form.fill(change="organisation", why="The yearly change.").submit(status=303).follow()


def test_what_is_asked_for_says_what_and_why_and_which_case(asks: Visitor) -> None:
    page = asks.get("/second-person/keys")
    assert len(page.form(ASK).submit().shown.problems) == 2
    case = page.form(ASK).fill(change="case", why="One key was copied.")
    assert case.submit().shown.problems
    asked = case.fill(case=" r-2345-6789 ").submit(status=303).follow()
    assert "R-2345-6789" in asked.text
    assert "Nothing is done before a second administrator approves it." in asked.text
    assert "You asked for this, so somebody else approves it." in asked.text


def test_a_refusal_has_a_reason_and_is_the_last_word(asks: Visitor, other: Visitor) -> None:
    asked = _asked(asks)
    path = asked.response.request.path
    before = other.get(path)
    assert "The yearly change." in before.text
    assert before.form("Refuse").submit().shown.problems
    refused = before.form("Refuse").fill(answer="Not before the audit.").submit(status=303).follow()
    assert "Not before the audit." in refused.shown.main
    assert "Not before the audit." in asks.get(path).shown.main
    # The page from before the answer still has its button.
    assert before.form("Approve").submit().shown.problems
    assert asked.form("Take it back").fill(why="A slip.").submit().shown.problems
    assert "allowed" not in other.get(path).text


def test_whoever_asked_takes_it_back_and_it_is_not_approved_any_more(asks: Visitor, other: Visitor) -> None:
    asked = _asked(asks)
    before = other.get(asked.response.request.path)
    assert asked.form("Take it back").submit().shown.problems
    back = asked.form("Take it back").fill(why="A slip of the finger.").submit(status=303).follow()
    assert "A slip of the finger." in back.shown.main
    assert before.form("Approve").submit().shown.problems
