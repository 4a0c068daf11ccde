"""Which names on the roll a typed name may mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.documents.child import ChildCard
from intake.casework.names import may_be, mentions


def card(given_name: str = "", family_name: str = "", known_as: str = "") -> ChildCard:
    return ChildCard(given_name, family_name, known_as, None, "", "", "")


@pytest.mark.parametrize(
    ("typed", "given_name", "family_name", "known_as"),
    [
        ("maya", "Maya", "Ellison", ""),
        ("MAYA ELLISON", "Maya", "Ellison", ""),
        ("ellison maya", "Maya", "Ellison", ""),
        ("may ell", "Maya", "Ellison", ""),
        ("obrien nguyen", "", "O'Brien-Nguyễn", ""),
        ("o\u2019brien", "", "O'Brien", ""),
        ("O`Brien", "", "O\u2018Brien", ""),
        ("łukasik", "Zofia", "Lukasik", ""),
        ("lukasik", "Zofia", "Łukasik", ""),
        ("soren", "Søren", "", ""),
        ("dao", "", "Đào", ""),
        ("suharto", "Suharto", "", ""),
        ("bizzy", "Elizabeth", "", "Bizzy"),
        ("mya elison", "Maya", "Ellison", ""),
        ("elllison", "", "Ellison", ""),
        ("ellisan", "", "Ellison", ""),
        ("elilson", "", "Ellison", ""),
        ("ellisonn", "", "Ellison", ""),
        ("kllison", "", "Ellison", ""),
        ("Ольга", "Ольга", "", ""),
    ],
)
def test_a_name_is_found_as_people_type_it(
    typed: str, given_name: str, family_name: str, known_as: str
) -> None:
    assert may_be(typed, card(given_name, family_name, known_as))


@pytest.mark.parametrize(
    ("typed", "given_name", "family_name"),
    [
        ("", "Maya", "Ellison"),
        ("--", "Maya", "Ellison"),
        ("maya stone", "Maya", "Ellison"),
        ("ellsion extra", "Maya", "Ellison"),
        ("jo", "Bo", ""),
        ("elosn", "", "Ellison"),
        ("maya", "", ""),
        ("aye", "Maya", ""),
    ],
)
def test_another_name_is_not_found(typed: str, given_name: str, family_name: str) -> None:
    assert not may_be(typed, card(given_name, family_name))


@given(st.text(min_size=1, max_size=12), st.text(max_size=12))
def test_a_name_typed_whole_is_always_found(given_name: str, family_name: str) -> None:
    typed = f"{family_name} {given_name}"
    assert may_be(typed, card(given_name, family_name)) or not any(map(str.isalnum, typed))


@given(st.text(max_size=200), st.text(max_size=40))
def test_nothing_that_can_be_typed_breaks_the_search(typed: str, name: str) -> None:
    assert may_be(typed, card(name)) in {True, False}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mr Carter gave her a phone.", "Ruth Carter"),
        ("It was carter's car", "Ruth Carter"),
        ("She said Cartre drove", "Ruth Carter"),
        ("With O\u2019Brien again", "Pat O'Brien"),
        ("Miss Ng was there", "Lin Ng"),
        ("suharto", "Suharto"),
    ],
)
def test_a_text_may_speak_of_a_colleague(text: str, name: str) -> None:
    assert mentions(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ruth saw her", "Ruth Carter"),
        ("A cart stood there", "Ruth Carter"),
        ("Not one of them", "Lin Ng"),
        ("She had the care of him", "Ada Cart"),
        ("", "Ruth Carter"),
        ("Somebody", " "),
    ],
)
def test_a_text_that_does_not_speak_of_a_colleague(text: str, name: str) -> None:
    assert not mentions(text, name)
