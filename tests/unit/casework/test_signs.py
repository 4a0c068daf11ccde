"""The catalogue of warning signs: whole, stable, and without a number anywhere."""

import tomllib
from dataclasses import fields
from importlib.resources import files
from typing import Any

import pytest

from intake.casework.signs import (
    CURRENT,
    Catalogue,
    FollowUpQuestion,
    Harm,
    Quote,
    Sign,
    SignGroup,
    catalogue,
    current,
    read_catalogue,
)
from intake.errors import NotFound

#: Recorded concerns hold these codes: a code may be added in a new version, never changed or reused.
CODES_OF_2026_11 = {
    "missing_home_school",
    "whereabouts_unknown",
    "missing_school_unknown",
    "missing_lessons",
    "injuries",
    "unexplained_money_gifts",
    "older_partner",
    "older_friends",
    "friend_group_change",
    "house_parties",
    "unknown_vehicles",
    "taxis_unknown_payer",
    "phone_unwilling",
    "many_online_friends",
    "sexual_images",
    "secretive_online",
    "met_online_contact",
    "behaviour_change",
    "dresses_older",
    "crime",
}
SENTENCES = {"halton": 9, "cardiff": 12}
NUMBERLIKE = ("score", "weight", "threshold", "points", "level", "severity", "rank", "rating", "band")


def test_the_codes_of_a_published_version_never_change() -> None:
    codes = [sign.code for sign in current().signs]
    assert set(codes) == CODES_OF_2026_11
    assert len(codes) == len(CODES_OF_2026_11) == 20


def test_harm_already_happening_is_not_among_the_signs() -> None:
    harms = {harm.code for harm in current().harms}
    assert harms == {"hurt_now", "missing_now", "image_threat"}
    assert not harms & CODES_OF_2026_11


def test_every_sign_is_said_by_a_leaflet_that_is_named() -> None:
    for sign in current().signs:
        assert sign.quotes
        assert {quote.leaflet for quote in sign.quotes} <= set(current().leaflets)
        assert sign in next(group for group in current().groups if group.code == sign.group).signs


def test_every_sentence_in_the_leaflets_lists_of_signs_is_in_the_catalogue() -> None:
    said = {
        leaflet: {q.sentence for sign in current().signs for q in sign.quotes if q.leaflet.code == leaflet}
        for leaflet in SENTENCES
    }
    assert {leaflet: len(sentences) for leaflet, sentences in said.items()} == SENTENCES


def test_our_own_label_is_never_a_leaflets_sentence() -> None:
    said = [(thing.label, thing.quotes) for thing in current().signs]
    said += [(thing.label, thing.quotes) for thing in current().harms]
    said += [(thing.label, thing.quotes) for thing in current().questions]
    for label, quotes in said:
        assert label not in {quote.sentence for quote in quotes}


def test_one_sentence_may_say_several_signs_and_one_sign_be_said_twice() -> None:
    shared = current().sign("older_partner").quotes[0]
    assert shared in current().sign("older_friends").quotes
    assert {q.leaflet.code for q in current().sign("older_friends").quotes} == {"halton", "cardiff"}


def test_the_twelve_questions_of_the_halton_leaflet_all_follow_a_sign() -> None:
    assert len(current().questions) == 12
    for question in current().questions:
        assert question.follows
        assert {quote.leaflet.code for quote in question.quotes} == {"halton"}


def test_the_questions_after_a_sign_are_those_that_follow_it_each_once() -> None:
    after = current().questions_after(frozenset({"house_parties", "whereabouts_unknown"}))
    assert [question.code for question in after] == [
        "missing_before",
        "missing_with_whom",
        "missing_same_people",
        "missing_taken_along",
        "party_where",
        "party_who",
        "party_adults",
        "emergency_contact",
    ]
    assert current().questions_after(frozenset({"crime"})) == ()


def test_the_places_are_those_of_the_cardiff_guide() -> None:
    places = {place.code for place in current().locations}
    assert places == {"home", "hotel", "pub", "club", "takeaway", "taxi", "park"}
    assert current().location_quote.leaflet.code == "cardiff"


def test_each_thing_is_found_by_its_code() -> None:
    assert current().sign("crime").group == "crime"
    assert current().harm("image_threat").quotes
    assert current().location("taxi").label == "Taxi"
    assert current().question("party_where").label


def test_what_the_version_never_had_is_not_found() -> None:
    for find in (current().sign, current().harm, current().location, current().question):
        with pytest.raises(NotFound):
            find("streetwise")


def test_a_concern_keeps_the_version_it_was_made_with() -> None:
    assert catalogue("2026-11") is current()
    assert current().version == "2026-11"


@pytest.mark.parametrize("version", ["1999-01", "", "../places", "2026-11.toml"])
def test_a_version_never_published_is_not_found(version: str) -> None:
    with pytest.raises(NotFound):
        catalogue(version)


@pytest.mark.parametrize(
    ("said", "instead"),
    [('group = "crime"', 'group = "crimes"'), ('follows = ["house_parties"]', 'follows = ["parties"]')],
)
def test_a_file_that_contradicts_itself_is_not_read(said: str, instead: str) -> None:
    text = files("intake").joinpath("data", "signs", f"{CURRENT}.toml").read_text(encoding="utf-8")
    with pytest.raises((KeyError, NotFound)):
        read_catalogue(text.replace(said, instead))


def test_nothing_in_any_version_can_be_added_up() -> None:
    for file in files("intake").joinpath("data", "signs").iterdir():
        for key, value in walk(tomllib.loads(file.read_text(encoding="utf-8"))):
            assert not any(word in key for word in NUMBERLIKE), key
            assert isinstance(value, str | list | dict), f"{key} is a number"


@pytest.mark.parametrize("kind", [Catalogue, SignGroup, Sign, Harm, FollowUpQuestion, Quote])
def test_no_part_of_a_catalogue_holds_a_number(kind: type) -> None:
    for field in fields(kind):
        assert not any(word in field.name for word in NUMBERLIKE)
        assert field.type not in {int, float}


def walk(value: Any) -> list[tuple[str, Any]]:  # noqa: ANN401 - whatever TOML holds
    if isinstance(value, dict):
        return [*value.items(), *(found for inner in value.values() for found in walk(inner))]
    if isinstance(value, list):
        return [found for item in value for found in walk(item)]
    return []
