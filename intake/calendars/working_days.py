"""Working days: not a Saturday, not a Sunday, not a bank holiday of that nation."""

from datetime import date, timedelta

from intake.calendars.bank_holidays import HolidayCalendar, bank_holidays
from intake.vocabulary import Nation

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


def is_working_day(nation: Nation, day: date, holidays: HolidayCalendar = bank_holidays) -> bool:
    return day.weekday() < _SATURDAY and day not in holidays(nation, day.year)


def next_working_day(nation: Nation, day: date, holidays: HolidayCalendar = bank_holidays) -> date:
    """Give the first working day after `day`, never `day` itself."""
    return add_working_days(nation, day, 1, holidays)


def add_working_days(
    nation: Nation, day: date, count: int, holidays: HolidayCalendar = bank_holidays
) -> date:
    """Give the working day that is `count` working days after `day`; `day` itself is never counted."""
    left = count
    while left > 0:
        day += _ONE_DAY
        left -= is_working_day(nation, day, holidays)
    return day
