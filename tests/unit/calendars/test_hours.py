"""Opening hours, on both sides of every edge."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from intake.calendars.hours import (
    DatedHours,
    UnknownHours,
    WheneverClosed,
    WrittenHours,
    next_opening,
    next_staffed,
)
from intake.calendars.local_time import from_local
from intake.errors import Refused
from intake.vocabulary import Nation, OpenState

HALTON = WrittenHours("Mo-Th 09:00-17:00; Fr 09:00-16:30; PH off", Nation.ENGLAND)
HALTON_EMERGENCY = WheneverClosed((HALTON,))
ONE_MINUTE = timedelta(minutes=1)


def local(text: str) -> datetime:
    return from_local(datetime.fromisoformat(text))


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine that keeps the time of an island on which it is next year already."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_the_machines_own_zone_changes_nothing(far_away: None) -> None:
    new_years_eve = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert HALTON.state_at(new_years_eve) is OpenState.OPEN
    assert HALTON.next_change(new_years_eve) == datetime(2026, 12, 31, 17, tzinfo=UTC)


def test_what_one_day_has_instead_is_held_to_the_same_notation() -> None:
    with pytest.raises(Refused, match="one day has one rule"):
        WrittenHours("Mo-Fr 09:00-17:00", Nation.ENGLAND, (DatedHours(date(2026, 12, 24), "PH off"),))


@pytest.mark.parametrize(
    ("at", "office"),
    [
        ("2026-11-23T08:59", "closed"),
        ("2026-11-23T09:00", "open"),
        ("2026-11-26T16:59", "open"),
        ("2026-11-26T17:00", "closed"),
        ("2026-11-20T16:29", "open"),
        ("2026-11-20T16:30", "closed"),
        ("2026-11-21T10:00", "closed"),
        ("2026-11-22T10:00", "closed"),
        ("2026-04-02T16:59", "open"),
        ("2026-04-03T10:00", "closed"),
        ("2026-04-06T10:00", "closed"),
        ("2026-04-07T08:59", "closed"),
        ("2026-04-07T09:00", "open"),
        ("2026-12-25T10:00", "closed"),
        ("2026-12-28T10:00", "closed"),
        ("2026-12-29T09:00", "open"),
        ("2026-03-27T16:29", "open"),
        ("2026-03-30T08:59", "closed"),
        ("2026-03-30T09:00", "open"),
        ("2026-10-23T16:29", "open"),
        ("2026-10-26T08:59", "closed"),
        ("2026-10-26T09:00", "open"),
    ],
)
def test_halton_changes_hands_at_the_printed_minute(at: str, office: str) -> None:
    state = HALTON.state_at(local(at))
    assert state.value == office
    assert HALTON_EMERGENCY.state_at(local(at)) is not state


def test_the_state_does_change_at_each_next_change_and_not_a_minute_sooner() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(600):
        change = HALTON.next_change(at)
        assert change is not None
        assert HALTON.state_at(change) is not HALTON.state_at(at)
        assert HALTON.state_at(change - ONE_MINUTE) is HALTON.state_at(at)
        assert HALTON_EMERGENCY.next_change(at) == change
        at = change
    assert at.year == 2027


def test_the_next_change_is_found_across_the_turn_of_the_year() -> None:
    assert HALTON.next_change(local("2026-12-31T18:00")) == local("2027-01-04T09:00")


def test_hours_that_never_change_have_no_next_change() -> None:
    always, never = WrittenHours("24/7", Nation.WALES), WrittenHours("off", Nation.WALES)
    at = local("2026-11-23T10:00")
    assert (always.state_at(at), always.next_change(at)) == (OpenState.OPEN, None)
    assert (never.state_at(at), never.next_change(at)) == (OpenState.CLOSED, None)
    assert next_opening(never, at) is None
    assert next_staffed(never, at) is None


def test_an_instant_may_be_given_in_any_zone() -> None:
    far_away = timezone(timedelta(hours=10))
    assert (
        HALTON.state_at(datetime(2027, 1, 1, 2, tzinfo=far_away)) is OpenState.OPEN
    )  # 31 December, 4pm here
    assert HALTON.next_change(datetime(2027, 1, 1, 2, tzinfo=far_away)) == local("2026-12-31T17:00")


def test_a_dated_exception_overrides_the_week_and_a_bank_holiday() -> None:
    hours = WrittenHours(
        "Mo-Fr 09:00-17:00; PH off",
        Nation.ENGLAND,
        (DatedHours(date(2026, 11, 25), "09:00-12:00"), DatedHours(date(2026, 12, 25), "10:00-11:00")),
    )
    assert hours.state_at(local("2026-11-25T11:59")) is OpenState.OPEN
    assert hours.state_at(local("2026-11-25T12:00")) is OpenState.CLOSED
    assert hours.state_at(local("2026-11-26T12:00")) is OpenState.OPEN
    assert hours.state_at(local("2026-12-25T10:30")) is OpenState.OPEN


def test_hours_past_midnight_are_two_hours_longer_or_shorter_on_the_nights_the_clocks_change() -> None:
    night = WrittenHours("Mo-Su 22:00-06:00", Nation.WALES)
    for evening, length in (("2026-03-28T22:00", 7), ("2026-10-24T22:00", 9), ("2026-11-24T22:00", 8)):
        change = night.next_change(local(evening))
        assert change == local(evening) + timedelta(hours=length)


def test_a_shift_that_ends_inside_the_repeated_hour_is_over_the_first_time() -> None:
    night = WrittenHours("Mo-Su 17:30-25:30", Nation.WALES)
    assert night.next_change(local("2026-10-24T23:00")) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert night.state_at(datetime(2026, 10, 25, 1, 15, tzinfo=UTC)) is OpenState.CLOSED


def test_a_shift_wholly_inside_the_repeated_hour_is_not_counted_on() -> None:
    brief = WrittenHours("Su 01:10-01:40", Nation.WALES)
    assert brief.next_change(local("2026-10-24T23:00")) == local("2026-11-01T01:10")


def test_a_bank_holiday_calendar_can_be_handed_in() -> None:
    def invented(nation: Nation, year: int) -> frozenset[date]:
        return frozenset({date(year, 3, 1)} if nation is Nation.WALES else ())

    st_davids_day = local("2027-03-01T10:00")
    english = WrittenHours("Mo-Fr 09:00-17:00; PH off", Nation.ENGLAND, holidays=invented)
    welsh = WrittenHours("Mo-Fr 09:00-17:00; PH off", Nation.WALES, holidays=invented)
    assert english.state_at(st_davids_day) is OpenState.OPEN
    assert welsh.state_at(st_davids_day) is OpenState.CLOSED


def test_hours_nobody_has_confirmed_are_never_called_open() -> None:
    at = local("2026-11-23T10:00")
    for hours in (UnknownHours(), WheneverClosed((UnknownHours(),))):
        assert hours.state_at(at) is OpenState.UNKNOWN
        assert hours.next_change(at) is None
        assert next_opening(hours, at) is None
        assert next_staffed(hours, at) == at


def test_the_next_opening_is_now_when_it_is_open_now() -> None:
    assert next_opening(HALTON, local("2026-11-23T10:00")) == local("2026-11-23T10:00")
    assert next_opening(HALTON, local("2026-11-20T16:45")) == local("2026-11-23T09:00")


def test_hours_partly_unknown_are_passed_over_for_an_opening_but_not_for_a_try() -> None:
    hours = WrittenHours("Mo 09:00-10:00 unknown; Tu 09:00-10:00", Nation.ENGLAND)
    assert next_staffed(hours, local("2026-11-22T10:00")) == local("2026-11-23T09:00")
    assert next_opening(hours, local("2026-11-22T10:00")) == local("2026-11-24T09:00")


def test_hours_that_cannot_be_read_never_become_a_value() -> None:
    with pytest.raises(Refused):
        WrittenHours("nine to five", Nation.ENGLAND)
