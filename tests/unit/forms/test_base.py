"""A form carries its token and once-key, keeps what was typed, and says what is wrong in plain words."""

import pytest
from flask import g
from flask_wtf.csrf import generate_csrf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from intake.errors import Refused
from intake.forms.base import BaseForm, Problem, words_in
from intake.forms.fields import Text
from intake.vocabulary import Answer
from tests.support.demo_form import GOOD, TODAY, DemoForm, Said, demo, posted


def test_a_form_shown_for_the_first_time_has_a_fresh_once_key() -> None:
    form = demo(None)
    assert form.once_key.data == "a once-key"
    assert not form.submitted
    assert not form.accepted()


def test_a_posted_form_keeps_its_own_once_key() -> None:
    assert demo(posted(once_key="the one it had")).once_key.data == "the one it had"


def test_good_answers_are_accepted_and_handed_on() -> None:
    form = demo(posted())
    assert form.accepted()
    assert form.problems() == ()
    assert form.draft() == Said("Robin Example", Answer.NO)


def test_a_form_that_hands_nothing_on_says_so() -> None:
    with pytest.raises(NotImplementedError):
        BaseForm[None]().draft()


def test_a_form_without_a_good_token_is_not_accepted() -> None:
    g.csrf_valid = False
    form = demo(posted())
    assert not form.accepted()
    assert form.problems() == (
        Problem("", "This page had been open too long. Nothing was sent: press once more."),
    )
    assert not demo(posted(csrf_token="another session's")).accepted()
    assert demo(posted(csrf_token=generate_csrf())).accepted()


def test_problems_come_in_the_order_of_the_questions_and_lead_to_their_controls() -> None:
    form = demo(posted(child="", when="another", plan__0__action=""))
    form.validate()
    assert form.problems() == (
        Problem("child", "Enter the child's name"),
        Problem("when-on-day", "Enter the day it happened"),
        Problem("plan-0-action", "Action 1: Say what will be done"),
    )


def test_answers_are_compared_with_each_other() -> None:
    form = demo(posted(danger="yes"))
    assert not form.accepted()
    assert form.problems() == (Problem("told", "Tell somebody in person"),)
    assert demo(posted(danger="yes", told="yes")).accepted()


def test_what_a_service_refuses_stands_beside_its_question() -> None:
    form = demo(posted())
    assert form.accepted()
    form.take(Refused("child", "child.unknown"), {"child.unknown": "Choose a child from the roll"})
    form.take(Refused("elsewhere", "Try again"))
    assert form.problems() == (Problem("", "Try again"), Problem("child", "Choose a child from the roll"))
    assert form.child.data == "Robin Example"


def test_a_saved_draft_is_shown_with_a_fresh_once_key() -> None:
    saved = demo(posted(child="Robin", once_key="old", password="secret", signs=["gifts"])).typed_words()
    assert saved["child"] == ["Robin"]
    assert not {"once_key", "csrf_token", "password", "version"} & set(saved)
    form = DemoForm(saved=saved, once_key="new", today=TODAY)
    assert form.child.data == "Robin"
    assert form.signs.data == ("gifts",)
    assert form.plan.entries[0].form.action.data == "Ring home"
    assert form.once_key.data == "new"
    assert not form.submitted


def test_a_posted_form_is_not_overwritten_by_a_saved_draft() -> None:
    assert DemoForm(posted(), saved={"child": ["Sam"]}, today=TODAY).child.data == "Robin Example"


def test_the_words_of_any_post_leave_out_what_is_secret_and_what_is_empty() -> None:
    answers = posted(csrf_token="t", password="p", code="1", child="Robin", email=" ")
    assert set(words_in(answers)) == set(GOOD) - {"version"}


def test_rows_take_no_more_than_their_most() -> None:
    rows = {f"plan__{number}__action": f"Action {number}" for number in range(9)}
    assert [part.action.data for part in demo(posted(**rows)).plan.parts()] == [
        "Action 0",
        "Action 1",
        "Action 2",
    ]


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", "x", "٣", ""])
def test_a_row_number_nobody_was_shown_is_not_a_row(number: str) -> None:
    answers = posted()
    answers.add(f"plan-{number}-action", "More")
    assert [part.action.data for part in demo(answers).plan.parts()] == ["Ring home"]


NAMES = [*GOOD, "signs", "service", "email", "code", "born-day", "born-month", "born-year", "starts", "told"]
NAMES += ["when-on-day", "when-on-year", "when-about", "plan-1-due_on-day", "plan", "plan-", "plan-0", "born"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(NAMES), st.text() | st.sampled_from([*GOOD.values()]))))
def test_nothing_that_can_be_posted_makes_a_form_fall_over(answers: list[tuple[str, str]]) -> None:
    form = demo(MultiDict(answers))
    form.validate()
    form.problems()
    form.typed_words()


class Asking(BaseForm[str]):
    """One question without a length of its own."""

    words = Text("Words")


def test_a_text_may_have_200_characters_unless_it_says_otherwise() -> None:
    assert Asking(MultiDict({"words": "x" * 200})).accepted()
    assert not Asking(MultiDict({"words": "x" * 201})).accepted()


def test_only_a_question_of_choice_is_given_a_list() -> None:
    with pytest.raises(TypeError):
        Asking(choices={"words": {"a": "A"}})
