"""The clocks that start when a referral arrives."""

from datetime import date, datetime, timedelta

import pytest

from intake.calendars.clocks import Clock, elapsed, one_working_day, working_time
from intake.calendars.hours import Hours, UnknownHours, WrittenHours
from intake.calendars.local_time import from_local
from intake.vocabulary import Nation

HALTON = WrittenHours("Mo-Th 09:00-17:00; Fr 09:00-16:30; PH off", Nation.ENGLAND)
NEVER = WrittenHours("off", Nation.ENGLAND)
ALWAYS = WrittenHours("24/7", Nation.ENGLAND)


def invented(nation: Nation, year: int) -> frozenset[date]:
    """Give an invented calendar in which the nations differ: only Wales rests on the first of March."""
    return frozenset({date(year, 3, 1)} if nation is Nation.WALES else ())


def local(text: str) -> datetime:
    return from_local(datetime.fromisoformat(text))


def clock(received: str, opening: Hours, nation: Nation = Nation.ENGLAND) -> Clock:
    return one_working_day(local(received), nation, opening)


@pytest.mark.parametrize(
    ("received", "starts", "due"),
    [
        ("2026-11-23T10:15", "2026-11-23T10:15", "2026-11-24T10:15"),
        ("2026-11-20T16:29", "2026-11-20T16:29", "2026-11-23T16:29"),
        ("2026-11-20T16:45", "2026-11-23T09:00", "2026-11-24T09:00"),
        ("2026-11-22T03:00", "2026-11-23T09:00", "2026-11-24T09:00"),
        ("2026-11-23T17:00", "2026-11-24T09:00", "2026-11-25T09:00"),
        ("2026-04-02T16:00", "2026-04-02T16:00", "2026-04-07T16:00"),
        ("2026-04-03T10:00", "2026-04-07T09:00", "2026-04-08T09:00"),
        ("2026-12-24T16:00", "2026-12-24T16:00", "2026-12-29T16:00"),
        ("2026-12-25T10:00", "2026-12-29T09:00", "2026-12-30T09:00"),
        ("2026-03-27T10:00", "2026-03-27T10:00", "2026-03-30T10:00"),
        ("2026-10-23T10:00", "2026-10-23T10:00", "2026-10-26T10:00"),
    ],
)
def test_one_working_day_by_halton_hours(received: str, starts: str, due: str) -> None:
    assert clock(received, HALTON) == Clock(local(starts), local(due), Nation.ENGLAND)


@pytest.mark.parametrize(
    ("received", "starts", "due"),
    [
        ("2026-11-23T03:00", "2026-11-23T03:00", "2026-11-24T03:00"),
        ("2026-11-20T23:30", "2026-11-20T23:30", "2026-11-23T23:30"),
        ("2026-11-21T10:00", "2026-11-23T00:00", "2026-11-24T00:00"),
        ("2026-12-26T10:00", "2026-12-29T00:00", "2026-12-30T00:00"),
        ("2026-07-04T10:00", "2026-07-06T00:00", "2026-07-07T00:00"),
    ],
)
def test_one_working_day_when_the_hours_are_not_known(received: str, starts: str, due: str) -> None:
    assert clock(received, UnknownHours(), Nation.WALES) == Clock(local(starts), local(due), Nation.WALES)


def test_a_service_that_never_opens_does_not_stop_the_clock() -> None:
    assert clock("2026-11-21T10:00", NEVER) == clock("2026-11-21T10:00", UnknownHours())


def test_a_service_open_at_the_weekend_has_the_clock_start_there() -> None:
    assert clock("2026-11-21T10:00", ALWAYS) == Clock(
        local("2026-11-21T10:00"), local("2026-11-23T10:00"), Nation.ENGLAND
    )


def test_hours_that_become_unknown_start_the_clock_there_on_a_working_day() -> None:
    hours = WrittenHours("Mo 09:00-10:00 unknown", Nation.ENGLAND)
    assert clock("2026-11-22T10:00", hours).starts_at == local("2026-11-23T09:00")


def test_the_repeated_hour_does_not_move_the_day_after() -> None:
    second_time = local("2026-10-25T01:30") + timedelta(hours=1)
    assert one_working_day(second_time, Nation.ENGLAND, ALWAYS).due_at == local("2026-10-26T01:30")


@pytest.mark.parametrize("opening", [ALWAYS, UnknownHours()])
def test_each_nations_clock_runs_by_its_own_holidays(opening: Hours) -> None:
    def due(received: str, nation: Nation) -> datetime:
        return one_working_day(local(received), nation, opening, invented).due_at

    assert due("2027-02-26T10:00", Nation.ENGLAND) == local("2027-03-01T10:00")
    assert due("2027-02-26T10:00", Nation.WALES) == local("2027-03-02T10:00")


def test_unknown_hours_start_the_clock_as_the_next_day_of_that_nations_begins() -> None:
    starts = [
        one_working_day(local(at), Nation.WALES, UnknownHours(), invented).starts_at
        for at in ("2027-02-27T10:00", "2027-03-01T10:00")
    ]
    assert starts == [local("2027-03-02T00:00")] * 2


def test_elapsed_minutes_do_not_stop_at_night_or_for_the_clocks() -> None:
    assert elapsed(local("2026-10-24T23:00"), 240) == local("2026-10-25T02:00")


@pytest.mark.parametrize(
    ("starts", "minutes", "due"),
    [
        ("2026-11-23T10:00", 240, "2026-11-23T14:00"),
        ("2026-11-23T13:00", 240, "2026-11-23T17:00"),
        ("2026-11-23T13:01", 240, "2026-11-24T09:01"),
        ("2026-11-20T16:00", 60, "2026-11-23T09:30"),
        ("2026-11-21T12:00", 30, "2026-11-23T09:30"),
        ("2026-12-24T16:45", 30, "2026-12-29T09:15"),
    ],
)
def test_working_minutes_are_counted_only_while_the_desk_is_staffed(
    starts: str, minutes: int, due: str
) -> None:
    assert working_time(local(starts), minutes, HALTON) == local(due)


def test_working_minutes_of_a_desk_always_open_are_elapsed_minutes() -> None:
    assert working_time(local("2026-11-21T12:00"), 90, ALWAYS) == local("2026-11-21T13:30")


@pytest.mark.parametrize("hours", [UnknownHours(), NEVER])
def test_working_minutes_that_cannot_be_reckoned_are_not_guessed(hours: Hours) -> None:
    assert working_time(local("2026-11-21T12:00"), 90, hours) is None
