"""Which council a postcode is in: certain only where a named source proves it."""

import pytest

from intake.routing.codes import Reason
from intake.routing.places_file import read_places
from intake.routing.toml_table import DataFault
from tests.unit.routing.cases import DIRECTORY

GAZETTEER = DIRECTORY.gazetteer
NAMES = '[[authority]]\ncode = "E06000006"\nname = "Halton"\nnation = "england"\n'


@pytest.mark.parametrize(("typed", "council"), [("WA8 7QF", "Halton"), ("cf104uw", "Cardiff")])
def test_a_councils_own_building_is_in_its_own_area(typed: str, council: str) -> None:
    found = GAZETTEER.locate(typed)
    assert found.authority is not None
    assert (found.authority.name, found.candidates, found.because) == (council, (), None)


@pytest.mark.parametrize(
    ("typed", "councils"),
    [
        ("WA8", ["Halton"]),
        ("WA8 0AA", ["Halton"]),
        ("WA7 4GX", ["Halton", "Cheshire West and Chester"]),
        ("CF5 1AA", ["Cardiff", "Vale of Glamorgan"]),
    ],
)
def test_the_first_half_only_says_which_councils_to_ask_about(typed: str, councils: list[str]) -> None:
    found = GAZETTEER.locate(typed)
    assert (found.authority, found.because) == (None, Reason.WHICH_COUNCIL)
    assert [candidate.name for candidate in found.candidates] == councils


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("SW1A 1AA", Reason.POSTCODE_NOT_LISTED),
        ("SW1A", Reason.POSTCODE_NOT_LISTED),
        ("EH1 1AA", Reason.OUTSIDE_ENGLAND_AND_WALES),
        ("BFPO 61", Reason.FORCES_ADDRESS),
        ("not one", Reason.NOT_A_POSTCODE),
    ],
)
def test_a_postcode_nobody_listed_gets_a_clear_answer(typed: str, because: Reason) -> None:
    found = GAZETTEER.locate(typed)
    assert (found.authority, found.candidates, found.because) == (None, (), because)


def test_every_row_of_the_places_file_names_its_source() -> None:
    with pytest.raises(DataFault, match=r"places\.toml, line 5: exact\.source: is missing"):
        read_places("places.toml", NAMES + '[[exact]]\npostcode = "WA8 7QF"\nauthority = "E06000006"\n')


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ('[[exact]]\npostcode = "WA8"\nauthority = "E06000006"\nsource = "x"', "a whole postcode"),
        ('[[exact]]\npostcode = "WA8 7QF"\nauthority = "E0"\nsource = "x"', "not among the authorities"),
        ('[[outward]]\ncodes = ["WA8"]\nauthorities = ["E0"]\nsource = "x"', "not among the authorities"),
        (
            '[[outward]]\ncodes = ["WA8", "WA8"]\nauthorities = ["E06000006"]\nsource = "x"',
            "already in the file",
        ),
    ],
)
def test_a_row_that_cannot_be_taken_is_named(row: str, why: str) -> None:
    with pytest.raises(DataFault, match=why):
        read_places("places.toml", NAMES + row)
