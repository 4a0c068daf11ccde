"""The clocks that start when a referral arrives: in working days, in minutes, in working minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.calendars.bank_holidays import HolidayCalendar, bank_holidays
from intake.calendars.hours import Hours, next_staffed
from intake.calendars.local_time import from_local, midnight, to_local
from intake.calendars.working_days import is_working_day, next_working_day
from intake.vocabulary import Nation, OpenState


@dataclass(frozen=True, slots=True)
class Clock:
    """A time allowed, from when it starts to when it is due, both aware UTC, by one nation's working days."""

    starts_at: datetime
    due_at: datetime
    nation: Nation


def one_working_day(
    received_at: datetime, nation: Nation, opening: Hours, holidays: HolidayCalendar = bank_holidays
) -> Clock:
    """Give the clock for deciding on a referral: due at the same local time on the next working day.

    It starts on receipt when the service is open, else when it next opens. Where its hours are not known it
    starts on receipt on a working day, else as the next working day begins. (Working Together; the Wales
    Safeguarding Procedures, chapter 3 part 1.)
    """
    starts_at = next_staffed(opening, received_at)
    if starts_at is None or opening.state_at(starts_at) is OpenState.UNKNOWN:
        starts_at = _on_a_working_day(starts_at or received_at, nation, holidays)
    wall = to_local(starts_at)
    due_on = next_working_day(nation, wall.date(), holidays)
    # The clocks change on Sundays only, so this wall time happens once.
    due_at = from_local(datetime.combine(due_on, wall.time()))
    return Clock(starts_at=starts_at, due_at=due_at, nation=nation)


def elapsed(starts_at: datetime, minutes: int) -> datetime:
    """Give the instant `minutes` later by any clock that does not stop at night."""
    return starts_at + timedelta(minutes=minutes)


def working_time(starts_at: datetime, minutes: int, hours: Hours) -> datetime | None:
    """Give the instant by which `minutes` have passed while the service was open.

    None when that cannot be reckoned: the hours are not known, or the service never opens for long enough.
    """
    left = timedelta(minutes=minutes)
    at: datetime | None = starts_at
    while at is not None:
        state, change = hours.state_at(at), hours.next_change(at)
        if state is OpenState.UNKNOWN:
            return None
        if state is OpenState.OPEN:
            if change is None or at + left <= change:
                return at + left
            left -= change - at
        at = change
    return None


def _on_a_working_day(received_at: datetime, nation: Nation, holidays: HolidayCalendar) -> datetime:
    day = to_local(received_at).date()
    if is_working_day(nation, day, holidays):
        return received_at
    return midnight(next_working_day(nation, day, holidays))
