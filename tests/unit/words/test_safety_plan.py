"""Minutes as they are read: what was said of each of the six things, or why nothing was."""

from dataclasses import replace

from intake.words.safety_plan import minute_shown
from tests.factories.hub_work import MINUTED


def test_what_was_said_is_shown_and_what_was_not_has_its_reason() -> None:
    slots = minute_shown(MINUTED).slots

    assert (slots["child_views"].heading, slots["child_views"].text) == (
        "The child's views",
        MINUTED.child_views,
    )
    assert (slots["parents_views"].text, slots["parents_views"].why_empty) == (
        "",
        "Mum could not be reached.",
    )


def test_a_dash_is_not_something_said() -> None:
    assert minute_shown(replace(MINUTED, direct_worker=" - ")).slots["direct_worker"].text == ""


def test_what_a_reader_will_miss_is_said_once_each() -> None:
    assert minute_shown(MINUTED).warnings == ()
    assert minute_shown(replace(MINUTED, risk="", statements=())).warnings == (
        "The minutes do not say what the risk is.",
        "The minutes do not say what any agency told the meeting.",
    )
