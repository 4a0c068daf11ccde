"""The ways a day can take beside the main job: kept in school, at the weekend, to nobody we can send to."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from intake.models.second_person import SecondPersonRequest
from intake.vocabulary import Role
from tests.e2e import hub_part, school_part
from tests.e2e.cast import Cast
from tests.e2e.school_part import CHILD
from tests.e2e.somebody import Somebody
from tests.e2e.street import Street
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.referrals import Referrals

pytestmark = pytest.mark.browser

SATURDAY_NIGHT = datetime(2026, 11, 28, 21, 10, tzinfo=UTC)


def test_a_lead_keeps_a_concern_in_school_and_its_recorder_learns_why(street: Street, cast: Cast) -> None:
    teacher = street.sign_in("teacher", cast.teacher)
    concern = school_part.record(teacher)
    lead = street.sign_in("lead", cast.lead)
    school_part.read(lead, concern)
    lead.press("Keep in school, with a reason").press("Keep in school").sees("Say why this stays in school")
    lead.answer("Why does this stay in school?", "The driver is her uncle: her mum confirmed it.")
    lead.answer(
        "What do you want to tell the person who recorded it? (optional)", "Thank you. Keep watching."
    )
    lead.press("Keep in school").sees("Kept in school, with your reason.", "The driver is her uncle")
    teacher.open(teacher.path).sees("Kept in school", "Thank you. Keep watching.")
    teacher.sees_nothing_of("uncle")


def test_the_second_concern_about_a_child_is_put_into_the_same_file(street: Street, cast: Cast) -> None:
    teacher = street.sign_in("teacher", cast.teacher)
    first = school_part.record(teacher)
    lead = street.sign_in("lead", cast.lead)
    lead.follow(CHILD)
    school_part.match(lead)
    teacher.open("/concerns/new")
    school_part.fill_in_concern(teacher)
    teacher.press("Look for this name on the roll")
    teacher.choose("Is it one of these?", re.compile("^Maya Ellison")).press("Send to the safeguarding lead")
    second = school_part.received(teacher)
    lead.open("/concerns").follow(CHILD, first=True).sees(second, "Other concerns about this child", first)
    lead.follow(CHILD).is_at("Maya Ellison, age 14").sees(first, second, "9 March 2012")
    file = lead.path
    lead.follow("Who looked at this child").sees("Newest first")
    lead.open(file).follow("Restrict this file to named people").is_at("Restrict this to named people")
    lead.open(file).follow("Erase this file, or place a legal hold on it").sees("It cannot be erased yet")
    lead.follow("Legal hold").answer("Why must it be kept?", "The inquest.").press("Place the hold")
    lead.sees("It cannot be erased", "The inquest.")


def test_at_night_the_page_says_to_ring_and_when_it_will_be_read(street: Street, cast: Cast) -> None:
    street.place.clock.instant = SATURDAY_NIGHT
    teacher = street.sign_in("teacher", cast.teacher)
    teacher.open("/concerns/new")
    school_part.fill_in_concern(teacher)
    teacher.press("Send to the safeguarding lead").sees("Halton emergency duty team", "0345 050 0148")
    teacher.follow("Refer it to the council yourself").answer("Given name", "Maya")
    school_part.fill_in_referral(teacher)
    teacher.press("See who will receive it").is_at("Check before you send")
    ring = teacher.page.locator(".pio-step").first
    expect(ring).to_contain_text("Halton emergency duty team")
    expect(ring).to_contain_text("0345 050 0148")
    teacher.press("Send it now").sees("They can read it from 30 November 2026 at 9am.", "Tuesday 1 December")
    rang(teacher)


def test_where_we_can_send_to_nobody_somebody_must_ring(street: Street, cast: Cast) -> None:
    teacher = street.sign_in("teacher", cast.teacher)
    school_part.record(teacher)
    lead = street.sign_in("lead", cast.lead)
    lead.follow(CHILD).press("Refer to the council").press("See who will receive it")
    lead.sees("Say where the child lives. 'I do not know' is an answer.").answer("Given name", "Maya")
    school_part.fill_in_referral(lead)
    lead.answer("Home postcode", "").pick("Which council is that?", "Cardiff")
    lead.press("See who will receive it").sees("Nobody receives this through us.")
    lead.press("Keep it, and ring").sees("This has not reached anybody yet.")
    lead.follow("Referrals").sees("Nobody has these yet: ring").follow("Maya Ellison")
    rang(lead)
    lead.sees("Passed on by telephone")


def rang(somebody: Somebody) -> None:
    """Write down a call that was made a moment ago."""
    somebody.press("Write down a call").press("Keep this call").sees("Say whom you rang.")
    somebody.answer("Whom did you ring?", "Jess, duty worker").choose("Did anybody answer?", "Yes").answer(
        "At what time?", "9.55am"
    )
    somebody.answer("What was said? (optional)", "They go out to the family tonight.")
    somebody.press("Keep this call").sees(
        "You told Jess, duty worker by telephone", "They go out to the family"
    )


def test_a_manager_enters_the_authoritys_own_limits_and_finds_them_in_the_trail(
    street: Street, cast: Cast
) -> None:
    manager = street.sign_in("duty-manager", cast.manager)
    manager.is_at("Queue").sees("Nothing is waiting.")
    manager.follow("Oversight").sees("None for you").follow("Time limits").sees(
        "own limits have not been entered"
    )
    manager.answer("Red: decide within", "soon").press("Keep these limits").sees(
        "Enter a time like 90 minutes"
    )
    manager.answer("Red: decide within", "4 hours")
    manager.choose("How is the time for red counted?", "By the clock, day and night").press(
        "Keep these limits"
    )
    manager.follow("Oversight").follow("Rota").pick("Who is on duty?", "Malik Shah").answer(
        "From what time?", "6pm"
    )
    manager.answer("Until what time?", "6am").press("Put them on duty").sees("It stands on the rota.")
    with manager.going(), manager.page.expect_navigation():
        manager.page.get_by_role("button", name=re.compile("^Take it away")).click()
    manager.sees("It is off the rota.")
    manager.follow("Trail")
    manager.page.get_by_text("Look for something").click()
    manager.pick("Who did it", "Malik Shah")
    hub_part.day(manager, "On which day", "23", "11", "2026")
    manager.press("Look").is_at("Trail").sees("Malik Shah", re.compile("limit", re.IGNORECASE))
    manager.follow("Who saw what between two times").answer("Why?", "A folder lay open in the office.")
    manager.press("Ask a second person to approve it").sees("A folder lay open in the office.")
    auditor = street.sign_in("auditor", cast.auditor).follow("Second person")
    with auditor.going(), auditor.page.expect_navigation():
        auditor.page.get_by_role("link", name=re.compile("who saw what")).click()
    auditor.press("Approve").sees("Approved.")
    manager.open(manager.path).press("Make the list")
    manager.sees("the end of 23 November 2026", "Nobody saw anything of a child's record in that time.")
    manager.open("/trail/looking").sees("No look in that time")
    manager.follow("Search").answer("Name", "Maya").press("Search").sees("Nobody was found.")
    manager.open("/break-glass").is_at("Break the glass")


def test_two_managers_mark_a_closed_referral_as_a_decoy_and_one_ends_it(
    street: Street, cast: Cast, people: People, referrals: Referrals
) -> None:
    desk = Desk(
        place=street.place,
        referrals=referrals,
        hub_id=cast.hub_id,
        lead=people.actor(cast.school_id, Role.DEPUTY_LEAD),
        sam=people.actor(cast.hub_id, Role.DUTY_WORKER, name="Sam Reed"),
        jo=people.actor(cast.hub_id, Role.DUTY_WORKER, name="Jo Marsh"),
        manager=people.actor(cast.hub_id, Role.DUTY_MANAGER, name="Rae Whitlock"),
    )
    made_up = desk.decided()
    with desk.place.writing() as services:
        services.closing.close(desk.sam, made_up, 4, "There is nothing to do.")
    reference = referrals.header(made_up).reference
    manager = street.sign_in("duty-manager", cast.manager).follow("Oversight").follow("Decoys")
    manager.sees("There is no decoy here.").press("Mark a closed referral as a decoy")
    manager.answer("Which closed referral?", reference).answer(
        "Why?", "Riverbank sent it; Anna Okafor knows."
    )
    manager.press("Ask a colleague to approve it").sees("Tick that there is no such child.")
    manager.tick("There is no such child: the school and I made this referral up")
    manager.press("Ask a colleague to approve it").sees(
        "Asked. It is no decoy before", f"{reference}: Riverbank"
    )
    manager.follow("Look at it").is_at("Decoys").sees("Waits for approval")
    with desk.place.writing() as services:
        request_id = services.unit.session.scalars(select(SecondPersonRequest.id)).one()
        services.second_person.approve(desk.manager, request_id)
    manager.open("/decoys").sees("Malik Shah and Rae Whitlock")
    worker = street.sign_in("duty-worker", cast.worker).open(f"/queue/{made_up}")
    worker.answer("Write a note", "Rang the school.").press("Keep this note").sees("There is no such child.")
    manager.open("/trail/looking").sees("Dilys Roberts", "Opened a decoy", "Do not say that it is a decoy")
    manager.open("/decoys")
    with manager.going(), manager.page.expect_navigation():
        manager.page.get_by_role("button", name=re.compile("^End it")).click()
    manager.sees("It is no decoy any more.", "Ended by Malik Shah")
