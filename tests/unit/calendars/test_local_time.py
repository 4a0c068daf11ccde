"""Local time through both changes of the clocks."""

from datetime import UTC, date, datetime

import pytest

from intake.calendars.local_time import edge, from_local, happens_twice, is_skipped, midnight, to_local

LOST_HOUR = datetime(2026, 3, 29, 1, 30)  # noqa: DTZ001
REPEATED_HOUR = datetime(2026, 10, 25, 1, 30)  # noqa: DTZ001
PLAIN_TIME = datetime(2026, 7, 1, 9, 0)  # noqa: DTZ001


def test_summer_time_is_an_hour_ahead_of_utc() -> None:
    assert from_local(PLAIN_TIME) == datetime(2026, 7, 1, 8, tzinfo=UTC)
    assert to_local(datetime(2026, 7, 1, 8, tzinfo=UTC)).hour == 9


def test_a_repeated_time_is_taken_the_first_time() -> None:
    assert from_local(REPEATED_HOUR) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert from_local(REPEATED_HOUR.replace(fold=1)) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_skipped_time_is_taken_an_hour_on() -> None:
    instant = from_local(LOST_HOUR)
    assert instant == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert to_local(instant).hour == 2


def test_the_odd_hours_are_known_for_what_they_are() -> None:
    assert happens_twice(REPEATED_HOUR)
    assert not happens_twice(LOST_HOUR)
    assert not happens_twice(PLAIN_TIME)
    assert is_skipped(LOST_HOUR)
    assert not is_skipped(REPEATED_HOUR)
    assert not is_skipped(PLAIN_TIME)


def test_hours_that_begin_in_the_lost_hour_begin_when_the_clocks_go_forward() -> None:
    forward = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert edge(LOST_HOUR, opening=True) == forward
    assert edge(LOST_HOUR, opening=False) == forward


def test_in_the_repeated_hour_a_desk_opens_late_and_closes_early() -> None:
    assert edge(REPEATED_HOUR, opening=True) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert edge(REPEATED_HOUR, opening=False) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("wall", [LOST_HOUR, REPEATED_HOUR, PLAIN_TIME])
@pytest.mark.parametrize("opening", [True, False])
def test_instants_are_in_utc_whatever_zone_the_machine_keeps(wall: datetime, *, opening: bool) -> None:
    assert from_local(wall).tzinfo is UTC
    assert edge(wall, opening=opening).tzinfo is UTC


def test_a_summer_day_begins_the_evening_before_by_utc() -> None:
    assert midnight(date(2026, 7, 1)) == datetime(2026, 6, 30, 23, tzinfo=UTC)
