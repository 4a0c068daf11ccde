"""Hours made of others' hours: whenever they are closed, and from one day to another."""

from datetime import date, datetime

from intake.calendars.hours import Period, PeriodHours, UnknownHours, WheneverClosed, WrittenHours
from intake.calendars.local_time import from_local
from intake.calendars.term import Term
from intake.vocabulary import Nation, OpenState

DAYS, NIGHTS = (
    WrittenHours("Mo-Su 08:00-20:00", Nation.ENGLAND),
    WrittenHours("Mo-Su 20:00-24:00,00:00-08:00", Nation.ENGLAND),
)
UNKNOWN = UnknownHours()


def local(text: str) -> datetime:
    return from_local(datetime.fromisoformat(text))


def test_behind_two_who_relieve_each_other_nobody_is_ever_needed() -> None:
    never = WheneverClosed((DAYS, NIGHTS))
    assert never.state_at(local("2026-11-23T20:00")) is OpenState.CLOSED
    assert never.next_change(local("2026-11-23T10:00")) is None


def test_a_third_tier_answers_when_the_first_two_have_gone() -> None:
    evenings = WrittenHours("Mo-Su 20:00-23:00", Nation.ENGLAND)
    standby = WheneverClosed((DAYS, evenings))
    assert standby.next_change(local("2026-11-23T10:00")) == local("2026-11-23T23:00")
    assert standby.state_at(local("2026-11-23T22:59")) is OpenState.CLOSED
    assert standby.state_at(local("2026-11-23T23:00")) is OpenState.OPEN
    assert standby.next_change(local("2026-11-23T23:00")) == local("2026-11-24T08:00")


def test_one_whose_hours_are_not_known_makes_the_others_nights_unknown() -> None:
    behind = WheneverClosed((UNKNOWN, DAYS))
    assert behind.state_at(local("2026-11-23T10:00")) is OpenState.CLOSED
    assert behind.state_at(local("2026-11-23T20:00")) is OpenState.UNKNOWN
    assert behind.next_change(local("2026-11-23T10:00")) == local("2026-11-23T20:00")


def test_after_the_last_period_hours_are_not_known_and_never_closed_by_silence() -> None:
    march = Term(date(2026, 3, 1), date(2026, 3, 31))
    hours = PeriodHours((Period(march, DAYS),), OpenState.UNKNOWN)
    assert hours.state_at(local("2026-02-28T23:59")) is OpenState.UNKNOWN
    assert hours.next_change(local("2026-02-01T10:00")) == local("2026-03-01T00:00")
    assert hours.state_at(local("2026-03-01T00:00")) is OpenState.CLOSED
    assert hours.next_change(local("2026-03-31T20:30")) == local("2026-04-01T00:00")
    assert hours.next_change(local("2026-04-01T00:00")) is None


def test_one_period_that_goes_on_as_the_one_before_is_no_change() -> None:
    always = WrittenHours("24/7", Nation.WALES)
    until, since = Term(None, date(2026, 3, 31)), Term(date(2026, 4, 1), date(2026, 4, 2))
    hours = PeriodHours((Period(until, always), Period(since, always)), OpenState.CLOSED)
    assert hours.next_change(local("2026-03-01T10:00")) == local("2026-04-03T00:00")
    assert hours.next_change(local("2026-04-02T23:59")) == local("2026-04-03T00:00")
