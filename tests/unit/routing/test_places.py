"""Which council a postcode is in: certain only where a named source proves it."""

from collections import Counter

import pytest

from intake.routing.codes import Reason
from intake.routing.places_file import read_places
from intake.routing.toml_table import DataFault
from intake.vocabulary import Nation
from tests.unit.routing.cases import DIRECTORY

GAZETTEER = DIRECTORY.gazetteer
NAMES = '[[council]]\nnation = "england"\nsource = "x"\n[council.names]\nE06000006 = "Halton"\n'


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
    with pytest.raises(DataFault, match=r"places\.toml, line 6: exact\.source: is missing"):
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


def test_every_childrens_authority_of_england_and_wales_has_its_name() -> None:
    kinds = Counter(code[:3] for code in GAZETTEER.names)
    assert kinds == {"E06": 63, "E08": 36, "E09": 33, "E10": 21, "W06": 22}
    assert {name.nation for code, name in GAZETTEER.names.items() if code[0] == "W"} == {Nation.WALES}
    assert GAZETTEER.names["E10000012"].name == "Essex"


def test_every_police_force_area_has_the_name_the_directory_goes_by() -> None:
    assert len(GAZETTEER.police_forces) == len(set(GAZETTEER.police_forces.values())) == 43
    assert GAZETTEER.police_forces["E23000006"] == "cheshire"
    assert GAZETTEER.police_forces["W15000003"] == "south-wales"
    assert DIRECTORY.by_force.keys() <= set(GAZETTEER.police_forces.values())


def test_a_name_that_is_no_word_is_named_by_its_line() -> None:
    with pytest.raises(DataFault, match=r"line 5: council\.names\.E06000006: must be words"):
        read_places("places.toml", NAMES.replace('"Halton"', "5"))
