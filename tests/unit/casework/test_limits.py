"""A limit is the authority's own, and a limit nobody entered is none."""

from datetime import UTC, datetime, timedelta

import pytest

from intake.calendars.hours import UnknownHours, WrittenHours
from intake.casework.limits import ColourLimit, colour_due_at, limit_for, require_time
from intake.errors import Refused
from intake.vocabulary import Colour, Nation

HALTON, CARDIFF = "E06000006", "W06000015"
OFFICE = WrittenHours("Mo-Fr 09:00-17:00; PH off", Nation.ENGLAND)
RED = ColourLimit(HALTON, Colour.RED, minutes=240, working_time=False)
RED_WORKING = ColourLimit(HALTON, Colour.RED, minutes=240, working_time=True)
FRIDAY_15 = datetime(2026, 11, 20, 15, tzinfo=UTC)


def test_an_authority_has_its_own_limit_for_a_colour() -> None:
    assert limit_for([RED], HALTON, Colour.RED) is RED


def test_a_limit_is_never_borrowed_from_another_authority_or_colour() -> None:
    assert limit_for([RED], CARDIFF, Colour.RED) is None
    assert limit_for([RED], HALTON, Colour.AMBER) is None
    assert limit_for([], HALTON, Colour.RED) is None


def test_without_a_limit_only_the_one_working_day_clock_runs() -> None:
    assert colour_due_at(None, clock_starts_at=FRIDAY_15, first_coloured_at=FRIDAY_15, hours=OFFICE) is None


def test_a_limit_by_the_clock_runs_through_the_night() -> None:
    due_at = colour_due_at(RED, clock_starts_at=FRIDAY_15, first_coloured_at=FRIDAY_15, hours=OFFICE)

    assert due_at == FRIDAY_15 + timedelta(hours=4)


def test_a_limit_in_working_time_stops_when_the_office_closes() -> None:
    due_at = colour_due_at(RED_WORKING, clock_starts_at=FRIDAY_15, first_coloured_at=FRIDAY_15, hours=OFFICE)

    assert due_at == datetime(2026, 11, 23, 11, tzinfo=UTC)


def test_working_time_cannot_be_reckoned_where_the_hours_are_not_known() -> None:
    due_at = colour_due_at(
        RED_WORKING, clock_starts_at=FRIDAY_15, first_coloured_at=FRIDAY_15, hours=UnknownHours()
    )

    assert due_at is None


def test_a_colour_given_later_does_not_buy_time() -> None:
    later = FRIDAY_15 + timedelta(hours=3)

    due_at = colour_due_at(RED, clock_starts_at=FRIDAY_15, first_coloured_at=later, hours=OFFICE)

    assert due_at == FRIDAY_15 + timedelta(hours=4)


def test_a_colour_given_at_the_weekend_counts_from_then() -> None:
    saturday = datetime(2026, 11, 21, 10, tzinfo=UTC)
    monday = datetime(2026, 11, 23, 9, tzinfo=UTC)

    due_at = colour_due_at(RED, clock_starts_at=monday, first_coloured_at=saturday, hours=OFFICE)

    assert due_at == saturday + timedelta(hours=4)


@pytest.mark.parametrize("minutes", [0, -5])
def test_no_time_at_all_is_not_a_limit(minutes: int) -> None:
    require_time(RED)
    with pytest.raises(Refused) as refusal:
        require_time(ColourLimit(HALTON, Colour.RED, minutes=minutes, working_time=False))

    assert refusal.value.message == "limit.minutes_not_positive"
