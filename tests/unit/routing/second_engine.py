"""Whom to ring and who reads it when, worked out a second time from what the councils print.

Nothing here is shared with the program: when desks are open comes from a library of another language, and the
rules below are the sources' own, one council at a time.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tests.support.hours.reading import Spans
from tests.unit.calendars.second_reading import BANK_HOLIDAYS, wall_time

_SATURDAY = 5

#: One desk at one minute: (its name, open or not or not known, when it opens, when it closes).
Desk = tuple[str, bool | None, datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """Whom to ring, in order; who keeps the words, when they read them; when it is to be decided."""

    calls: tuple[Desk, ...]
    written_to: Desk
    read_by: datetime | None
    clock: tuple[datetime, datetime]


def halton(at: datetime, office: Spans, emergency: Spans) -> Answer:
    """Ring iCART in its hours; outside of these times the emergency duty team. iCART has the written form."""
    by_day = _desk("halton-icart", office, at)
    rung = by_day if by_day[1] else _desk("halton-edt", emergency, at)
    reads = _from(office, at)
    return Answer((rung,), by_day, reads, (reads, _a_working_day_after(reads)))


def caerphilly(at: datetime, emergency: Spans) -> Answer:
    """By night, weekend and bank holiday the shared team; by day no number has been found, so the police."""
    team = _desk("south-east-wales-edt", emergency, at)
    reads = _from(emergency, at)
    rung = team if team[1] else _police("police-101-gwent")
    return Answer((rung,), team, reads, (reads, _a_working_day_after(reads)))


def newport(at: datetime, emergency: Spans) -> Answer:
    """The duty officer's hours are not printed: ring, and then the team that is there, or the police."""
    officer: Desk = ("newport-front-door", None, None, None)
    team = _desk("south-east-wales-edt", emergency, at)
    behind = team if team[1] else _police("police-101-gwent")
    starts = _on_a_working_day(at)
    return Answer((officer, behind), officer, None, (starts, _a_working_day_after(starts)))


def _desk(name: str, spans: Spans, at: datetime) -> Desk:
    begins, ends = _next(spans, at)
    return (name, True, None, ends) if begins <= at else (name, False, begins, None)


def _police(name: str) -> Desk:
    return (name, True, None, None)


def _from(spans: Spans, at: datetime) -> datetime:
    """Give the first minute from this one on at which somebody is there."""
    return max(_next(spans, at)[0], at)


def _next(spans: Spans, at: datetime) -> tuple[datetime, datetime]:
    """Give when it is open now or, if it is closed, next."""
    return spans[bisect_right(spans, at, key=lambda span: span[1])]


def _a_working_day_after(starts: datetime) -> datetime:
    day, minute = wall_time(starts)
    return _instant(_next_working_day(day), minute)


def _on_a_working_day(at: datetime) -> datetime:
    day, _ = wall_time(at)
    return at if _is_working_day(day) else _instant(_next_working_day(day), 0)


def _next_working_day(day: date) -> date:
    day += timedelta(days=1)
    while not _is_working_day(day):
        day += timedelta(days=1)
    return day


def _is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in BANK_HOLIDAYS


def _instant(day: date, minute: int) -> datetime:
    as_utc = datetime.fromisoformat(f"{day}T00:00Z") + timedelta(minutes=minute)
    summer = as_utc - timedelta(hours=1)
    return summer if wall_time(summer) == (day, minute) else as_utc
