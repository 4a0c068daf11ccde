"""Whom a search finds, why, and in what order."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.birthdays import Born, born_from
from intake.casework.documents.child import ChildCard
from intake.casework.names import name_parts
from intake.casework.seeking import Match, Seeker, Sought
from intake.vocabulary import MatchReason as Why

TODAY = date(2026, 11, 23)


def card(given_name: str = "", family_name: str = "", known_as: str = "", **more: object) -> ChildCard:
    known: dict[str, object] = {"born_on": None, "age_about": "", "home_address": "", "home_postcode": ""}
    return ChildCard(given_name, family_name, known_as, **{**known, **more})  # type: ignore[arg-type]


def found(typed: str, child: ChildCard, born: str = "", other: str = "") -> Match | None:
    names = (typed,) if typed else ()
    return Seeker(Sought(names, born_from(born, TODAY), other), TODAY).match(child)


def why(typed: str, child: ChildCard, born: str = "", other: str = "") -> tuple[Why, ...] | None:
    match = found(typed, child, born, other)
    return None if match is None else match.reasons


@pytest.mark.parametrize(
    ("typed", "given_name", "family_name", "known_as", "reason"),
    [
        ("MAYA ELLISON", "Maya", "Ellison", "", Why.SAME_NAME),
        ("ellison maya", "Maya", "Ellison", "", Why.SAME_NAME),
        ("maya", "Maya", "Ellison", "", Why.SAME_NAME),
        ("may ell", "Maya", "Ellison", "", Why.NAME_BEGINS),
        ("samantha", "Sam", "Stone", "", Why.NAME_BEGINS),
        ("obrien nguyen", "", "O'Brien-Nguyễn", "", Why.SAME_NAME),
        ("obriennguyen", "", "O'Brien-Nguyễn", "", Why.SAME_NAME),
        ("o brien nguyen", "", "O'Brien-Nguyễn", "", Why.SAME_NAME),
        ("o\u2019brien", "", "O`Brien", "", Why.SAME_NAME),
        ("van der berg", "Lena", "Vanderberg", "", Why.SAME_NAME),
        ("vanderberg", "Lena", "van der Berg", "", Why.SAME_NAME),
        ("lukasz", "Łukasz", "", "", Why.SAME_NAME),
        ("Łukasz", "Lukasz", "", "", Why.SAME_NAME),
        ("soren aegir", "Søren", "Ægir", "", Why.SAME_NAME),
        ("thor strasse", "Þór", "Straße", "", Why.SAME_NAME),
        ("gudny isik", "Guðný", "Iş\u0131k", "", Why.SAME_NAME),
        ("dang coeur", "Đặng", "Cœur", "", Why.SAME_NAME),
        ("bizzy", "Elizabeth", "", "Bizzy", Why.SAME_NAME),
        ("lizzie", "Elizabeth", "Hart", "", Why.OTHER_FORM),
        ("eefa", "Aoife", "Byrne", "", Why.OTHER_FORM),
        ("mohamed", "Muhammad", "Khan", "", Why.OTHER_FORM),
        ("mya elison", "Maya", "Ellison", "", Why.ONE_SLIP),
        ("elilson", "", "Ellison", "", Why.ONE_SLIP),
        ("kllison", "", "Ellison", "", Why.ONE_SLIP),
        ("filipps", "", "Phillips", "", Why.SOUNDS_ALIKE),
        ("elosn", "", "Ellison", "", Why.SOUNDS_ALIKE),
        ("mcdonald", "", "Mac Donald", "", Why.ONE_SLIP),
        ("Ольга", "Ольга", "", "", Why.SAME_NAME),
    ],
)
def test_a_name_is_found_as_people_type_it(
    typed: str, given_name: str, family_name: str, known_as: str, reason: Why
) -> None:
    assert why(typed, card(given_name, family_name, known_as)) == (reason,)


@pytest.mark.parametrize(
    ("typed", "given_name", "family_name"),
    [
        ("--", "Maya", "Ellison"),
        ("maya stone", "Maya", "Ellison"),
        ("m stone", "Maya", ""),
        ("jo", "Bo", ""),
        ("elimon", "", "Ellison"),
        ("mayas tone", "Maya", "Ellison"),
        ("maya", "", ""),
        ("aye", "Maya", ""),
        ("lee", "Lou", ""),
    ],
)
def test_another_name_is_not_found(typed: str, given_name: str, family_name: str) -> None:
    assert why(typed, card(given_name, family_name)) is None


def test_a_family_name_that_was_never_known_does_not_hide_a_child() -> None:
    assert why("maya stone", card("Maya")) == (Why.PART_OF_NAME,)


@pytest.mark.parametrize(
    ("born", "reason"),
    [
        ("9 3 2012", Why.SAME_BIRTHDAY),
        ("3/9/2012", Why.DAY_AND_MONTH_SWAPPED),
        ("9.3.13", Why.ONE_DIGIT_OFF),
        ("9-3-2021", Why.ONE_DIGIT_OFF),
    ],
)
def test_another_family_name_is_found_by_a_birthday_that_is_near(born: str, reason: Why) -> None:
    child = card("Maya", "Ellison", born_on=date(2012, 3, 9))
    assert why("maya stone", child, born) == (Why.PART_OF_NAME, reason)
    assert why("", child, born) == (reason,)


@pytest.mark.parametrize(
    ("born", "known", "reason"),
    [
        ("2012", {"born_on": date(2012, 3, 9)}, Why.SAME_YEAR),
        ("2013", {"born_on": date(2012, 3, 9)}, Why.OTHER_BIRTHDAY),
        ("14", {"born_on": date(2012, 3, 9)}, Why.SAME_AGE),
        ("15", {"born_on": date(2012, 3, 9)}, Why.SAME_AGE),
        ("11", {"born_on": date(2012, 3, 9)}, Why.OTHER_BIRTHDAY),
        ("9 3 2012", {"age_about": "about 14"}, Why.SAME_AGE),
        ("2012", {"age_about": "about 14"}, Why.SAME_YEAR),
        ("12", {"age_about": "14"}, Why.OTHER_BIRTHDAY),
        ("4 8 2009", {"born_on": date(2012, 3, 9)}, Why.OTHER_BIRTHDAY),
        ("14", {"born_on": date(2027, 3, 9)}, Why.OTHER_BIRTHDAY),
        ("14", {"age_about": "unborn"}, None),
        ("14", {}, None),
    ],
)
def test_a_birthday_is_weighed_as_well_as_it_is_known(
    born: str, known: dict[str, Any], reason: Why | None
) -> None:
    expected = (Why.SAME_NAME,) if reason is None else (Why.SAME_NAME, reason)
    assert why("maya ellison", card("Maya", "Ellison", **known), born) == expected
    assert why("", card("Maya", "Ellison", **known), born) is None


def test_another_birthday_rules_out_a_name_that_is_only_near() -> None:
    child = card("Maya", "Ellison", born_on=date(2012, 3, 9))
    assert why("mya ellison", child, "4 8 2009") is None
    assert why("maya ellison", child, "4 8 2009") is not None


@pytest.mark.parametrize(
    ("typed", "on"),
    [
        ("27 3 2012", Born(on=date(2012, 3, 27))),
        ("27/3/12", Born(on=date(2012, 3, 27))),
        ("2012", Born(year=2012)),
        ("14 years", Born(age=14)),
        ("", None),
        ("99", None),
        ("2027", None),
        ("31 2 2012", None),
        ("24 11 2026", None),
        ("3 2012", None),
        ("²", None),
    ],
)
def test_a_birthday_is_read_as_people_write_it(typed: str, on: Born | None) -> None:
    assert born_from(typed, TODAY) == on


def test_a_number_is_found_whole_however_it_is_written() -> None:
    child = card("Maya", identifiers="silver Golf ab12 cde\nmum 07700 900123", nhs_number="943 476 5919")
    for other in ("AB12CDE", "+44 7700 900 123", "9434765919"):
        assert why("", child, other=other) == (Why.SAME_IDENTIFIER,)
    assert why("", child, other="AB12 CDF") is None
    assert why("stone", child, other="AB12 CDE") == (Why.SAME_IDENTIFIER,)


@pytest.mark.parametrize(
    ("other", "is_found"),
    [
        ("ab12", True),
        ("AB?2 C", True),
        ("ABI2", True),  # a whole registration of Northern Ireland too
        ("B12 CDE", True),
        ("not seen\nab12", True),
        ("big dave", True),
        ("silver dave", False),
        ("AB1[23] C", False),  # what would be a pattern is no pattern
        ("a", False),
        ("??", False),
        ("", False),
    ],
)
def test_a_part_of_a_plate_or_a_nickname_is_found(other: str, *, is_found: bool) -> None:
    child = card("Maya", identifiers="silver Golf AB12 CDE\n'Big Dave'")
    assert why("", child, other=other) == ((Why.PART_OF_IDENTIFIER,) if is_found else None)


@pytest.mark.parametrize(
    ("sought", "only_whole"),
    [
        (Sought(other="AB12 CDE"), True),
        (Sought(other="NHS 943 476 5919\n\n07700 900123"), True),
        (Sought(other="B12 CDE"), False),
        (Sought(other="AB12 CDE\nbig dave"), False),
        (Sought(("Maya",), other="AB12 CDE"), False),
        (Sought(born=Born(age=14), other="AB12 CDE"), False),
        (Sought(), False),
    ],
)
def test_an_index_answers_for_whole_identifiers_alone(sought: Sought, *, only_whole: bool) -> None:
    assert sought.only_whole is only_whole


def test_a_nickname_counts_beside_a_number_and_a_number_that_cannot_be_right_does_not() -> None:
    child = card("Maya", identifiers="'Big Dave'\nNan: not known")
    assert why("", child, other="07700 900123\nbig dave") == (Why.PART_OF_IDENTIFIER,)
    assert Seeker(Sought.like(card(nhs_number="not known")), TODAY).match(child) is None


def test_the_likeliest_stand_first() -> None:
    day = date(2012, 3, 9)
    children = [
        card("Mya", "Stone", born_on=day),
        card("Maya", "Ellison", born_on=date(2010, 1, 1)),
        card("Maya", "Ellison"),
        card("Maya", "Ellison", born_on=date(2012, 9, 3)),
        card("Maya", "Ellison", born_on=day),
    ]
    seeker = Seeker(Sought(("Maya Ellison",), Born(on=day)), TODAY)
    matches = {index: seeker.match(child) for index, child in enumerate(children)}
    ranked = sorted(matches.items(), key=lambda each: each[1].far if each[1] else 99)
    assert [index for index, _ in ranked] == [4, 3, 2, 0, 1]


def test_another_card_of_the_same_child_is_found_by_what_both_say() -> None:
    earlier = card("Elizabeth", "Hart", born_on=date(2012, 3, 9), identifiers="07700 900123")
    for later in (
        card("Lizzie", "Hart", born_on=date(2012, 3, 9)),
        card("Elizabeth", "Moss", "Bizzy", born_on=date(2012, 3, 9)),
        card("", "", "", identifiers="0770 0900 123"),
        card("", "", "Elizabeth Hart"),
    ):
        assert Seeker(Sought.like(later), TODAY).match(earlier) is not None
    assert Seeker(Sought.like(card()), TODAY).match(earlier) is None


@given(st.text(min_size=1, max_size=12), st.text(max_size=12))
def test_a_name_typed_whole_is_always_found(given_name: str, family_name: str) -> None:
    typed = f"{family_name} {given_name}"
    assert found(typed, card(given_name, family_name)) or not name_parts(typed)


@given(st.text(max_size=200), st.text(max_size=40), st.text(max_size=20), st.text(max_size=60))
def test_nothing_that_can_be_typed_breaks_the_search(typed: str, name: str, born: str, other: str) -> None:
    found(typed, card(name, identifiers=other), born, other)


def test_a_child_who_was_only_described_is_found_by_no_word_of_it() -> None:
    described = card("A girl, about 13")
    assert found("girl", described) is None
    assert found("A girl, about 13", described) is None
    assert found("A girl, about 13", card("Girlie", "About")) is None
    assert why("A girl called Maya", card("Maya", "Ellison")) == (Why.SAME_NAME,)
