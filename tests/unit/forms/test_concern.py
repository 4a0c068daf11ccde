"""The first page of a concern: how little it requires, and what 'today' means on it."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from intake.forms.concern import ConcernForm, KeepForm, said_again
from intake.forms.fields import Question
from intake.vocabulary import Answer

MONDAY = date(2026, 11, 23)
GOOD = {
    "child_name": "Maya",
    "danger_now": "no",
    "missing_now": "not_known",
    "happened": "  'He waits in the silver car.'\n",
    "occurred_on": "today",
}


def required(form: ConcernForm) -> list[str]:
    return [question.name for question in form if isinstance(question, Question) and question.required]


def posted(**said: str) -> ConcernForm:
    return ConcernForm(MultiDict({**GOOD, **said}), today=MONDAY)


def test_at_most_six_answers_are_required() -> None:
    form = ConcernForm(None, today=MONDAY)
    assert len(required(form)) <= 6
    empty = ConcernForm(MultiDict({"once_key": "x"}), today=MONDAY)
    assert not empty.accepted()
    assert len(empty.problems()) <= 6


def test_what_happened_is_kept_exactly_as_typed() -> None:
    form = posted()
    assert form.accepted(), form.problems()
    assert form.draft().happened == "  'He waits in the silver car.'\n"
    assert form.draft().danger_now is Answer.NO


def test_today_is_the_day_the_page_was_shown() -> None:
    assert ConcernForm(None, today=MONDAY).asked_on.data == "2026-11-23"
    form = ConcernForm(MultiDict({**GOOD, "asked_on": "2026-11-22"}), today=MONDAY)
    assert form.draft().occurred_on == date(2026, 11, 22)


@pytest.mark.parametrize("asked_on", ["2026-11-24", "not a day", ""])
def test_a_page_cannot_have_been_shown_later_than_now(asked_on: str) -> None:
    form = ConcernForm(MultiDict({**GOOD, "asked_on": asked_on}), today=MONDAY)
    assert form.draft().occurred_on == MONDAY


@pytest.mark.parametrize(("said", "day", "month"), [("today", "31", "10"), ("yesterday", "30", "10")])
def test_a_draft_of_another_day_means_that_day(said: str, day: str, month: str) -> None:
    again = said_again({"asked_on": ["2026-10-31"], "occurred_on": [said]}, MONDAY)
    assert again["occurred_on"] == "another" or list(again["occurred_on"]) == ["another"]
    form = ConcernForm(None, today=MONDAY, saved={"asked_on": ["2026-10-31"], "occurred_on": [said]})
    assert form.occurred_on.data.on == date(2026, int(month), int(day))


@pytest.mark.parametrize("said", ["not_known", "another"])
def test_a_draft_that_names_its_day_is_left_alone(said: str) -> None:
    saved = {"asked_on": ["2026-10-31"], "occurred_on": [said]}
    assert said_again(saved, MONDAY) is saved


def test_a_draft_of_the_same_day_is_left_alone() -> None:
    saved = {"asked_on": ["2026-11-23"], "occurred_on": ["today"]}
    assert said_again(saved, MONDAY) is saved


def test_the_draft_does_not_hold_the_once_key() -> None:
    assert "once_key" not in posted(once_key="secret").typed_words()


def test_keeping_in_school_requires_the_reason_alone() -> None:
    form = KeepForm(MultiDict({"version": "2"}))
    assert not form.accepted()
    assert [problem.anchor for problem in form.problems()] == ["reason"]
