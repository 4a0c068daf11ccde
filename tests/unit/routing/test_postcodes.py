"""Postcodes as people type them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.routing.postcodes import Postcode, PostcodeKind, read_postcode


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("WA8 7QF", "WA8 7QF"),
        ("wa87qf", "WA8 7QF"),
        ("  wa8  7qf ", "WA8 7QF"),
        ("WA8-7QF", "WA8 7QF"),
        ("WA8 7QF.", "WA8 7QF"),
        ("WA8 OQF", "WA8 0QF"),
        ("WA8 IQF", "WA8 1QF"),
        ("CF10 4UW", "CF10 4UW"),
        ("SW1A 1AA", "SW1A 1AA"),
        ("W1A1AA", "W1A 1AA"),
        ("m1 1ae", "M1 1AE"),
        ("GIR 0AA", "GIR 0AA"),
        ("TD15 1AA", "TD15 1AA"),
    ],
)
def test_a_whole_postcode_is_read_in_any_hand(typed: str, text: str) -> None:
    assert read_postcode(typed).text == text
    assert read_postcode(typed).kind is PostcodeKind.WHOLE


@pytest.mark.parametrize(("typed", "half"), [("wa8", "WA8"), ("WA8 7", "WA8"), (" CF10 ", "CF10")])
def test_half_a_postcode_is_half_a_postcode(typed: str, half: str) -> None:
    found = read_postcode(typed)
    assert (found.kind, found.text, found.outward) == (PostcodeKind.FIRST_HALF, half, half)


@pytest.mark.parametrize("typed", ["EH1 1AA", "g1 1aa", "BT1 1AA", "JE2 3AB", "IM1", "ZE1 0AA"])
def test_scotland_and_the_islands_are_elsewhere(typed: str) -> None:
    assert read_postcode(typed).kind is PostcodeKind.ELSEWHERE


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("wa87qf", "WA8 7QF"),
        ("eh11aa", "EH1 1AA"),
        ("WA8", ""),
        ("IM1", ""),
        ("BFPO 61", ""),
        ("rubbish", ""),
    ],
)
def test_only_a_whole_one_is_whole_wherever_it_is(typed: str, whole: str) -> None:
    assert read_postcode(typed).whole == whole


@pytest.mark.parametrize("typed", ["GL1 1AA", "E1 6AN", "PE1 1AA"])
def test_an_area_that_begins_like_a_scottish_one_is_not_in_scotland(typed: str) -> None:
    assert read_postcode(typed).kind is PostcodeKind.WHOLE


@pytest.mark.parametrize("typed", ["BFPO 61", "bfpo 5210", "BF1 2AA"])
def test_an_address_of_the_forces_is_known_for_one(typed: str) -> None:
    assert read_postcode(typed).kind is PostcodeKind.FORCES


@pytest.mark.parametrize("typed", ["", "  ", "rubbish", "WA8 7Q", "12345", "WA8 7QF WA8 7QG", "x" * 4000])
def test_anything_else_is_not_a_postcode_and_not_an_error(typed: str) -> None:
    assert read_postcode(typed).kind is PostcodeKind.NOT_ONE
    assert read_postcode(typed).outward == ""
    assert read_postcode(typed).text == typed.strip()


@settings(deadline=None)
@given(st.text())
def test_nothing_typed_is_ever_an_error(typed: str) -> None:
    found = read_postcode(typed)
    if found.kind in {PostcodeKind.WHOLE, PostcodeKind.FIRST_HALF}:
        assert read_postcode(found.text) == found


def test_an_address_of_the_forces_is_given_back_as_it_was_typed_in_capitals() -> None:
    assert read_postcode(" bfpo 61 ") == Postcode(PostcodeKind.FORCES, "BFPO 61", "")


def test_what_is_too_long_to_be_typed_for_a_postcode_is_not_read_as_one() -> None:
    longest = "WA8" + " " * 14 + "7QF"
    assert (len(longest), read_postcode(longest).text) == (20, "WA8 7QF")
    assert read_postcode(longest.replace("7QF", " 7QF")).kind is PostcodeKind.NOT_ONE
