"""Times as people read them: London time, in words, and how long is left."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from intake.words.spoken_times import midnight_before, time_of_day

LONDON = ZoneInfo("Europe/London")

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_HOURS_SAID_UP_TO = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Due:
    """A clock in words: `state` is `done`, `time`, `soon` or `overdue`; `left` is empty once it is done."""

    state: str
    due: str
    left: str


def day(value: date | datetime) -> str:
    """Write a day in full: Monday 23 November 2026."""
    return format_date(_local_day(value), "EEEE d MMMM y", locale=get_locale())


def short_date(value: date | datetime) -> str:
    """Write a date: 23 November 2026."""
    return format_date(_local_day(value), "d MMMM y", locale=get_locale())


def dated(said: str | date) -> str:
    """Write the date of a source: a date, a month given as 2021-03, else the words as they are."""
    if isinstance(said, date):
        return short_date(said)
    try:
        if len(said) == len("2021-03"):
            return format_date(date.fromisoformat(f"{said}-01"), "MMMM y", locale=get_locale())
        return short_date(date.fromisoformat(said))
    except ValueError:
        return said


def clock_time(value: datetime) -> str:
    """Write a time of day: 10:42am, 5pm."""
    return time_of_day(value.astimezone(LONDON).time())


def when(value: datetime) -> str:
    """Write a date and a time: 23 November 2026 at 10:42am."""
    return str(_("%(date)s at %(time)s", date=short_date(value), time=clock_time(value)))


def short_when(value: datetime) -> str:
    """Write a date and a time in little room: Mon 23 Nov 10:42am."""
    return _at(format_date(_local_day(value), "EEE d MMM", locale=get_locale()), value)


def machine_time(value: date | datetime) -> str:
    """Write a time for the `datetime` attribute."""
    return (
        value.astimezone(LONDON).isoformat(timespec="minutes") if isinstance(value, datetime) else str(value)
    )


def due(due_at: datetime, now: datetime, done_at: datetime | None = None) -> Due:
    """Say when something is due and how long is left by the clock: 'Due tomorrow 9am', '3 hours left'."""
    at = _at(_near_day(due_at, now), due_at)
    if done_at is not None:
        if done_at > due_at:
            late = span(done_at - due_at)
            return Due("overdue", _("Done %(span)s late, on %(when)s", span=late, when=when(done_at)), "")
        return Due("done", _("Done in time, on %(when)s", when=when(done_at)), "")
    left = due_at - now
    if left < timedelta():
        return Due("overdue", _("Was due %(at)s", at=at), _("Overdue by %(span)s", span=span(-left)))
    state = "soon" if left <= 2 * _HOUR else "time"
    return Due(state, _("Due %(at)s", at=at), _("%(span)s left", span=span(left)))


def span(length: timedelta) -> str:
    """Say a length of time in the two units that matter: '2 hours 10 minutes', '3 days'."""
    if length < _MINUTE:
        return str(_("less than a minute"))
    hours, minutes = length // _HOUR, (length % _HOUR) // _MINUTE
    said_minutes = ngettext("%(num)s minute", "%(num)s minutes", minutes)
    if not hours:
        return str(said_minutes)
    if length >= _HOURS_SAID_UP_TO:
        return str(ngettext("%(num)s day", "%(num)s days", length // _DAY))
    said_hours = ngettext("%(num)s hour", "%(num)s hours", hours)
    if not minutes or hours >= 10:  # noqa: PLR2004 - past ten hours nobody counts minutes
        return str(said_hours)
    return f"{said_hours} {said_minutes}"


def _at(day_words: str, value: datetime) -> str:
    if clock_time(value) == time_of_day(time()):
        return midnight_before(day_words)
    return str(_("%(day)s %(time)s", day=day_words, time=clock_time(value)))


def _near_day(value: datetime, now: datetime) -> str:
    apart = (_local_day(value) - _local_day(now)).days
    near = {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}
    if apart in near:
        return str(near[apart])
    pattern = "EEEE d MMMM" if abs(apart) < 300 else "EEEE d MMMM y"  # noqa: PLR2004 - the year goes without saying
    return format_date(_local_day(value), pattern, locale=get_locale())


def _local_day(value: date | datetime) -> date:
    return value.astimezone(LONDON).date() if isinstance(value, datetime) else value
