"""Where the time of a sheet begins and ends: nobody can take midnight for the wrong end of a day."""

from datetime import UTC, datetime

import pytest

from intake.words.looking import edge


@pytest.mark.parametrize(
    ("instant", "ends", "said"),
    [
        (datetime(2026, 11, 16, tzinfo=UTC), False, "the start of 16 November 2026"),
        (datetime(2026, 11, 24, tzinfo=UTC), True, "the end of 23 November 2026"),
        (datetime(2026, 7, 1, 7, 30, tzinfo=UTC), True, "8:30am on 1 July 2026"),
    ],
)
def test_a_whole_day_has_a_start_and_an_end(instant: datetime, *, ends: bool, said: str) -> None:
    assert edge(instant, ends=ends) == said
