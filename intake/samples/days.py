"""The days of the invented fortnight: working days counted back from now, and times on the clock."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from intake.calendars.hours import Hours
from intake.calendars.local_time import from_local, to_local
from intake.calendars.working_days import is_working_day
from intake.casework.alerts import school_time
from intake.vocabulary import Nation, OpenState

_DAY = timedelta(days=1)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Days:
    """Working days before `now`, an aware instant, by one nation's bank holidays."""

    now: datetime
    nation: Nation

    def back(self, count: int, clock: str) -> datetime:
        """Return the instant at `clock` ('14:05', local) on the working day `count` working days ago."""
        return at(self.day_back(count), clock)

    def day_back(self, count: int) -> date:
        """Return the working day that is `count` working days before today; 0 is not asked for."""
        day, left = to_local(self.now).date(), count
        while left:
            day -= _DAY
            left -= is_working_day(self.nation, day)
        return day

    def friday(self, clock: str) -> datetime:
        """Return the instant at `clock` on the last Friday before today that was a working day."""
        day = to_local(self.now).date() - _DAY
        while day.weekday() != _FRIDAY or not is_working_day(self.nation, day):
            day -= _DAY
        return at(day, clock)

    def after(self, instant: datetime, clock: str) -> datetime:
        """Return the instant at `clock` on the working day after another instant's."""
        day = to_local(instant).date() + _DAY
        while not is_working_day(self.nation, day):
            day += _DAY
        return at(day, clock)

    def just_now(self, minutes: int) -> datetime:
        """Return the instant so many minutes ago."""
        return self.now - timedelta(minutes=minutes)

    def in_school(self, minutes: int) -> datetime:
        """Return the last instant, at least so many minutes ago, at which a school is at its desk."""
        return last_open(school_time(self.nation), self.just_now(minutes))


def at(day: date, clock: str) -> datetime:
    """Return the instant, in UTC, of a local time of day."""
    return from_local(datetime.combine(day, time.fromisoformat(clock)))


def last_open(hours: Hours, instant: datetime) -> datetime:
    """Return `instant` while the hours are open, else a little before they last closed."""
    step = timedelta(minutes=5)
    while hours.state_at(instant) is not OpenState.OPEN:
        instant -= step
    return instant
