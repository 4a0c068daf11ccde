"""The ordinary week of a service, for a card that hangs on a wall for a term."""

from dataclasses import replace
from datetime import date, time, timedelta

from intake.calendars.hours import (
    DatedHours,
    Period,
    PeriodHours,
    UnknownHours,
    WheneverClosed,
    WrittenHours,
)
from intake.calendars.term import Term
from intake.calendars.week import open_times, ordinary_week
from intake.vocabulary import Nation, OpenState

MONDAY = date(2026, 11, 23)
OFFICE = WrittenHours("Mo-Th 09:00-17:00; Fr 09:00-16:30; PH off", Nation.ENGLAND)
NINE_TO_FIVE = ((time(9), time(17)),)


def test_an_ordinary_week_is_that_of_most_weeks_whatever_christmas_does() -> None:
    week = ordinary_week(OFFICE, MONDAY)
    assert week == (*(NINE_TO_FIVE,) * 4, ((time(9), time(16, 30)),), (), ())


def test_a_week_is_the_same_from_whichever_day_of_it_one_looks() -> None:
    assert {ordinary_week(OFFICE, date(2026, 11, day)) for day in range(23, 30)} == {
        ordinary_week(OFFICE, MONDAY)
    }


def test_one_day_that_differs_is_not_the_ordinary_one() -> None:
    once = WrittenHours("Mo-Fr 09:00-17:00", Nation.ENGLAND, (DatedHours(date(2026, 12, 1), "off"),))
    assert open_times(once, date(2026, 12, 1)) == ()
    assert ordinary_week(once, MONDAY)[1] == NINE_TO_FIVE


def test_the_weeks_counted_are_the_seven_to_come() -> None:
    """Not this one, not those before it; with each week more or less, the other hours would be most."""
    from_week_four = Term(first=MONDAY + timedelta(weeks=4))
    every_week = WrittenHours("Mo-Fr 09:00-17:00", Nation.ENGLAND)
    new_hours = PeriodHours((Period(from_week_four, every_week),), OpenState.CLOSED)
    assert ordinary_week(new_hours, MONDAY)[0] == NINE_TO_FIVE
    off = tuple(DatedHours(MONDAY + timedelta(weeks=week), "off") for week in (2, 3, 4))
    assert ordinary_week(replace(every_week, exceptions=off), MONDAY)[0] == NINE_TO_FIVE


def test_hours_not_known_are_no_hours() -> None:
    assert ordinary_week(UnknownHours(), MONDAY) == (None,) * 7


def test_a_night_is_told_on_both_its_days_and_day_and_night_is_the_whole_day() -> None:
    assert open_times(WheneverClosed((OFFICE,)), MONDAY) == ((time(), time(9)), (time(17), time()))
    assert open_times(WrittenHours("24/7", Nation.WALES), MONDAY) == ((time(), time()),)
