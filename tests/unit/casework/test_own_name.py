"""Whose surname and postcode are the looker's own as well, and which names are too common to say anything."""

from uuid import UUID

import pytest

from intake.casework.own_name import Known, of_their_own
from intake.vocabulary import AskWhy

_SAM, _CASE = UUID(int=50), UUID(int=1)
_HOMES = ("WA8 1AA", "WA8 1AB", "WA8 1AD", "WA8 1AE")
_BOTH = {AskWhy.OWN_SURNAME, AskWhy.OWN_POSTCODE}


def _own(looker: Known, child: Known, *others: Known) -> set[AskWhy]:
    children = {_CASE: child, **{UUID(int=100 + n): other for n, other in enumerate(others)}}
    return set(of_their_own([(_SAM, _CASE)], {_SAM: looker}, children).get((_SAM, _CASE), ()))


@pytest.mark.parametrize(
    ("looker", "child", "alike"),
    [
        ("Reed", "Reed", True),
        ("O'Brien", "O\u2019BRIEN", True),
        ("Nguyễn", "nguyen", True),
        ("Reed", "Reed-Marsh", True),
        ("Khan-Patel", "Patel", True),
        ("Berg", "van der Berg", True),
        ("Reed", "Reid", False),
        ("Clark", "Clarke", False),
        ("Li", "Li", False),
        ("", "", False),
    ],
)
def test_a_whole_part_of_a_surname_is_the_same_and_nothing_that_is_only_like_it(
    looker: str, child: str, *, alike: bool
) -> None:
    assert _own(Known(looker, ""), Known(child, "")) == ({AskWhy.OWN_SURNAME} if alike else set())


@pytest.mark.parametrize(
    ("looker", "child", "why"),
    [("WA8 7QF", "WA8 7QF", {AskWhy.OWN_POSTCODE}), ("WA8 7QF", "WA8 7QG", set()), ("", "", set())],
)
def test_a_postcode_that_both_have_is_the_same(looker: str, child: str, why: set[AskWhy]) -> None:
    assert _own(Known("Reed", looker), Known("Marsh", child)) == why


@pytest.mark.parametrize(("homes", "of", "asked"), [(4, 401, True), (4, 400, False), (3, 20, True)])
def test_a_name_of_one_child_in_a_hundred_in_four_homes_says_nothing(
    homes: int, of: int, *, asked: bool
) -> None:
    reeds = [Known("Reed", home) for home in _HOMES[1:homes]]
    rest = [Known("Marsh", "")] * (of - homes)
    found = _own(Known("Reed", _HOMES[0]), Known("Reed", _HOMES[0]), *reeds, *rest)
    assert found == (_BOTH if asked else {AskWhy.OWN_POSTCODE})


def test_brothers_and_sisters_in_one_home_do_not_make_their_name_common() -> None:
    assert _own(Known("Reed", ""), *[Known("Reed", _HOMES[0])] * 9) == {AskWhy.OWN_SURNAME}


def test_a_card_that_was_not_opened_is_not_compared() -> None:
    assert of_their_own([(_SAM, _CASE)], {_SAM: Known("Reed", "")}, {}) == {}
