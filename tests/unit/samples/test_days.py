"""The invented fortnight falls on working days, whatever the day on which it is told."""

from datetime import UTC, date, datetime

import pytest

from intake.calendars.hours import WrittenHours
from intake.samples.days import Days, at, last_open
from intake.vocabulary import Nation

MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def _days(now: datetime) -> Days:
    return Days(now, Nation.ENGLAND)


def test_days_are_counted_back_over_the_weekend() -> None:
    assert [_days(MONDAY).day_back(count) for count in (1, 2, 6)] == [
        date(2026, 11, 20),
        date(2026, 11, 19),
        date(2026, 11, 13),
    ]


def test_a_bank_holiday_is_not_a_day_of_the_story() -> None:
    new_year = datetime(2027, 1, 4, 9, 30, tzinfo=UTC)
    assert [_days(new_year).day_back(count) for count in (1, 2, 4)] == [
        date(2026, 12, 31),
        date(2026, 12, 30),
        date(2026, 12, 24),
    ]


def test_a_time_is_that_of_the_clock_on_the_wall() -> None:
    assert _days(MONDAY).back(1, "14:05") == datetime(2026, 11, 20, 14, 5, tzinfo=UTC)
    assert at(date(2026, 7, 1), "14:05") == datetime(2026, 7, 1, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "friday"),
    [
        (MONDAY, date(2026, 11, 20)),
        (datetime(2026, 11, 20, 17, tzinfo=UTC), date(2026, 11, 13)),
        (datetime(2026, 11, 21, 3, tzinfo=UTC), date(2026, 11, 20)),
        # Good Friday is no Friday on which an office is about to close.
        (datetime(2027, 3, 30, 10, tzinfo=UTC), date(2027, 3, 19)),
    ],
)
def test_the_last_friday_was_a_working_one(now: datetime, friday: date) -> None:
    assert _days(now).friday("16:45") == at(friday, "16:45")


def test_the_working_day_after_a_friday_is_a_monday() -> None:
    friday = _days(MONDAY).friday("16:45")
    assert _days(MONDAY).after(friday, "09:08") == datetime(2026, 11, 23, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (MONDAY, datetime(2026, 11, 23, 9, 48, tzinfo=UTC)),
        (datetime(2026, 11, 22, 3, 3, tzinfo=UTC), datetime(2026, 11, 20, 17, 56, tzinfo=UTC)),
    ],
)
def test_a_concern_of_just_now_is_recorded_while_the_school_is_at_its_desk(
    now: datetime, then: datetime
) -> None:
    assert _days(now).in_school(12) == then


def test_hours_that_are_open_are_not_gone_back_from() -> None:
    hours = WrittenHours("Mo-Fr 09:00-17:00", Nation.ENGLAND)
    assert last_open(hours, MONDAY) == MONDAY
