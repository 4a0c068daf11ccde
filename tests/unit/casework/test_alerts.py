"""A concern nobody reads goes up the ladder in school time."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from intake.calendars.hours import UnknownHours, WrittenHours
from intake.casework.alerts import Rung, school_time, unread_ladder
from intake.errors import Refused
from intake.vocabulary import Nation

LEAD, DEPUTY, SECOND_DEPUTY = (UUID(int=number) for number in (1, 2, 3))
PEOPLE = (LEAD, DEPUTY, SECOND_DEPUTY)
SCHOOL = school_time(Nation.ENGLAND)
MONDAY_10 = datetime(2026, 11, 23, 10, tzinfo=UTC)


def times(recorded_at: datetime, hours: WrittenHours = SCHOOL) -> list[datetime]:
    return [rung.due_at for rung in unread_ladder(recorded_at, PEOPLE, hours=hours).rungs]


def test_the_lead_is_told_at_once_and_each_deputy_thirty_minutes_after_the_one_before() -> None:
    ladder = unread_ladder(MONDAY_10, PEOPLE, hours=SCHOOL)

    assert ladder.rungs == (
        Rung(0, LEAD, MONDAY_10),
        Rung(1, DEPUTY, MONDAY_10 + timedelta(minutes=30)),
        Rung(2, SECOND_DEPUTY, MONDAY_10 + timedelta(minutes=60)),
    )
    assert ladder.exhausted_at == MONDAY_10 + timedelta(minutes=90)


def test_minutes_outside_school_time_do_not_count() -> None:
    friday_at_ten_to_six = datetime(2026, 11, 20, 17, 50, tzinfo=UTC)

    assert times(friday_at_ten_to_six) == [
        friday_at_ten_to_six,
        datetime(2026, 11, 23, 8, 20, tzinfo=UTC),
        datetime(2026, 11, 23, 8, 50, tzinfo=UTC),
    ]


def test_a_concern_of_saturday_night_goes_to_the_deputy_on_monday_morning() -> None:
    saturday = datetime(2026, 11, 21, 23, tzinfo=UTC)

    assert times(saturday)[:2] == [saturday, datetime(2026, 11, 23, 8, 30, tzinfo=UTC)]


def test_a_bank_holiday_is_not_school_time() -> None:
    christmas_eve = datetime(2026, 12, 24, 17, 45, tzinfo=UTC)

    assert times(christmas_eve)[1] == datetime(2026, 12, 29, 8, 15, tzinfo=UTC)


def test_school_time_is_by_the_clock_on_the_wall() -> None:
    before_the_clocks_change = datetime(2026, 10, 23, 16, 50, tzinfo=UTC)

    assert times(before_the_clocks_change)[1] == datetime(2026, 10, 26, 8, 20, tzinfo=UTC)


def test_a_school_may_keep_other_hours() -> None:
    hours = school_time(Nation.WALES, "Mo-Fr 08:00-16:00; PH off")
    monday_at_ten_to_four = datetime(2026, 11, 23, 15, 50, tzinfo=UTC)

    assert times(monday_at_ten_to_four, hours)[1] == datetime(2026, 11, 24, 8, 20, tzinfo=UTC)


def test_hours_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(Refused):
        school_time(Nation.WALES, "all day")


def test_a_school_may_be_less_patient() -> None:
    ladder = unread_ladder(MONDAY_10, (LEAD,), hours=SCHOOL, patience=10)

    assert ladder.exhausted_at == MONDAY_10 + timedelta(minutes=10)


def test_nobody_is_told_once_it_was_read() -> None:
    read_at = MONDAY_10 + timedelta(minutes=40)

    ladder = unread_ladder(MONDAY_10, PEOPLE, hours=SCHOOL, reads=[read_at + timedelta(hours=1), read_at])

    assert [rung.person_id for rung in ladder.rungs] == [LEAD, DEPUTY]
    assert ladder.exhausted_at is None


def test_a_read_in_the_very_minute_still_spares_the_deputy() -> None:
    ladder = unread_ladder(MONDAY_10, PEOPLE, hours=SCHOOL, reads=[MONDAY_10 + timedelta(minutes=30)])

    assert [rung.person_id for rung in ladder.rungs] == [LEAD]


def test_with_nobody_on_the_ladder_the_reporter_hears_so_at_once() -> None:
    ladder = unread_ladder(MONDAY_10, (), hours=SCHOOL)

    assert ladder.rungs == ()
    assert ladder.exhausted_at == MONDAY_10


def test_a_school_whose_hours_are_not_known_is_told_too_soon_and_not_too_late() -> None:
    saturday = datetime(2026, 11, 21, 23, tzinfo=UTC)

    ladder = unread_ladder(saturday, PEOPLE, hours=UnknownHours())

    assert ladder.rungs[1].due_at == saturday + timedelta(minutes=30)
