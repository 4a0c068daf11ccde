"""The school's part with the keyboard alone: Tab, Shift and Tab, Space, Enter and the arrows."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e import school_part
from tests.e2e.cast import Cast
from tests.e2e.hands import Hands
from tests.e2e.school_part import CAR, CHILD, HEARD, WHY_NOW
from tests.e2e.somebody import Somebody
from tests.e2e.street import Street
from tests.factories.accounts import PASSWORD, Holder

pytestmark = pytest.mark.browser


def test_the_schools_part_needs_nothing_but_a_keyboard(street: Street, cast: Cast) -> None:
    teacher = Hands(street.come("teacher").open("/"))
    _sign_in(street, teacher, cast.teacher)
    teacher.go(teacher.somebody.button("Record a concern"))
    _record(teacher)
    concern = school_part.received(teacher.somebody)
    lead = Hands(street.come("lead").open("/"))
    _sign_in(street, lead, cast.lead)
    page = lead.somebody.page
    lead.go(page.get_by_role("link", name=CHILD))
    lead.somebody.sees(concern, HEARD)
    lead.go_round()
    lead.go(lead.somebody.button("Add signs or more words"))
    _add_sign(lead)
    lead.go(lead.somebody.button("Refer to the council"))
    _refer(lead)


def _sign_in(street: Street, hands: Hands, holder: Holder) -> None:
    page = hands.somebody.page
    hands.go(hands.somebody.button("Sign in"))
    hands.go_round()
    hands.type("Email address", holder.email)
    hands.type("Password", PASSWORD)
    hands.go(hands.somebody.button("Sign in"))
    if holder.seed:
        street.pass_time(timedelta(seconds=30))
        hands.type("6-digit code", street.holders.code(holder))
        # Enter in a box sends the form, as everybody expects of it.
        with hands.somebody.going(), page.expect_navigation():
            hands.press("Enter")


def _record(teacher: Hands) -> None:
    page = teacher.somebody.page
    _skip_to_the_form(teacher)
    teacher.go_round()
    teacher.type("Which child?", CHILD)
    teacher.go(teacher.somebody.button("Send to the safeguarding lead"))
    _follow_the_first_problem(teacher.somebody, "Say whether the child is in danger now")
    teacher.choose("Is the child in danger now?", "No")
    teacher.choose("Is the child missing now?", "Not known")
    teacher.type("What did you see or hear?", HEARD)
    teacher.choose("When was it?", "Another day")
    for box, said in (("Day", "20"), ("Month", "11"), ("Year", "2026")):
        teacher.type(box, said)
    # Back over the whole form to put one answer right, and forward again.
    teacher.reach(page.get_by_label("Which child?"), backwards=True)
    teacher.choose("Is the child missing now?", "No")
    teacher.go(teacher.somebody.button("Send to the safeguarding lead"))


def _skip_to_the_form(teacher: Hands) -> None:
    page = teacher.somebody.page
    teacher.press("Tab")
    expect(page.get_by_role("link", name="Skip to the main part of the page")).to_be_focused()
    teacher.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    teacher.press("Tab")
    expect(page.locator("main :focus")).to_be_visible()
    teacher.somebody.open("/concerns/new")


def _follow_the_first_problem(somebody: Somebody, said: str) -> None:
    expect(somebody.problems).to_be_focused()
    hands = Hands(somebody)
    hands.press("Tab")
    expect(somebody.problems.get_by_role("link", name=re.compile(f"^{said}"))).to_be_focused()
    hands.press("Enter")
    group = somebody.page.get_by_role("group", name="Is the child in danger now?")
    expect(group.get_by_role("radio").first).to_be_focused()


def _add_sign(lead: Hands) -> None:
    lead.tick(CAR)
    about = lead.somebody.page.get_by_role("group", name=CAR)
    lead.reach(about.get_by_label("When? (optional)"))
    lead.somebody.page.keyboard.type("twice this week")
    lead.go(lead.somebody.button("Add this to the concern"))
    lead.somebody.sees(CAR, "twice this week")


def _refer(lead: Hands) -> None:
    lead.type("Given name", "Maya")
    lead.choose("Where does the child live?", "I know the postcode or the council")
    lead.type("Home postcode", "WA8 7QF")
    lead.type("Where is the child now?", "In school, with the head of year")
    lead.choose("Is the child in danger now?", "No")
    lead.choose("Is the child missing now?", "No")
    lead.type("Why are you referring now? (optional)", WHY_NOW)
    lead.choose("Have the parents or carers been told that you are referring?", "Not yet")
    lead.type("Your telephone number, also for tonight", "0151 000 0101")
    lead.go(lead.somebody.button("See who will receive it"))
    lead.somebody.is_at("Check before you send").sees("Halton iCART")
    lead.go_round()
    lead.go(lead.somebody.button("Send it now"))
    lead.somebody.is_at(re.compile("^Maya")).sees("Received, not acknowledged yet")
