"""Days and times are understood as people type them, and a wrong one is a sentence, never a fault."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from intake.forms.base import BaseForm
from intake.forms.times import DateParts, Occurred, TimeOfDay, When, time_said
from tests.support.demo_form import TODAY, DemoForm, demo, posted

AS_PARTS = "Enter the date as a day, a month and a year, like 27 3 2026"
NO_SUCH = "There is no such date. Check the day, the month and the year"


def born(day: str, month: str, year: str) -> DateParts:
    form = demo(posted(born__day=day, born__month=month, born__year=year))
    form.validate()
    return form.born


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH"])
def test_a_month_may_be_a_number_or_a_name(month: str) -> None:
    assert born("27", month, "2012").data == date(2012, 3, 27)


@pytest.mark.parametrize(
    ("parts", "anchor"),
    [
        (("", "3", "2012"), "born-day"),
        (("27", "", "2012"), "born-month"),
        (("27", "3", ""), "born-year"),
        (("27", "3", "12"), "born-year"),
        (("27", "Smarch", "2012"), "born-month"),
        (("²", "3", "2012"), "born-day"),
        (("-1", "3", "2012"), "born-day"),
        (("9" * 9999, "", "2012"), "born-month"),
    ],
)
def test_a_part_that_is_wrong_is_the_one_led_to(parts: tuple[str, str, str], anchor: str) -> None:
    asked = born(*parts)
    assert asked.data is None
    assert asked.errors == [AS_PARTS]
    assert asked.anchor == anchor


@pytest.mark.parametrize(
    "parts",
    [
        ("31", "2", "2012"),
        ("0", "1", "2012"),
        ("1", "13", "2012"),
        ("1", "1", "0000"),
        ("01519078305", "1", "2012"),
        ("1", "9" * 30, "2012"),
    ],
)
def test_a_date_that_never_was_is_refused(parts: tuple[str, str, str]) -> None:
    assert born(*parts).errors == [NO_SUCH]


def test_a_date_in_the_future_is_refused_where_only_the_past_makes_sense() -> None:
    assert born("24", "11", "2026").errors == ["This date is in the future. Enter today or a day before it"]
    assert born("23", "11", "2026").data == TODAY


def test_a_date_left_empty_is_no_answer() -> None:
    asked = born("", "", "")
    assert asked.empty
    assert asked.errors == []


def test_a_date_given_is_shown_in_its_boxes() -> None:
    asked = DemoForm(today=TODAY, born=date(2012, 3, 7)).born
    assert asked.typed == {"day": "7", "month": "3", "year": "2012"}
    assert asked.posted() == {"born-day": ["7"], "born-month": ["3"], "born-year": ["2012"]}


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("14:30", time(14, 30)),
        ("14.30", time(14, 30)),
        ("1430", time(14, 30)),
        ("9:05", time(9, 5)),
        ("2:30pm", time(14, 30)),
        ("2.30 PM", time(14, 30)),
        ("2pm", time(14, 0)),
        ("12am", time(0, 0)),
        ("midnight", time(0, 0)),
        ("12pm", time(12, 0)),
        ("noon", time(12, 0)),
        ("Midday", time(12, 0)),
        ("00:00", time(0, 0)),
    ],
)
def test_a_time_is_understood(said: str, meant: time) -> None:
    assert time_said(said) == meant


@pytest.mark.parametrize("said", ["14", "25:00", "10:60", "13pm", "0am", "after lunch", "²:30", ":30", ""])
def test_what_is_no_time_is_not(said: str) -> None:
    assert time_said(said) is None


def test_a_time_not_understood_is_shown_again_with_a_sentence() -> None:
    form = demo(posted(starts="teatime"))
    assert not form.accepted()
    assert form.starts.errors == ["Enter a time like 9am or 2:30pm"]
    assert form.starts.typed == "teatime"


def test_a_time_given_is_shown() -> None:
    form = DemoForm(today=TODAY, starts=time(9, 5))
    assert form.starts.typed == "9:05am"
    assert TimeOfDay.component == "input"


@pytest.mark.parametrize(
    ("answers", "on"),
    [
        ({"when": "today"}, date(2026, 11, 23)),
        ({"when": "yesterday"}, date(2026, 11, 22)),
        ({"when": "not_known"}, None),
        (
            {"when": "another", "when__on__day": "1", "when__on__month": "9", "when__on__year": "2026"},
            date(2026, 9, 1),
        ),
    ],
)
def test_when_is_a_day_as_far_as_it_is_known(answers: dict[str, str], on: date | None) -> None:
    form = demo(posted(when__about="just after lunch", **answers))
    assert form.accepted()
    assert form.when.data == Occurred(on, "just after lunch")


def test_another_day_must_be_named() -> None:
    form = demo(posted(when="another"))
    assert not form.accepted()
    assert form.when.errors == ["Enter the day it happened"]
    assert form.when.anchor == "when-on-day"


def test_another_day_cannot_lie_ahead() -> None:
    form = demo(posted(when="another", when__on__day="24", when__on__month="11", when__on__year="2026"))
    assert not form.accepted()
    assert form.when.day.errors


@pytest.mark.parametrize("nothing", [[], "", "tomorrow"])
def test_when_left_open_is_asked_for(nothing: str | list[str]) -> None:
    form = demo(posted(when=nothing))
    assert not form.accepted()
    assert form.when.errors == ["Say when this happened"]
    assert form.when.anchor == "when"


def test_when_given_is_shown_as_another_day() -> None:
    form = DemoForm(today=TODAY, when=Occurred(date(2026, 9, 1), "10:15"))
    assert form.when.answer == "another"
    assert form.when.day.typed["month"] == "9"
    assert form.when.about == "10:15"
    assert DemoForm(today=TODAY, when=Occurred(None, "")).when.answer == "not_known"


class OnlyWhen(BaseForm[None]):
    """Only this."""

    when = When("When?")


@given(
    st.dictionaries(
        st.sampled_from(["when", "when-about", "when-on-day", "when-on-month", "when-on-year"]), st.text()
    )
)
def test_nothing_that_can_be_posted_makes_when_fall_over(answers: dict[str, str]) -> None:
    form = OnlyWhen(MultiDict(answers), today=TODAY)
    form.validate()
    assert form.when.data is None or isinstance(form.when.data, Occurred)
