"""Where a child lives, in words."""

from dataclasses import replace
from typing import Any

import pytest

from intake.routing.places import NO_FIXED_ADDRESS, NOT_KNOWN, in_another_council
from intake.words.home import home_council, home_words
from tests.factories.school import MAYA, card
from tests.unit.routing.cases import AT_HALTON, ask

HIDDEN = "Blacked out where it stands in other words: █████"


@pytest.mark.parametrize(
    ("given", "council", "said"),
    [
        ({}, "Halton", "14 Invented Street, Widnes\nWA8 7QF, Halton"),
        ({"home_address": "", "home_postcode": "wa87qf"}, "Halton", "WA8 7QF, Halton"),
        ({"home_address": "", "home_postcode": "wa8"}, "", "WA8"),
        ({"home_address": "", "home_postcode": "by the canal"}, "", "By the canal"),
        ({"address_withheld": True}, "Halton", f"Withheld\nHalton\n{HIDDEN}"),
        ({"home_postcode": ""}, "council not known", "14 Invented Street, Widnes\nCouncil not known"),
    ],
)
def test_a_home_is_said_as_far_as_it_is_known(given: dict[str, Any], council: str, said: str) -> None:
    assert home_words(replace(MAYA, **given), council) == said


def test_nothing_known_of_a_home_is_said_in_words() -> None:
    assert home_words(card()) == "Not known"


def test_the_council_is_named_or_it_is_said_why_not() -> None:
    assert home_council(ask(AT_HALTON)) == "Halton"
    assert home_council(ask(NO_FIXED_ADDRESS)) == "no fixed address"
    assert home_council(ask(NOT_KNOWN)) == "council not known"
    assert home_council(ask(in_another_council())) == "another council, not in our list"
    assert home_council(ask(in_another_council("EH1 1AA"))) == "outside England and Wales"
