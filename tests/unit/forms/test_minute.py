"""Minutes as they are typed: rows of any number, reasons for what is left out, and nothing breaks them."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from intake.casework.drafts import MinuteDraft
from intake.forms.minute import MinuteForm, answers_of, answers_to
from intake.vocabulary import Attendance, PlanSlot, StatementKind
from tests.factories.hub_work import INVITED, MINUTED

HELD_ON = date(2026, 11, 24)
TYPED = {
    "once_key": "a once-key",
    "invitees-0-name": "Anna Okafor",
    "invitees-0-attendance": "attended",
    "child_views": '"I want him to stop."',
    "parents_views_why": "Mum could not be reached.",
    "statements-0-agency": "Police",
    "statements-0-kind": "fact",
    "statements-0-text": "The car is known.",
    "risk": "That he takes her away.",
    "plan-0-action": "Visit the owner",
    "plan-0-owner": "PC Dale",
    "plan-0-due_on-day": "26",
    "plan-0-due_on-month": "11",
    "plan-0-due_on-year": "2026",
    "direct_worker": "Kit Shaw",
    "support_for_parents": "A family worker",
    "action_against_harm": "A warning notice",
    "review_on-day": "20",
    "review_on-month": "1",
    "review_on-year": "2027",
}


def minutes(**said: str) -> MinuteForm:
    posted = TYPED | {name.replace("__", "-"): words for name, words in said.items()}
    return MinuteForm(MultiDict(posted), held_on=HELD_ON)


def messages(form: MinuteForm) -> list[str]:
    assert not form.accepted()
    return [problem.message for problem in form.problems()]


def test_whole_minutes_are_accepted() -> None:
    form = minutes()
    assert form.accepted(), form.problems()

    minute = form.draft().minute
    assert minute.invitees[0].attendance is Attendance.ATTENDED
    assert minute.statements[0].kind is StatementKind.FACT
    assert minute.plan[0].due_on == date(2026, 11, 26)
    assert [(given.slot, given.why) for given in minute.not_recorded] == [
        (PlanSlot.PARENTS_VIEWS, "Mum could not be reached.")
    ]


def test_a_row_left_blank_is_no_answer_wherever_it_stands() -> None:
    form = minutes(plan__1__action="", plan__1__owner="", plan__2__action="See her", plan__2__owner="Anna")
    assert messages(form) == ["Action 3: Give the day by which it will be done"]


def test_an_error_in_a_row_is_beside_that_row() -> None:
    form = minutes(statements__1__text="", statements__2__text="It was said")
    assert not form.accepted()
    assert {problem.anchor for problem in form.problems()} == {
        "statements-2-agency",
        "statements-2-kind",
    }


def test_a_review_too_late_and_a_plan_before_the_meeting_are_both_named() -> None:
    found = messages(minutes(review_on__month="6", plan__0__due_on__day="1"))
    assert "Action 1: This is due before the meeting took place. Check the date." in found
    assert "A safety plan is reviewed within three months. Choose an earlier day." in found


def test_a_date_that_is_none_is_said_once() -> None:
    found = messages(minutes(plan__0__due_on__day="31"))
    assert found == ["Action 1: There is no such date. Check the day, the month and the year"]


def test_a_correction_names_what_it_corrects_and_says_why() -> None:
    stands = uuid4()
    assert minutes().correcting is None
    assert minutes(corrects="not an id").correcting is None
    form = minutes(corrects=str(stands))
    assert messages(form) == ["Say what you are correcting, and why. The first minutes stay as well."]
    assert form.draft().corrects == stands


def test_minutes_fill_the_form_by_which_they_are_corrected() -> None:
    form = MinuteForm(held_on=HELD_ON, **answers_of(replace(MINUTED, dissent="The school disagreed.")))

    assert form.draft() == MinuteDraft(replace(MINUTED, dissent="The school disagreed."), None)


def test_an_invitation_fills_the_rows_of_attendance_with_two_to_spare() -> None:
    form = MinuteForm(held_on=HELD_ON, **answers_to(INVITED.invitees))

    assert [row["name"].data or row.post.data for row in form.filled("invitees")] == [
        "Anna Okafor",
        "School nurse",
    ]
    assert len(form.invitees.entries) == 4


def test_a_saved_draft_is_given_back_row_by_row() -> None:
    form = MinuteForm(held_on=HELD_ON, saved=ImmutableMultiDict(TYPED), **answers_to(INVITED.invitees))

    assert form.risk.data == TYPED["risk"]
    assert [row.owner.data for row in form.filled("plan")] == ["PC Dale"]


def test_a_draft_in_which_a_row_was_left_out_gives_each_row_back_once() -> None:
    saved = TYPED | {"plan-2-owner": "Kit Shaw"}
    form = MinuteForm(held_on=HELD_ON, saved=ImmutableMultiDict(saved))

    assert [row.owner.data for row in form.filled("plan")] == ["PC Dale", "Kit Shaw"]


def test_one_more_row_is_added_until_there_are_enough() -> None:
    form = minutes()
    before = len(form.plan.entries)
    assert form.one_more("plan")
    assert len(form.plan.entries) == before + 1
    for _ in range(60):
        form.one_more("plan")
    assert len(form.plan.entries) == form.plan.max_entries


@pytest.mark.parametrize("asked", [None, "", "risk", "nothing", "csrf_token"])
def test_nothing_else_grows_a_row(asked: str | None) -> None:
    assert not minutes().one_more(asked)


NAMES = st.sampled_from(
    [
        *TYPED,
        "corrects",
        "plan",
        "plan-²-action",
        "plan-9999-owner",
        "invitees--name",
        "statements-0",
        "another",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(NAMES, st.text(max_size=40), max_size=20))
def test_nothing_posted_breaks_the_minutes(posted: dict[str, str]) -> None:
    form = MinuteForm(MultiDict(posted), held_on=HELD_ON)
    if not form.accepted():
        assert form.problems()
