"""Numbers are checked by their published rules and written one way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.documents.child import ChildCard
from intake.casework.identifiers import (
    Identifier,
    email,
    identifiers_in,
    identifiers_of,
    nhs_number,
    phone,
    upn,
    vehicle,
)
from intake.vocabulary import IdentifierKind

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("943 476 5919", "9434765919"),
        ("943-476-5919", "9434765919"),
        ("9434765910", None),
        ("943476591", None),
        ("0000000000", "0000000000"),
        ("1000000010", None),  # its check figure would be ten, which no number has
        ("٩٤٣٤٧٦٥٩١٩", None),
    ],
)
def test_an_nhs_number_has_a_right_check_figure(typed: str, written: str | None) -> None:
    assert nhs_number(typed) == written


@given(st.text("0123456789", min_size=9, max_size=9))
def test_at_most_one_last_figure_is_right(first: str) -> None:
    assert sum(nhs_number(first + last) is not None for last in "0123456789") <= 1


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("H801200001001", "H801200001001"),
        ("h8012 0000 1001", "H801200001001"),
        ("J801200001001", None),
        ("I801200001001", None),
        ("H80120000100", None),
        ("H80120000100٩", None),
    ],
)
def test_a_upn_has_a_right_check_letter(typed: str, written: str | None) -> None:
    assert upn(typed) == written


@given(st.text("0123456789", min_size=11, max_size=11), st.sampled_from("0123456789" + LETTERS))
def test_exactly_one_letter_is_right_for_any_upn(figures: str, last: str) -> None:
    assert sum(upn(letter + figures + last) is not None for letter in LETTERS) == 1


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_figure_is_noticed(figures: str, at: int, by: int) -> None:
    right = next(letter + figures for letter in LETTERS if upn(letter + figures))
    wrong = right[: at + 1] + str((int(right[at + 1]) + by) % 10) + right[at + 2 :]
    assert upn(wrong) is None


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("07700 900123", "+447700900123"),
        ("+44 (0)7700 900123", "+447700900123"),
        ("0044 7700 900123", "+447700900123"),
        ("(0151) 496 0001", "+441514960001"),
        ("+353 1 234 5678", "+35312345678"),
        ("999", None),
        ("7700 900123", None),
        ("", None),
    ],
)
def test_a_telephone_number_is_written_in_e164(typed: str, written: str | None) -> None:
    assert phone(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        (" Maya.E@Example.ORG ", "maya.e@example.org"),
        ("\uff4daya@example.org.", "maya@example.org"),
        ("maya", None),
        ("a b@example.org", None),
    ],
)
def test_an_address_is_written_small(typed: str, written: str | None) -> None:
    assert email(typed) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("ab12 cde", "AB12CDE"),
        ("A123 BCD", "A123BCD"),
        ("ABC 123D", "ABC123D"),
        ("BIG 1234", "BIG1234"),
        ("MAY 2012", None),
        ("AB12 CD", None),
        ("AB1٢ CDE", None),
    ],
)
def test_a_whole_registration_is_written_without_spaces(typed: str, written: str | None) -> None:
    assert vehicle(typed) == written


def test_identifiers_are_found_among_other_words() -> None:
    said = (
        "silver Golf, AB12 CDE, waits at the gate\n"
        "Mum: 07700 900123 or mum@example.org; NHS 943 476 5919\n"
        "pupil H801200001001, 'Big Dave', half a plate: AB1"
    )
    assert identifiers_in(said) == {
        Identifier(IdentifierKind.VEHICLE, "AB12CDE"),
        Identifier(IdentifierKind.PHONE, "+447700900123"),
        Identifier(IdentifierKind.EMAIL, "mum@example.org"),
        Identifier(IdentifierKind.NHS_NUMBER, "9434765919"),
        Identifier(IdentifierKind.UPN, "H801200001001"),
    }


def test_a_card_is_found_by_its_numbers_where_they_can_be_right() -> None:
    right = ChildCard("", "", "", None, "", "", "", "", "9434765919", "H801200001001", "AB12 CDE")
    wrong = ChildCard("", "", "", None, "", "", "", "", "9434765910", "H80120000100", "")
    assert {each.kind for each in identifiers_of(right)} == {
        IdentifierKind.NHS_NUMBER,
        IdentifierKind.UPN,
        IdentifierKind.VEHICLE,
    }
    assert identifiers_of(wrong) == frozenset()


@given(st.text(max_size=200))
def test_nothing_that_can_be_typed_breaks_it(text: str) -> None:
    identifiers_in(text)
