"""The whole job, as the people do it who do it: in a browser each, on either database."""

from datetime import timedelta

import pytest

from tests.e2e import hub_part, school_part
from tests.e2e.cast import Cast
from tests.e2e.hub_part import ADVICE, CHILD_SAYS, RIGHT, RISK, TO_SCHOOL, WHY_AMBER, WHY_ASSESS, WRONG
from tests.e2e.school_part import CHILD, HEARD, WHY_NOW
from tests.e2e.somebody import Somebody
from tests.e2e.street import Street
from tests.support.databases import KINDS

pytestmark = pytest.mark.browser


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Both databases: this is the whole of the work."""
    return str(request.param)


def test_the_main_job(street: Street, cast: Cast) -> None:
    teacher, lead, concern, referral = _school(street, cast)
    worker = street.sign_in("duty-worker", cast.worker)
    _desk(street, worker, lead, referral)
    _school_sees(teacher, lead, concern)
    _words_between(worker, lead)
    _meeting(street, worker)
    _trail(street, cast, concern, referral)


def _school(street: Street, cast: Cast) -> tuple[Somebody, Somebody, str, str]:
    teacher = street.sign_in("teacher", cast.teacher)
    concern = school_part.record(teacher)
    street.pass_time(timedelta(minutes=4))
    lead = street.sign_in("lead", cast.lead)
    school_part.read(lead, concern)
    school_part.add_signs(lead)
    school_part.match(lead)
    file = school_part.put_the_file_right(lead)
    referral = school_part.refer(lead)
    sent = lead.path
    asked = school_part.ask_to_give_out(lead, file)
    street.sign_in("deputy", cast.deputy).open(asked).press("Approve").sees("Approved.")
    school_part.give_out(lead.open(asked), file)
    return teacher, lead.open(sent), concern, referral


def _desk(street: Street, worker: Somebody, lead: Somebody, referral: str) -> None:
    hub_part.open_from_queue(worker, referral)
    street.pass_time(timedelta(minutes=10))
    hub_part.take_and_acknowledge(worker)
    lead.open(lead.path).sees("Dilys Roberts has acknowledged it.", "A duty worker acknowledged it")
    hub_part.give_colour(worker)
    hub_part.decide(worker)
    hub_part.note_and_correction(worker)


def _school_sees(teacher: Somebody, lead: Somebody, concern: str) -> None:
    lead.open(lead.path).sees(TO_SCHOOL, ADVICE, "Decided by Dilys Roberts", "Done in time")
    lead.sees("If you need to ring them", "0151 907 8305")
    lead.sees_nothing_of(WHY_AMBER, WHY_ASSESS, WRONG, RIGHT)
    teacher.open(teacher.path).sees(concern, "The council has decided", "Anna Okafor", "They decided")
    teacher.sees_nothing_of(WHY_NOW, TO_SCHOOL, WHY_ASSESS)


def _meeting(street: Street, worker: Somebody) -> None:
    hub_part.arrange_meeting(worker)
    hub_part.move_meeting(worker)
    street.pass_time(timedelta(minutes=25))
    hub_part.write_minutes(worker)
    street.pass_time(timedelta(minutes=5))
    hub_part.correct_minutes(worker)
    back = worker.page.get_by_role("navigation", name="Back")
    hub_part.call_off_another(worker.follow("Referral", within=back))
    hub_part.close(worker.follow("Referral", within=back))


def _words_between(worker: Somebody, lead: Somebody) -> None:
    hub_part.ask_the_school(worker)
    lead.open(lead.path).sees(hub_part.ASKED, "Dilys Roberts").press("Answer")
    lead.answer("Your answer", hub_part.ANSWERED).press("Send this answer").sees(hub_part.ANSWERED)
    referral = worker.path
    worker.open("/queue?list=answered").sees("The school answered").follow(CHILD)
    assert worker.path == referral
    worker.sees("The school answered", hub_part.ANSWERED)


def _trail(street: Street, cast: Cast, concern: str, referral: str) -> None:
    manager = street.sign_in("duty-manager", cast.manager)
    manager.follow("Trail").is_at("Trail")
    manager.follow(referral, first=True).is_at(f"Trail of {referral}").sees("The two agree", "Dilys Roberts")
    manager.follow("Trail", within=manager.page.get_by_role("navigation", name="Back"))
    manager.press("Check that it is unaltered").is_at("The trail is unaltered").sees("Every one is unaltered")
    auditor = street.sign_in("auditor", cast.auditor)
    auditor.is_at("Trail").sees(referral, "Dilys Roberts")
    secrets = (CHILD, HEARD, WHY_NOW, WHY_AMBER, WHY_ASSESS, TO_SCHOOL, WRONG, CHILD_SAYS, RISK, concern)
    auditor.sees_nothing_of(*secrets)
    auditor.follow(referral, first=True).is_at(f"Trail of {referral}").sees_nothing_of(*secrets)
