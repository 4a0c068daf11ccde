"""Objections are refused one at a time, and a dash is not an answer."""

import pytest

from intake.casework.objections import Objection, refuse_any, says_something
from intake.errors import Refused


def test_nothing_is_refused_when_nothing_stands_against_it() -> None:
    refuse_any(())


def test_the_first_objection_is_the_one_refused() -> None:
    with pytest.raises(Refused) as refusal:
        refuse_any((Objection("reason", "a.b"), Objection("other", "c.d")))

    assert (refusal.value.field, refusal.value.message) == ("reason", "a.b")


@pytest.mark.parametrize("text", ["ok", "7", "Đặng", "שרה", "因", " a "])
def test_a_letter_or_a_figure_of_any_script_says_something(text: str) -> None:
    assert says_something(text)


@pytest.mark.parametrize("text", ["", " ", "\n\t", ".", "---", "…", "\u200b", "?!"])
def test_blanks_and_dashes_say_nothing(text: str) -> None:
    assert not says_something(text)
