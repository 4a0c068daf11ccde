"""What is true of any hours at all, whoever wrote them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as some

from intake.calendars.hours import DatedHours, Hours, Period, PeriodHours, WheneverClosed, WrittenHours
from intake.calendars.term import Term
from intake.vocabulary import Nation, OpenState

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_QUARTERS = 24 * 4
ONE_MINUTE = timedelta(minutes=1)

instants = some.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=some.just(UTC))  # noqa: DTZ001
dates = some.dates(date(2026, 1, 1), date(2028, 12, 31))


def clock(quarter: int) -> str:
    return f"{quarter // 4:02d}:{quarter % 4 * 15:02d}"


@some.composite
def spans(draw: some.DrawFn) -> str:
    """One or two parts of a day, in order."""
    marks = sorted(draw(some.sets(some.integers(0, _QUARTERS), min_size=4, max_size=4)))
    parts = [f"{clock(marks[0])}-{clock(marks[1])}", f"{clock(marks[2])}-{clock(marks[3])}"]
    return ",".join(parts[: draw(some.integers(1, 2))])


@some.composite
def written(draw: some.DrawFn) -> Hours:
    """Hours of the week, of bank holidays, and of one day."""
    rules = [f"{day} {draw(spans())}" for day in _DAYS if draw(some.booleans())]
    rules.append(f"PH {draw(some.one_of(some.just('off'), spans()))}")
    days = draw(
        some.lists(some.builds(DatedHours, dates, some.one_of(some.just("off"), spans())), max_size=1)
    )
    return WrittenHours("; ".join(rules), draw(some.sampled_from(Nation)), tuple(days))


@some.composite
def any_hours(draw: some.DrawFn) -> Hours:
    """Written hours, or hours made of them."""
    one, other = draw(written()), draw(written())
    turn = draw(dates)
    return draw(
        some.sampled_from(
            (
                one,
                WheneverClosed((one, other)),
                PeriodHours(
                    (Period(Term(None, turn), one), Period(Term(turn + timedelta(days=2), None), other)),
                    OpenState.UNKNOWN,
                ),
            )
        )
    )


@settings(deadline=None, max_examples=60)
@given(any_hours(), instants)
def test_states_follow_each_other_and_none_follows_itself(hours: Hours, at: datetime) -> None:
    for _ in range(20):
        change = hours.next_change(at)
        if change is None:
            break
        assert change > at
        assert hours.state_at(change) is not hours.state_at(at)
        at = change


@settings(deadline=None, max_examples=60)
@given(any_hours(), instants, some.integers(0, 99))
def test_nothing_changes_before_the_next_change(hours: Hours, at: datetime, part: int) -> None:
    change = hours.next_change(at)
    until = at + timedelta(days=300) if change is None else change - ONE_MINUTE
    between = at + (until - at) * part / 100
    assert {hours.state_at(max(at, moment)) for moment in (between, until)} == {hours.state_at(at)}


@settings(deadline=None, max_examples=60)
@given(written(), instants)
def test_a_service_and_whoever_stands_in_for_it_are_always_exactly_one(hours: Hours, at: datetime) -> None:
    states = {hours.state_at(at), WheneverClosed((hours,)).state_at(at)}
    assert states == {OpenState.OPEN, OpenState.CLOSED}
    assert WheneverClosed((hours,)).next_change(at) == hours.next_change(at)
