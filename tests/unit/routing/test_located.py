"""What a table of postcodes said goes before what the shipped rows say."""

from dataclasses import replace
from datetime import date

from intake.routing.codes import Reason
from intake.routing.places import AuthorityName, Located, Place, at_postcode, in_another_council, in_authority
from intake.vocabulary import Nation, PlaceKind
from tests.unit.routing.cases import CARDIFF, HALTON, ask, calls

IN_HALTON = Located(AuthorityName(HALTON, "Halton, by another spelling", Nation.ENGLAND), (), None)
IN_CARDIFF = Located(AuthorityName(CARDIFF, "Cardiff", Nation.WALES), (), None)
GONE = replace(IN_HALTON, terminated_on=date(2019, 3, 1))


def leads(home: Place) -> str | None:
    decision = ask(home)
    return decision.authority.code if decision.authority else None


def test_the_table_is_believed_before_the_shipped_rows() -> None:
    assert leads(at_postcode("WA8 0AA")) is None
    assert leads(at_postcode("WA8 0AA", IN_HALTON)) == HALTON
    assert leads(at_postcode("WA8 7QF", IN_CARDIFF)) == CARDIFF


def test_somebodys_word_that_it_is_another_council_does_not_go_before_a_table_that_is_sure() -> None:
    assert leads(in_another_council("WA8 0AA", IN_HALTON)) == HALTON
    assert in_another_council("WA8 0AA", IN_HALTON).kind is PlaceKind.ANOTHER_COUNCIL
    assert in_authority(HALTON).kind is PlaceKind.KNOWN
    assert Reason.ANOTHER_COUNCIL in ask(in_another_council("WA8 0AA")).reasons


def test_where_the_table_does_not_know_its_candidates_are_offered() -> None:
    either = Located(None, (IN_HALTON.authority, IN_CARDIFF.authority), Reason.WHICH_COUNCIL)  # type: ignore[arg-type]
    decision = ask(at_postcode("WA8", either))
    assert decision.authority is None
    assert Reason.WHICH_COUNCIL in decision.reasons
    assert [council.code for council in decision.candidates] == [HALTON, CARDIFF]


def test_a_postcode_no_longer_in_use_warns_and_is_routed_all_the_same() -> None:
    for home in (at_postcode("WA8 0AA", GONE), in_authority(HALTON, "WA8 0AA", GONE)):
        decision = ask(home)
        assert Reason.POSTCODE_TERMINATED in decision.reasons
        assert calls(decision) == ["halton-icart"]
    assert Reason.POSTCODE_TERMINATED not in ask(at_postcode("WA8 0AA", IN_HALTON)).reasons


def test_it_warns_of_the_place_where_the_child_is_as_well() -> None:
    decision = ask(in_authority(CARDIFF), found=at_postcode("WA8 0AA", GONE), urgent=True)
    assert Reason.POSTCODE_TERMINATED in decision.reasons
    assert decision.authority is not None
    assert decision.authority.code == HALTON


def test_a_council_that_was_named_goes_before_the_postcodes_and_the_difference_is_said() -> None:
    decision = ask(in_authority(CARDIFF, "WA8 0AA", GONE))
    assert decision.authority is not None
    assert decision.authority.code == CARDIFF
    assert Reason.POSTCODE_DIFFERS in decision.reasons
    assert Reason.POSTCODE_TERMINATED not in decision.reasons


def test_a_council_is_the_same_by_its_code_however_it_is_spelt() -> None:
    decision = ask(
        in_authority(HALTON, "WA8 0AA", IN_HALTON), found=at_postcode("WA8", IN_HALTON), urgent=True
    )
    assert Reason.POSTCODE_DIFFERS not in decision.reasons
    assert Reason.FOUND_LEADS not in decision.reasons
