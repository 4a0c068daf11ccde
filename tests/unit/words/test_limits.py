"""A time limit in words: hours and minutes, because a working day is not a day."""

import pytest

from intake.casework.limits import ColourLimit
from intake.vocabulary import Colour
from intake.words.limits import limit_words


@pytest.mark.parametrize(
    ("minutes", "working_time", "said"),
    [
        (60, False, "Decide within 1 hour"),
        (90, False, "Decide within 1 hour 30 minutes"),
        (45, True, "Decide within 45 minutes, counted while the service is open"),
        (4_320, False, "Decide within 72 hours"),
    ],
)
def test_a_limit_is_said_as_it_is_counted(minutes: int, working_time: bool, said: str) -> None:  # noqa: FBT001 - a fact of the table
    assert limit_words(ColourLimit("E06000006", Colour.RED, minutes, working_time=working_time)) == said
