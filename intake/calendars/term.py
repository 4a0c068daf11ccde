"""The days on which something holds: a number until the end of March, a service from the first of April."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake.calendars.local_time import midnight, to_local

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """From one local day to another, both included; None is 'no end of it is known'."""

    first: date | None = None
    last: date | None = None

    def holds_at(self, instant: datetime) -> bool:
        day = to_local(instant).date()
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def begins_at(self) -> datetime | None:
        """Give the instant, in UTC, at which the first day begins."""
        return None if self.first is None else midnight(self.first)

    def ends_at(self) -> datetime | None:
        """Give the instant, in UTC, at which the last day is over."""
        return None if self.last is None else midnight(self.last + _ONE_DAY)


#: What has no first and no last day.
ALWAYS = Term()


def covers(whole: Term, parts: Iterable[Term]) -> bool:
    """Say whether every day of `whole` is a day of one of `parts`."""
    day, last = whole.first or date.min, whole.last or date.max
    for part in sorted(parts, key=lambda part: part.first or date.min):
        if (part.first or date.min) > day:
            return False
        part_last = part.last or date.max
        if part_last >= last:
            return True
        day = max(day, part_last + _ONE_DAY)
    return False
