"""Every awkward shape of hours, a minute either side of every edge of every day of two years.

What is expected is written down a second time in plain sums of days and minutes. The nations' bank holidays
are invented, so that they differ.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

import pytest

from intake.calendars.hours import (
    DatedHours,
    Hours,
    Period,
    PeriodHours,
    UnknownHours,
    WheneverClosed,
    WrittenHours,
)
from intake.calendars.local_time import from_local
from intake.calendars.term import Term
from intake.vocabulary import Nation, OpenState

_MONDAY, _THURSDAY, _FRIDAY = 0, 3, 4
ENGLAND, WALES = Nation.ENGLAND, Nation.WALES
#: Each has the other's working day off, and both a Monday after a weekend.
INVENTED = {
    ENGLAND: frozenset({date(2026, 4, 23), date(2026, 8, 31), date(2027, 8, 30), date(2027, 12, 27)}),
    WALES: frozenset({date(2026, 3, 2), date(2026, 8, 31), date(2027, 3, 1), date(2027, 12, 28)}),
}
TRAINING, SHUT, LONG_NIGHT = date(2026, 11, 25), date(2026, 12, 24), date(2027, 1, 2)
LAST, FIRST = date(2026, 6, 30), date(2026, 7, 1)

#: By day and minute of the day, what the service is; `x` stands for a bank holiday of its nation.
Expected = Callable[[date, int, bool], str]
NINE, NOON, FIVE = 9 * 60, 12 * 60, 17 * 60
HALF_PAST_EIGHT, HALF_PAST_FOUR, TEN, SIX = 8 * 60 + 30, 16 * 60 + 30, 22 * 60, 6 * 60


def invented(nation: Nation, year: int) -> frozenset[date]:
    return frozenset(day for day in INVENTED[nation] if day.year == year)


def written(notation: str, nation: Nation, *days: DatedHours) -> WrittenHours:
    return WrittenHours(notation, nation, days, holidays=invented)


def said(*, is_open: bool) -> str:
    return "open" if is_open else "closed"


def in_office(day: date, minute: int, *, holiday: bool, opens: int = NINE) -> bool:
    closes = HALF_PAST_FOUR if day.weekday() == _FRIDAY else FIVE
    return day.weekday() <= _FRIDAY and not holiday and opens <= minute < closes


OFFICE = "Mo-Th 09:00-17:00; Fr 09:00-16:30; PH off"
WEEKEND_RUN = "Mo-Th 00:00-08:30,17:00-24:00; Fr 00:00-08:30,16:30-24:00; Sa-Su 00:00-24:00; PH 00:00-24:00"


def office(nation: Nation) -> Hours:
    return written(OFFICE, nation)


def office_expected(day: date, minute: int, holiday: bool) -> str:  # noqa: FBT001 - one of several of this shape
    return said(is_open=in_office(day, minute, holiday=holiday))


def night(nation: Nation) -> Hours:
    return written("Mo-Su 22:00-06:00", nation)


def night_expected(_day: date, minute: int, _holiday: bool) -> str:  # noqa: FBT001 - as above
    return said(is_open=minute >= TEN or minute < SIX)


def weekend_run(nation: Nation) -> Hours:
    return written(WEEKEND_RUN, nation)


def weekend_run_expected(day: date, minute: int, holiday: bool) -> str:  # noqa: FBT001 - as above
    return said(is_open=not in_office(day, minute, holiday=holiday, opens=HALF_PAST_EIGHT))


def with_exceptions(nation: Nation) -> Hours:
    return written(
        OFFICE,
        nation,
        DatedHours(TRAINING, "09:00-12:00"),
        DatedHours(SHUT, "off"),
        DatedHours(LONG_NIGHT, "00:00-24:00"),
    )


def with_exceptions_expected(day: date, minute: int, holiday: bool) -> str:  # noqa: FBT001 - as above
    if day == TRAINING:
        return said(is_open=NINE <= minute < NOON)
    if day in {SHUT, LONG_NIGHT}:
        return said(is_open=day == LONG_NIGHT)
    return office_expected(day, minute, holiday)


def third_tier(nation: Nation) -> Hours:
    """Whenever the office and the evening team are both closed."""
    return WheneverClosed((written(OFFICE, nation), written("Mo-Fr 17:00-22:00; PH off", nation)))


def third_tier_expected(day: date, minute: int, holiday: bool) -> str:  # noqa: FBT001 - as above
    evening = day.weekday() <= _FRIDAY and not holiday and FIVE <= minute < TEN
    return said(is_open=not (in_office(day, minute, holiday=holiday) or evening))


def until_a_day(nation: Nation) -> Hours:
    return PeriodHours((Period(Term(None, LAST), written(OFFICE, nation)),), OpenState.UNKNOWN)


def until_a_day_expected(day: date, minute: int, holiday: bool) -> str:  # noqa: FBT001 - as above
    return office_expected(day, minute, holiday) if day <= LAST else "unknown"


def changed_on_a_day(nation: Nation) -> Hours:
    before, after = written(OFFICE, nation), written("Mo-Fr 08:30-17:00; PH off", nation)
    return PeriodHours(
        (Period(Term(None, LAST), before), Period(Term(FIRST, None), after)), OpenState.UNKNOWN
    )


def changed_on_a_day_expected(day: date, minute: int, holiday: bool) -> str:  # noqa: FBT001 - as above
    if day <= LAST:
        return office_expected(day, minute, holiday)
    return said(is_open=day.weekday() <= _FRIDAY and not holiday and HALF_PAST_EIGHT <= minute < FIVE)


def behind_the_unknown(nation: Nation) -> Hours:
    return WheneverClosed((UnknownHours(), written(OFFICE, nation)))


def behind_the_unknown_expected(day: date, minute: int, holiday: bool) -> str:  # noqa: FBT001 - as above
    return "closed" if in_office(day, minute, holiday=holiday) else "unknown"


SHAPES: dict[str, tuple[Callable[[Nation], Hours], Expected]] = {
    "an office that closes early on Fridays and on bank holidays": (office, office_expected),
    "a night past midnight": (night, night_expected),
    "from Friday to Monday in one run, bank holidays day and night": (weekend_run, weekend_run_expected),
    "closed for training one afternoon": (with_exceptions, with_exceptions_expected),
    "whenever two others are closed": (third_tier, third_tier_expected),
    "known until a day only": (until_a_day, until_a_day_expected),
    "other hours from a day on": (changed_on_a_day, changed_on_a_day_expected),
    "behind somebody whose hours are not known": (behind_the_unknown, behind_the_unknown_expected),
}
EDGES = (0, SIX, HALF_PAST_EIGHT, NINE, NOON, HALF_PAST_FOUR, FIVE, TEN)


def minutes_about_every_edge() -> Iterator[tuple[date, int]]:
    day = date(2026, 1, 1)
    while day < date(2028, 1, 1):
        for edge in EDGES:
            yield (day - timedelta(days=1), 24 * 60 - 1) if edge == 0 else (day, edge - 1)
            yield day, edge
        day += timedelta(days=1)


@pytest.mark.parametrize("nation", [ENGLAND, WALES])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_minute_either_side_of_every_edge_of_two_years(shape: str, nation: Nation) -> None:
    make, expected = SHAPES[shape]
    hours = make(nation)
    wrong = []
    for day, minute in minutes_about_every_edge():
        wall = datetime.combine(day, time(minute // 60, minute % 60))
        found = hours.state_at(from_local(wall)).value
        if found != expected(day, minute, day in INVENTED[nation]):
            wrong.append((wall.isoformat(), found))
    assert wrong == []


@pytest.mark.parametrize("shape", SHAPES)
def test_the_next_change_of_every_shape_is_where_its_state_changes(shape: str) -> None:
    hours = SHAPES[shape][0](WALES)
    at: datetime | None = from_local(datetime(2026, 1, 1))  # noqa: DTZ001 - local time
    for _ in range(1_000):
        assert at is not None
        before, at = at, hours.next_change(at)
        if at is None:
            assert hours.state_at(before) is OpenState.UNKNOWN
            break
        assert hours.state_at(at) is not hours.state_at(before)
        assert hours.state_at(at - timedelta(minutes=1)) is hours.state_at(before)
