"""Hours in words that hold for longer than today: 'Monday to Thursday 9am to 5pm'."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from itertools import groupby

from babel.dates import get_day_names
from flask_babel import get_locale
from flask_babel import gettext as _

from intake.calendars.bank_holidays import bank_holidays
from intake.calendars.week import OpenTimes, open_times, ordinary_week
from intake.routing.directory import Directory, Service
from intake.vocabulary import Nation
from intake.words.spoken_times import time_of_day

_ALL_DAY: OpenTimes = ((time(), time()),)
_A_YEAR = timedelta(days=366)


def week_words(service: Service, directory: Directory, nation: Nation, today: date) -> tuple[str, ...]:
    """Say when a service is there, a line for each run of days alike."""
    if service.on_duty.follows:
        others = [directory.services[slug].name for slug in service.on_duty.follows]
        return (str(_("Whenever %(others)s is closed", others=", ".join(others))),)
    week = ordinary_week(service.hours, today)
    if None in week:
        return (str(_("Hours not confirmed: ring")),)
    if all(day == _ALL_DAY for day in week):
        return (str(_("Day and night, every day")),)
    return (*_days(week), *_bank_holidays(service, nation, today))


def _days(week: tuple[OpenTimes | None, ...]) -> Iterator[str]:
    names = get_day_names(locale=get_locale() or "en_GB")
    for times, run in groupby(range(len(week)), key=lambda number: week[number]):
        if not times:
            continue
        days = [names[number] for number in run]
        name = days[0] if len(days) == 1 else str(_("%(first)s to %(last)s", first=days[0], last=days[-1]))
        spans = ", ".join(
            str(_("%(opens)s to %(closes)s", opens=time_of_day(opens), closes=time_of_day(closes)))
            for opens, closes in times
        )
        yield str(_("%(days)s: %(times)s", days=name, times=spans))


def _bank_holidays(service: Service, nation: Nation, today: date) -> Iterator[str]:
    days = [
        day
        for year in (today.year, today.year + 1)
        for day in bank_holidays(nation, year)
        if today <= day < today + _A_YEAR
    ]
    if not any(open_times(service.hours, day) for day in days):
        yield str(_("Closed on bank holidays"))
