"""Where an instant meets the clock on the wall: everything else in the program is in UTC."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")

#: Both clock changes of the United Kingdom happen at this hour, UTC.
_CLOCKS_CHANGE = time(1)


def to_local(instant: datetime) -> datetime:
    """Give an aware instant as the clock on the wall shows it."""
    return instant.astimezone(LONDON)


def from_local(wall: datetime) -> datetime:
    """Give the instant, in UTC, of a naive local time.

    A time that happens twice is taken the first time; a time the clocks skip is taken an hour on.
    """
    return wall.replace(tzinfo=LONDON, fold=0).astimezone(UTC)


def happens_twice(wall: datetime) -> bool:
    """Say whether a naive local time falls in the hour repeated when the clocks go back."""
    first, second = _both(wall)
    return first < second


def is_skipped(wall: datetime) -> bool:
    """Say whether a naive local time falls in the hour lost when the clocks go forward."""
    first, second = _both(wall)
    return first > second


def edge(wall: datetime, *, opening: bool) -> datetime:
    """Give the instant, in UTC, at which hours written for a naive local time begin or end.

    In the repeated hour a service is taken to open the second time and to close the first, so that nobody is
    told to ring a desk that may be empty; in the lost hour the change falls when the clocks go forward.
    """
    first, second = _both(wall)
    if first > second:
        return datetime.combine(wall.date(), _CLOCKS_CHANGE, UTC)
    return second if opening else first


def midnight(day: date) -> datetime:
    """Give the instant, in UTC, at which a local day begins."""
    return from_local(datetime.combine(day, time()))


def _both(wall: datetime) -> tuple[datetime, datetime]:
    at = wall.replace(tzinfo=LONDON)
    return at.replace(fold=0).astimezone(UTC), at.replace(fold=1).astimezone(UTC)
