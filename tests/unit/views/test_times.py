"""Times are written in London time, and clocks say how long is left."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from intake.views.times import Due, clock_time, day, due, machine_time, short_date, short_when, span, when
from tests.support.frame import framed

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SUMMER = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_a_request() -> Iterator[None]:
    """Stand inside a request, for its language."""
    with framed().test_request_context("/"):
        yield


def test_a_time_is_written_as_london_has_it() -> None:
    assert when(SUMMER) == "2 July 2026 at 12:30am"
    assert short_when(SUMMER) == "Thu 2 Jul 12:30am"
    assert clock_time(SUMMER) == "12:30am"
    assert day(SUMMER) == "Thursday 2 July 2026"
    assert machine_time(SUMMER) == "2026-07-02T00:30+01:00"


def test_a_date_is_written_as_it_is() -> None:
    assert short_date(date(2026, 11, 23)) == "23 November 2026"
    assert day(date(2026, 11, 23)) == "Monday 23 November 2026"
    assert machine_time(date(2026, 11, 23)) == "2026-11-23"


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ({"minutes": 61}, Due("soon", "Due today 11:43am", "1 hour 1 minute left")),
        ({"hours": 22, "minutes": 18}, Due("time", "Due tomorrow 9am", "22 hours left")),
        ({"days": 4}, Due("time", "Due Friday 27 November 10:42am", "4 days left")),
        ({"days": 400}, Due("time", "Due Tuesday 28 December 2027 10:42am", "400 days left")),
        ({"seconds": 20}, Due("soon", "Due today 10:42am", "less than a minute left")),
        ({"minutes": -1}, Due("overdue", "Was due today 10:41am", "Overdue by 1 minute")),
        ({"hours": -24}, Due("overdue", "Was due yesterday 10:42am", "Overdue by 24 hours")),
    ],
)
def test_a_clock_says_when_and_how_long(after: dict[str, int], said: Due) -> None:
    assert due(NOW + timedelta(**after), NOW) == said


def test_a_clock_that_was_met_says_so() -> None:
    assert due(NOW, NOW, NOW - timedelta(hours=1)) == Due(
        "done", "Done in time, on 23 November 2026 at 9:42am", ""
    )
    assert due(NOW, NOW, NOW) == Due("done", "Done in time, on 23 November 2026 at 10:42am", "")


def test_a_clock_that_was_missed_says_by_how_much() -> None:
    assert due(NOW, NOW, NOW + timedelta(hours=3)) == Due(
        "overdue", "Done 3 hours late, on 23 November 2026 at 1:42pm", ""
    )


def test_a_clock_that_ends_at_midnight_says_which() -> None:
    midnight = datetime(2026, 11, 24, 0, 0, tzinfo=UTC)
    assert due(midnight, NOW).due == "Due midnight as tomorrow begins"
    assert short_when(midnight) == "midnight as Tue 24 Nov begins"


def test_near_days_are_london_days() -> None:
    late = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert due(SUMMER, late).due == "Due tomorrow 12:30am"


@pytest.mark.parametrize(
    ("length", "said"),
    [
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=2, minutes=10), "2 hours 10 minutes"),
        (timedelta(hours=47, minutes=59), "47 hours"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_a_length_of_time_is_said_in_what_matters(length: timedelta, said: str) -> None:
    assert span(length) == said
