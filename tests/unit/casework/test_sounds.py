"""Names that are said alike sound alike here, and others do not."""

import pytest

from intake.casework.name_forms import OTHER_FORMS
from intake.casework.sounds import sound
from intake.casework.spelling import parts


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("catherine", "kathryn"),
        ("stephen", "steven"),
        ("smith", "smyth"),
        ("philip", "filip"),
        ("wright", "rite"),
        ("knight", "nite"),
        ("lee", "leigh"),
        ("thompson", "thomson"),
        ("clarke", "clark"),
        ("hussain", "hussein"),
        ("chloe", "khloe"),
        ("anthony", "antony"),
        ("mcdonald", "macdonald"),
        ("christie", "kristy"),
        ("gillian", "jillian"),
        ("xavier", "zavier"),
        ("psalter", "salter"),
        ("bridget", "brijet"),
        ("mueller", "muller"),
        ("llewellyn", "llewelyn"),
    ],
)
def test_said_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lee", "lou"),
        ("maya", "mia"),
        ("emma", "amy"),
        ("ellison", "allen"),
        ("stone", "smith"),
        ("jo", "jay"),
    ],
)
def test_said_differently(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_every_form_of_a_name_is_written_as_names_are_compared_and_leads_to_another() -> None:
    assert OTHER_FORMS["eefa"] >= {"aoife"}
    assert all(tuple(parts(form)) == (form,) for form in OTHER_FORMS)
    assert all(others and form not in others for form, others in OTHER_FORMS.items())
