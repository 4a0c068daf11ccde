"""Times as they are said aloud: 'Monday 9am', '4:30pm today', 'midnight as Tuesday begins'."""

from datetime import datetime, time

from babel.dates import format_date
from flask_babel import get_locale
from flask_babel import gettext as _

from intake.calendars.local_time import to_local

_NOON = 12
#: A day further off than this is said with its date, since 'Monday' could then be either of two.
_NEAR_DAYS = 6


def spoken(instant: datetime, now: datetime, *, dated: bool = False) -> str:
    """Say an instant in local time, as seen from `now`; `dated` always gives the date, for what is kept."""
    wall, here = to_local(instant), to_local(now)
    apart = (wall.date() - here.date()).days
    near = 0 < apart <= _NEAR_DAYS and not dated
    pattern = "EEEE" if near else "EEEE d MMMM y" if dated else "EEEE d MMMM"
    day = format_date(wall.date(), pattern, locale=get_locale() or "en_GB")
    if wall.time() == time():
        return midnight_before(day)
    at = time_of_day(wall.time())
    if apart == 0 and not dated:
        return str(_("%(time)s today", time=at))
    return str(
        _("%(day)s %(time)s", day=day, time=at) if near else _("%(time)s on %(day)s", time=at, day=day)
    )


def midnight_before(day: str) -> str:
    """Say the first moment of a day: 'Tuesday midnight' could be either end of it."""
    return str(_("midnight as %(day)s begins", day=day))


def time_of_day(at: time) -> str:
    """Say a time of day: 9am, 4:30pm, midday, midnight."""
    if at.minute == 0 and at.hour in {0, _NOON}:
        return str(_("midday") if at.hour else _("midnight"))
    hour = at.hour % _NOON or _NOON
    said = f"{hour}:{at.minute:02d}" if at.minute else str(hour)
    return str(_("%(hour)sam", hour=said) if at.hour < _NOON else _("%(hour)spm", hour=said))
