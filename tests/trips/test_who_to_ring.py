"""'Who do I ring?': a postcode in, an answer out, nothing kept, and nobody ever shut off from the numbers."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from tests.support.client import Answer, Visitor
from tests.support.databases import on_either
from tests.support.matrix import kept
from tests.support.place import TestPlace

#: The Municipal Building in Widnes, which the places file knows, and a first half in which councils meet.
WIDNES, HALF = "WA8 7QF", "WA7"
COUNCIL = "/who-to-ring?council=E06000006"


def ask(visitor: Visitor, postcode: str, *, status: int | None = None) -> Answer:
    form = visitor.get("/who-to-ring").form("Find out who to ring")
    return form.fill(postcode=postcode).submit(status=status)


def test_a_postcode_leads_to_its_council_and_is_kept_nowhere(
    app: Flask, place: TestPlace, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    before = kept(place)
    answer = ask(Visitor(app), WIDNES)
    assert answer.location == COUNCIL
    shown = answer.follow()
    assert shown.shown.heading == "Who to ring in Halton"
    assert "0151 907 8305" in shown.text
    assert kept(place) == before
    told = caplog.text + str(answer.response.headers) + shown.shown.html
    assert not [part for part in ("WA8", "7QF", "wa8") if part in told]


def test_half_a_postcode_asks_which_council_and_chooses_none(app: Flask) -> None:
    shown = ask(Visitor(app), HALF)
    assert "Which of these councils does the child live in?" in shown.text
    assert "Ring now, in this order" not in shown.text
    assert "Ring now, in this order" in shown.link("Halton").text


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter a postcode"),
        ("not a postcode", "That is not a postcode"),
        ("EH1 1YZ", "outside England and Wales"),
        ("BFPO 58", "armed forces"),
    ],
)
@on_either
def test_what_is_no_postcode_of_ours_is_said_and_the_councils_stay(app: Flask, typed: str, told: str) -> None:
    shown = ask(Visitor(app), typed)
    assert told in str(shown.shown.problems)
    assert {"999", "101", "Halton", "Cardiff"} <= shown.shown.links.keys()


def test_who_stands_first_goes_by_the_hour(app: Flask, place: TestPlace) -> None:
    by_day = Visitor(app).get(COUNCIL).text
    assert by_day.index("0151 907 8305") < by_day.index("0345 050 0148")
    place.clock.instant = datetime(2026, 11, 23, 22, tzinfo=UTC)
    by_night = Visitor(app).get(COUNCIL).text
    assert by_night.index("0345 050 0148") < by_night.index("0151 907 8305")


def test_the_card_holds_at_any_hour_and_says_how_far_it_can_be_relied_on(
    app: Flask, place: TestPlace
) -> None:
    card = Visitor(app).get(COUNCIL).text.partition("For the wall: Halton at any hour")[2]
    for words in (
        "Monday to Thursday: 9am to 5pm",
        "Friday: 9am to 4:30pm",
        "Closed on bank holidays",
        "Whenever Halton iCART is closed",
        "Day and night, every day",
        "Number not checked.",
        "The police's number everywhere: not rung to check it.",
        f"As of 23 November 2026 at 10am. Directory {place.tools.shelf.shipped.version}.",
    ):
        assert words in card
    cardiff = Visitor(app).get("/who-to-ring?council=W06000015").text
    assert "Hours not confirmed: ring" in cardiff
    # The steps and the card say the same of one number.
    assert cardiff.count("The police's number everywhere: not rung to check it.") == 2
    assert cardiff.count("Number not verified.") == 2


def test_a_council_without_numbers_gets_none_invented(app: Flask) -> None:
    shown = Visitor(app).get("/who-to-ring?council=E06000007")
    assert shown.shown.heading == "Who to ring in Warrington"
    assert "We have no numbers for Warrington." in shown.text
    assert {"999", "101"} <= shown.shown.links.keys()


def test_a_council_nobody_knows_is_asked_for_anew(app: Flask) -> None:
    assert Visitor(app).get("/who-to-ring?council=X99").shown.heading == "Who to ring now"


def test_who_asks_too_often_keeps_the_numbers_and_the_councils_and_is_let_in_again(
    app: Flask, place: TestPlace
) -> None:
    visitor = Visitor(app)
    form = visitor.get("/who-to-ring").form("Find out who to ring").fill(postcode=WIDNES)
    for _ in range(60):
        form.submit()
    shown = form.submit(status=429)
    assert "Choose the council below instead." in str(shown.shown.problems)
    assert {"999", "101", "Halton", "Cardiff"} <= shown.shown.links.keys()
    assert "0151 907 8305" in shown.link("Halton").text
    place.clock.instant += timedelta(minutes=1)
    assert form.submit().location == COUNCIL


def test_a_browser_that_keeps_no_cookies_can_still_choose_the_council(app: Flask) -> None:
    with app.test_client(use_cookies=False) as stranger:
        page = stranger.post("/who-to-ring", data={"postcode": WIDNES})
        assert page.status_code == 200
        assert "council=E06000006" in page.text
