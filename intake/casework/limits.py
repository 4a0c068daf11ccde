"""How long an authority allows itself for a colour: its own figure, or none at all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from intake.calendars.clocks import elapsed, working_time
from intake.calendars.hours import Hours
from intake.casework.objections import Objection, refuse_any
from intake.vocabulary import Colour


@dataclass(frozen=True, slots=True)
class ColourLimit:
    """The minutes one authority allows for one colour, counted by the clock or only while it is open."""

    authority_code: str
    colour: Colour
    minutes: int
    working_time: bool


def require_time(limit: ColourLimit) -> None:
    """Raise Refused when a limit to be entered is no time at all; 'no limit' is a row that is not there."""
    if limit.minutes <= 0:
        refuse_any((Objection("minutes", "limit.minutes_not_positive"),))


def limit_for(limits: Iterable[ColourLimit], authority_code: str, colour: Colour) -> ColourLimit | None:
    """Return what this authority entered for this colour; None, never another's figure, when it has not."""
    for limit in limits:
        if limit.authority_code == authority_code and limit.colour is colour:
            return limit
    return None


def colour_due_at(
    limit: ColourLimit | None, *, clock_starts_at: datetime, first_coloured_at: datetime, hours: Hours
) -> datetime | None:
    """Return when the limit runs out; None when there is none, or when it cannot be reckoned.

    It counts from when the referral's clock started, or from the first colour where somebody judged it
    before that, at night or over a weekend: a new colour never buys time. None leaves the one-working-day
    clock, which runs in any case.
    """
    if limit is None:
        return None
    from_at = min(clock_starts_at, first_coloured_at)
    if limit.working_time:
        return working_time(from_at, limit.minutes, hours)
    return elapsed(from_at, limit.minutes)
