"""What goes wrong on an ordinary day, and that nothing is lost, doubled or seen by somebody passing."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from intake.vocabulary import Role
from tests.e2e import school_part
from tests.e2e.cast import Cast
from tests.e2e.school_part import CHILD, HEARD
from tests.e2e.somebody import Somebody
from tests.e2e.street import Street

pytestmark = pytest.mark.browser

SEND = "Send to the safeguarding lead"


@pytest.fixture
def teacher(street: Street, cast: Cast) -> Somebody:
    """A teacher, signed in, with an empty form for a concern."""
    return street.sign_in("teacher", cast.teacher).open("/concerns/new")


def recorded(teacher: Somebody) -> int:
    """Count the concerns the teacher has recorded."""
    teacher.open("/concerns")
    return teacher.page.locator(".pio-card").count()


def kept(teacher: Somebody) -> None:
    """Wait until the page says that the draft is kept."""
    expect(teacher.page.get_by_role("status")).to_have_text(re.compile("^Draft saved "))


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_makes_one_record(street: Street, cast: Cast, *, scripts: bool) -> None:
    teacher = street.sign_in("teacher", cast.teacher, scripts=scripts).open("/concerns/new")
    school_part.fill_in_concern(teacher)
    with teacher.going(), teacher.page.expect_navigation(url="**/concerns/*-*"):
        teacher.button(SEND).dblclick()
    school_part.received(teacher)
    assert recorded(teacher) == 1


def test_going_back_and_sending_again_makes_no_second_record(teacher: Somebody) -> None:
    school_part.fill_in_concern(teacher)
    teacher.press(SEND)
    school_part.received(teacher)
    with teacher.going(), teacher.page.expect_navigation():
        teacher.page.go_back()
    # Whatever the browser puts back into the boxes, it is never the name: so nothing goes out by itself.
    expect(teacher.page.get_by_label("Which child?")).to_have_value("")
    teacher.press(SEND).sees("Say which child this is about.")
    assert recorded(teacher) == 1


def test_words_are_there_again_after_the_tab_is_killed(teacher: Somebody) -> None:
    teacher.answer("Which child?", CHILD).choose("Is the child in danger now?", "Not known")
    teacher.answer("What did you see or hear?", HEARD)
    teacher.page.get_by_label("Which child?").focus()
    kept(teacher)
    again = teacher.page.context.new_page()
    teacher.page.close(run_before_unload=False)
    teacher.take_up(again)
    teacher.open("/").is_at("What do you want to do?").follow(
        "Go on with what you began on 23 November 2026 at 10am"
    )
    teacher.sees("This is what you had typed and not sent.")
    expect(teacher.page.get_by_label("What did you see or hear?")).to_have_value(HEARD)
    expect(teacher.page.get_by_label("Which child?")).to_have_value(CHILD)
    danger = teacher.page.get_by_role("group", name="Is the child in danger now?")
    expect(danger.get_by_role("radio", name="Not known")).to_be_checked()
    teacher.press("Throw it away and begin again").is_at("Record a concern")
    expect(teacher.page.get_by_label("What did you see or hear?")).to_have_value("")


def test_words_sent_from_a_session_that_ran_out_are_given_back(
    street: Street, cast: Cast, teacher: Somebody
) -> None:
    school_part.fill_in_concern(teacher)
    street.pass_time(timedelta(minutes=31))
    teacher.press(SEND).is_at("Sign in").sees("What you typed is kept")
    street.give_password(teacher, cast.teacher)
    teacher.is_at("Record a concern").sees("This is what you had typed and not sent.")
    expect(teacher.page.get_by_label("What did you see or hear?")).to_have_value(HEARD)
    teacher.press(SEND)
    school_part.received(teacher)
    assert recorded(teacher) == 1


def test_words_typed_after_the_session_ran_out_are_kept_as_well(
    street: Street, cast: Cast, teacher: Somebody
) -> None:
    school_part.fill_in_concern(teacher)
    street.pass_time(timedelta(minutes=31))
    for words in (HEARD, f"{HEARD} Later she wept."):
        teacher.answer("What did you see or hear?", words)
        with teacher.page.expect_response(re.compile("/drafts/save")):
            teacher.page.get_by_label("Which child?").focus()
        expect(teacher.page.get_by_role("status")).to_contain_text("You were signed out after a while")
    teacher.open("/").press("Sign in")
    street.give_password(teacher, cast.teacher)
    unfinished = teacher.page.get_by_role("link", name=re.compile("^Go on with what you began"))
    expect(unfinished).to_have_count(1)
    with teacher.going(), teacher.page.expect_navigation():
        unfinished.click()
    expect(teacher.page.get_by_label("What did you see or hear?")).to_have_value(f"{HEARD} Later she wept.")


def test_a_long_referral_outlives_the_session_of_a_lead_with_an_app(street: Street, cast: Cast) -> None:
    teacher = street.sign_in("teacher", cast.teacher)
    school_part.record(teacher)
    lead = street.sign_in("lead", cast.lead)
    lead.follow(CHILD).press("Refer to the council").answer("Given name", "Maya")
    school_part.fill_in_referral(lead)
    street.pass_time(timedelta(minutes=31))
    lead.press("See who will receive it").is_at("Sign in")
    street.give_password(lead, cast.lead)
    street.give_code(lead, cast.lead)
    lead.is_at("Refer to the council").sees("This is what you had typed and not sent.")
    lead.press("See who will receive it").is_at("Check before you send").sees("Halton iCART", "WA8 7QF")


def test_a_cut_connection_loses_nothing_and_doubles_nothing(teacher: Somebody) -> None:
    school_part.fill_in_concern(teacher)
    teacher.page.get_by_label("Which child?").focus()
    kept(teacher)
    context = teacher.page.context
    with teacher.page.expect_event("requestfailed"):
        context.set_offline(True)
        teacher.button(SEND).click()
    context.set_offline(False)
    assert all("ERR_INTERNET_DISCONNECTED" in said for said in teacher.complaints)
    teacher.complaints.clear()
    teacher.open("/concerns/new").sees("This is what you had typed and not sent.").press(SEND)
    school_part.received(teacher)
    assert recorded(teacher) == 1


def test_the_screen_is_blanked_with_one_press(teacher: Somebody) -> None:
    teacher.answer("What did you see or hear?", HEARD)
    teacher.button("Blank the screen").click()
    expect(teacher.page).to_have_title("Pass It On")
    expect(teacher.page.get_by_label("What did you see or hear?")).to_be_hidden()
    teacher.look_over()
    teacher.button("Show the page again").click()
    expect(teacher.page.get_by_label("What did you see or hear?")).to_have_value(HEARD)


def test_danger_interrupts_and_is_still_recorded(teacher: Somebody) -> None:
    first = teacher.page.get_by_text("If yes: ring 999 now.")
    expect(first).to_be_hidden()
    school_part.fill_in_concern(teacher)
    teacher.choose("Is the child in danger now?", "Yes").choose("Is the child missing now?", "Yes")
    expect(first).to_be_visible()
    expect(teacher.page.get_by_text("If yes: the police come first.")).to_be_visible()
    teacher.look_over()
    teacher.press(SEND).is_at(re.compile("^Received"))
    steps = teacher.page.locator(".pio-step__title")
    expect(steps.nth(0)).to_have_text("Ring 999 now, if you have not")
    expect(steps.nth(1)).to_have_text("Tell the police that the child is missing")


def test_a_lost_race_is_told_kindly_and_a_manager_gives_out_an_extract(street: Street, cast: Cast) -> None:
    school_part.record(street.sign_in("teacher", cast.teacher))
    lead = street.sign_in("lead", cast.lead)
    lead.follow(CHILD).press("Refer to the council").answer("Given name", "Maya")
    school_part.fill_in_referral(lead)
    lead.press("See who will receive it").press("Send it now")
    worker = street.sign_in("duty-worker", cast.worker).follow("Maya Ellison")
    manager = street.sign_in("duty-manager", cast.manager).follow("Maya Ellison")
    worker.press("Take it").sees("You have it")
    manager.press("Take it", status=409).is_at("Dilys Roberts took this a moment ago").sees("nothing is lost")
    manager.press("See where it stands now").sees("Dilys Roberts has this.")
    _given_out(street, cast, manager)


def _given_out(street: Street, cast: Cast, manager: Somebody) -> None:
    """A manager gives out an extract of the referral, and finds it among what was given out."""
    second = street.holders.make(cast.hub_id, Role.DUTY_MANAGER, name="Ceri Lloyd", app=True)
    manager.follow("Give out an extract, to a court for example").choose("Who is it for?", "A court")
    manager.answer("Why is it given out?", "The family court asks for it.")
    manager.press("Ask a colleague to approve it").sees("so somebody else approves it", "For: A court")
    street.sign_in("second-manager", second).open(manager.path).press("Approve").sees("Approved.")
    manager.open(manager.path).press("Make the extract").is_at("Extract of a case")
    manager.sees(HEARD, "Allowed by", "Ceri Lloyd").sees_nothing_of("Priya Nair", "Anna Okafor")
    manager.follow("Back").follow("Look at it").follow("Give out an extract, to a court for example")
    manager.follow("What was given out of this case before, and check a text").sees("Malik Shah")


def test_a_failure_says_what_is_not_certain_and_whom_to_ring(street: Street, teacher: Somebody) -> None:
    school_part.fill_in_concern(teacher)
    kept_for_now = teacher.page.get_by_label("What did you see or hear?").input_value()
    street.break_database()
    teacher.press(SEND, status=503)
    teacher.is_at("We could not confirm that this was saved").sees("999", "0151 907 8305", "no duplicate")
    street.mend_database()
    with teacher.going(), teacher.page.expect_navigation():
        teacher.page.go_back()
    expect(teacher.page.get_by_label("What did you see or hear?")).to_have_value(kept_for_now)
