"""Working days, over weekends and holidays."""

from datetime import date

import pytest

from intake.calendars.bank_holidays import HolidayCalendar
from intake.calendars.working_days import add_working_days, is_working_day, next_working_day
from intake.vocabulary import Nation


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),
        (date(2026, 4, 3), False),
        (date(2026, 12, 25), False),
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
    ],
)
def test_weekends_and_bank_holidays_are_not_worked(day: date, expected: bool) -> None:  # noqa: FBT001
    assert is_working_day(Nation.ENGLAND, day) is expected


def test_the_next_working_day_after_maundy_thursday_is_easter_tuesday() -> None:
    assert next_working_day(Nation.ENGLAND, date(2026, 4, 2)) == date(2026, 4, 7)


def test_the_next_working_day_is_never_the_day_itself() -> None:
    assert next_working_day(Nation.WALES, date(2026, 11, 23)) == date(2026, 11, 24)


def test_seven_working_days_cross_a_weekend_and_the_christmas_holidays() -> None:
    assert add_working_days(Nation.WALES, date(2026, 12, 18), 7) == date(2026, 12, 31)


def test_no_working_days_later_is_the_same_day() -> None:
    assert add_working_days(Nation.WALES, date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_each_nation_keeps_its_own_holidays() -> None:
    st_davids_day = date(2027, 3, 1)

    def invented(nation: Nation, _year: int) -> frozenset[date]:
        return frozenset({st_davids_day} if nation is Nation.WALES else ())

    calendar: HolidayCalendar = invented
    assert is_working_day(Nation.ENGLAND, st_davids_day, calendar)
    assert not is_working_day(Nation.WALES, st_davids_day, calendar)
    friday_before = date(2027, 2, 26)
    assert next_working_day(Nation.ENGLAND, friday_before, calendar) == st_davids_day
    assert next_working_day(Nation.WALES, friday_before, calendar) == date(2027, 3, 2)
