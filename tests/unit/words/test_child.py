"""A child's name and age, as a list has room for them."""

from dataclasses import replace
from datetime import date

import pytest

from intake.casework.documents.child import ChildCard
from intake.words.child import child_age, child_name

MAYA = ChildCard("Maya", "Ellison", "", date(2012, 3, 9), "", "", "")
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (MAYA, "Maya Ellison"),
        (replace(MAYA, known_as="May"), "Maya Ellison (known as May)"),
        (replace(MAYA, known_as="Maya "), "Maya Ellison"),
        (replace(MAYA, given_name="", family_name="", known_as="May"), "May"),
        (replace(MAYA, given_name="", family_name=" "), "Name not known"),
    ],
)
def test_a_child_is_named_as_far_as_the_name_is_known(card: ChildCard, said: str) -> None:
    assert child_name(card) == said


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (MAYA, "age 14"),
        (replace(MAYA, born_on=date(2027, 1, 1)), "not born yet"),
        (replace(MAYA, born_on=None, age_about="14 or 15"), "age about 14 or 15"),
        (replace(MAYA, born_on=None, age_about="About 14"), "age about 14"),
        (replace(MAYA, born_on=None, age_about="unborn"), "unborn"),
        (replace(MAYA, born_on=None), "age not known"),
    ],
)
def test_an_age_is_said_as_well_as_it_is_known(card: ChildCard, said: str) -> None:
    assert child_age(card, TODAY) == said
