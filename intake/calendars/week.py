"""The week a service keeps when nothing out of the ordinary happens: for a card that hangs on a wall."""

from datetime import date, datetime, time, timedelta

from intake.calendars.hours import Hours
from intake.calendars.local_time import midnight, to_local
from intake.vocabulary import OpenState

_DAYS = 7
#: So many weeks are looked at; what most of them do is ordinary.
_WEEKS = 8

#: When it is open on one day, as (from, to) on the clock on the wall; midnight as `to` ends the day.
OpenTimes = tuple[tuple[time, time], ...]


def open_times(hours: Hours, day: date) -> OpenTimes | None:
    """Give when a service is open on a local day, None where that is not known at some time of it."""
    found: list[tuple[time, time]] = []
    at, ends_at = midnight(day), midnight(day + timedelta(days=1))
    while at < ends_at:
        until = min(hours.next_change(at) or ends_at, ends_at)
        state = hours.state_at(at)
        if state is OpenState.UNKNOWN:
            return None
        if state is OpenState.OPEN:
            found.append((_wall(at), _wall(until)))
        at = until
    return tuple(found)


def ordinary_week(hours: Hours, first: date) -> tuple[OpenTimes | None, ...]:
    """Give when a service is open from Monday to Sunday, as most of the coming weeks have it."""
    monday = first - timedelta(days=first.weekday())
    days = (
        [open_times(hours, monday + timedelta(days=number + _DAYS * week)) for week in range(1, _WEEKS)]
        for number in range(_DAYS)
    )
    return tuple(max(each, key=each.count) for each in days)


def _wall(instant: datetime) -> time:
    return to_local(instant).time()
