"""An authority's own time limits, in words."""

from flask_babel import gettext as _
from flask_babel import ngettext

from intake.casework.limits import ColourLimit

_HOUR = 60


def limit_words(limit: ColourLimit) -> str:
    """Say how long an authority allows itself for a colour, and how the time is counted."""
    time = time_allowed(limit.minutes)
    if limit.working_time:
        return str(_("Decide within %(time)s, counted while the service is open", time=time))
    return str(_("Decide within %(time)s", time=time))


def time_allowed(minutes: int) -> str:
    """Say minutes as hours and minutes, and never as days: a 'day' of working time is not a day."""
    hours, rest = divmod(minutes, _HOUR)
    said = []
    if hours:
        said.append(str(ngettext("%(num)s hour", "%(num)s hours", hours)))
    if rest:
        said.append(str(ngettext("%(num)s minute", "%(num)s minutes", rest)))
    return " ".join(said)
