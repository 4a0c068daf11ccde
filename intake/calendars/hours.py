"""When a service is staffed: hours written down, hours nobody has confirmed, and 'whenever X is closed'."""

from bisect import bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import chain

from intake.calendars.bank_holidays import HolidayCalendar, bank_holidays
from intake.calendars.notation import checked, intervals
from intake.calendars.term import Term
from intake.vocabulary import Nation, OpenState

#: How many calendar years, the present one included, are searched for the next change of state.
_YEARS_AHEAD = 3
_AHEAD = timedelta(days=366 * _YEARS_AHEAD)

Span = tuple[datetime, OpenState]


@dataclass(frozen=True, slots=True)
class DatedHours:
    """What a service does on one day only: an afternoon of training, an early end on Christmas Eve."""

    on: date
    notation: str


@dataclass(frozen=True, slots=True)
class WrittenHours:
    """Hours somebody wrote down, in OpenStreetMap notation, with `PH` for that nation's bank holidays.

    Raises `Refused("hours", ...)` when the notation cannot be read exactly as it stands.
    """

    notation: str
    nation: Nation
    exceptions: tuple[DatedHours, ...] = ()
    holidays: HolidayCalendar = bank_holidays

    def __post_init__(self) -> None:
        checked(self.notation, tuple((day.on, day.notation) for day in self.exceptions))

    def state_at(self, instant: datetime) -> OpenState:
        """Say whether the service is staffed at an aware instant."""
        starts, states = self._year(instant.astimezone(UTC).year)
        return states[bisect_right(starts, instant) - 1]

    def next_change(self, instant: datetime) -> datetime | None:
        """Give the first later instant, in UTC, with another state; None when none comes for years."""
        present = self.state_at(instant)
        first = instant.astimezone(UTC).year
        for year in range(first, first + _YEARS_AHEAD):
            starts, states = self._year(year)
            for index in range(bisect_right(starts, instant), len(starts)):
                if states[index] is not present:
                    return starts[index]
        return None

    def _year(self, year: int) -> tuple[tuple[datetime, ...], tuple[OpenState, ...]]:
        return _spans(self.notation, self.exceptions, self.nation, year, self.holidays)


@dataclass(frozen=True, slots=True)
class UnknownHours:
    """Nobody has told us when the service is staffed: ring, and do not count on an answer."""

    def state_at(self, _instant: datetime) -> OpenState:
        return OpenState.UNKNOWN

    def next_change(self, _instant: datetime) -> datetime | None:
        return None


@dataclass(frozen=True, slots=True)
class WheneverClosed:
    """A service staffed whenever all of these others are not; where that is not known, nor is this."""

    others: tuple["Hours", ...]

    def state_at(self, instant: datetime) -> OpenState:
        return while_closed({other.state_at(instant) for other in self.others})

    def next_change(self, instant: datetime) -> datetime | None:
        # Two others who relieve each other change for ever while this one never does.
        present, until = self.state_at(instant), instant + _AHEAD
        at = soonest(other.next_change(instant) for other in self.others)
        while at is not None and at < until:
            if self.state_at(at) is not present:
                return at
            at = soonest(other.next_change(at) for other in self.others)
        return None


@dataclass(frozen=True, slots=True)
class Period:
    """The hours of some days."""

    term: Term
    hours: "Hours"


@dataclass(frozen=True, slots=True)
class PeriodHours:
    """Hours that are not the same before and after a day; `otherwise` is the state outside every period."""

    periods: tuple[Period, ...]
    otherwise: OpenState

    def state_at(self, instant: datetime) -> OpenState:
        hours = self._hours_at(instant)
        return self.otherwise if hours is None else hours.state_at(instant)

    def next_change(self, instant: datetime) -> datetime | None:
        present = self.state_at(instant)
        at: datetime | None = instant
        while at is not None and self.state_at(at) is present:
            at = self._next_edge(at)
        return at

    def _hours_at(self, instant: datetime) -> "Hours | None":
        return next((period.hours for period in self.periods if period.term.holds_at(instant)), None)

    def _next_edge(self, at: datetime) -> datetime | None:
        hours = self._hours_at(at)
        edges = (edge for p in self.periods for edge in (p.term.begins_at(), p.term.ends_at()))
        later = (edge for edge in edges if edge is not None and edge > at)
        return soonest((*later, None if hours is None else hours.next_change(at)))


Hours = WrittenHours | UnknownHours | WheneverClosed | PeriodHours


def while_closed(others: Collection[OpenState]) -> OpenState:
    """Give the state of a service that is there while all others are closed, from theirs."""
    if OpenState.OPEN in others:
        return OpenState.CLOSED
    return OpenState.UNKNOWN if OpenState.UNKNOWN in others else OpenState.OPEN


def soonest(instants: Iterable[datetime | None]) -> datetime | None:
    """Give the first of some instants, of which some may never come."""
    return min((instant for instant in instants if instant is not None), default=None)


def next_staffed(hours: Hours, instant: datetime) -> datetime | None:
    """Give the first instant, this one included, at which the service is not known to be closed."""
    at: datetime | None = instant
    while at is not None and hours.state_at(at) is OpenState.CLOSED:
        at = hours.next_change(at)
    return at


def next_opening(hours: Hours, instant: datetime) -> datetime | None:
    """Give the first instant, this one included, at which the service is known to be open."""
    at: datetime | None = instant
    while at is not None and hours.state_at(at) is not OpenState.OPEN:
        at = hours.next_change(at)
    return at


@lru_cache(maxsize=4096)
def _spans(
    notation: str,
    exceptions: tuple[DatedHours, ...],
    nation: Nation,
    year: int,
    holidays: HolidayCalendar,
) -> tuple[tuple[datetime, ...], tuple[OpenState, ...]]:
    """Give one calendar year as the instants at which the state changes and the states that begin there.

    Local time is UTC when a year turns, so the years join without a seam.
    """
    closed_days = frozenset(chain.from_iterable(holidays(nation, y) for y in (year - 1, year, year + 1)))
    days = tuple((day.on, day.notation) for day in exceptions)
    kept: list[Span] = []
    for start, state in intervals(notation, days, closed_days, year):
        while kept and kept[-1][0] >= start:
            kept.pop()
        if not kept or kept[-1][1] is not state:
            kept.append((start, state))
    return tuple(start for start, _ in kept), tuple(state for _, state in kept)
