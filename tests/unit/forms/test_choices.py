"""Questions answered by choosing look what was posted up in what was shown."""

from uuid import UUID

import pytest

from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.vocabulary import Answer
from tests.support.demo_form import SIGNS, demo, posted

NOT_SHOWN = "Choose from the answers shown"
FILE = UUID("01900000-0000-7000-8000-000000000001")


class FileForm(BaseForm[None]):
    """A question whose answers are only known when it is asked."""

    file = OneOf[UUID]("Which child?", required="Choose a child")


def test_an_answer_is_the_key_and_not_its_letters() -> None:
    assert demo(posted(danger="yes")).danger.data is Answer.YES


@pytest.mark.parametrize("name", ["danger", "service", "signs"])
@pytest.mark.parametrize("value", ["perhaps", "YES", "\x00", "x" * 10_000])
def test_what_was_not_shown_is_refused_and_logged_without_it(
    name: str, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    form = demo(posted(**{name: value}))
    assert not form.accepted()
    assert form[name].errors == [NOT_SHOWN]
    assert caplog.messages == [f"an answer that was not among those shown, to {name}"]


def test_the_first_of_repeated_radio_buttons_counts() -> None:
    assert demo(posted(danger=["no", "yes"])).danger.data is Answer.NO


def test_nothing_chosen_is_no_answer() -> None:
    form = demo(posted(danger=[], signs=[], service=[]))
    form.validate()
    assert form.danger.data is None
    assert form.danger.errors == ["Say whether the child is in danger"]
    assert form.signs.data == ()
    assert form.service.data is None


def test_ticks_come_in_the_order_shown_and_once_each() -> None:
    form = demo(posted(signs=["online", "missing", "online", ""]))
    assert form.accepted()
    assert form.signs.data == ("missing", "online")
    assert [chosen for _, _, _, chosen in form.signs.options()] == [True, False, True]


def test_more_ticks_than_there_are_boxes_are_not_read() -> None:
    form = demo(posted(signs=[*SIGNS] * 5_000))
    assert form.signs.data == tuple(SIGNS)


def test_a_single_box_is_ticked_or_not() -> None:
    assert demo(posted(told="yes")).told.data is True
    assert demo(posted()).told.data is False
    assert demo(posted(told="")).told.data is False


def test_answers_known_only_now_are_looked_up_among_those_given() -> None:
    given = {"file": {FILE: "Robin Example"}}
    asked = FileForm(posted(file=str(FILE)), choices=given)
    assert asked.file.data == FILE
    assert FileForm(posted(file=str(FILE)), choices={"file": {}}).file.data is None


def test_hints_stand_beside_their_answers() -> None:
    assert [hint for _, _, hint, _ in demo(None).signs.options()] == ["", "Money, phones, jewellery", ""]
