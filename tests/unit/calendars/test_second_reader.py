"""The hours of every minute of three years, read a second time by a library of another language.

It has its own notation reader, its own bank holidays and its own clock changes: nothing of it is ours.
"""

from datetime import UTC, datetime, timedelta

import pytest

from intake.calendars.hours import Hours
from intake.routing.directory_folder import read_directory
from intake.vocabulary import OpenState
from tests.support.hours.reading import Spans, open_spans
from tests.unit.calendars.second_reading import halton_office_open, south_east_wales_emergency_open

pytestmark = pytest.mark.unmeasured

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
ONE_MINUTE = timedelta(minutes=1)

#: What the sources print, put down for that reader by hand.
PRINTED = {
    "halton-icart": ("England", "Mo-Th 09:00-17:00; Fr 09:00-16:30; PH off"),
    "halton-edt": ("England", "24/7; Mo-Th 09:00-17:00 off; Fr 09:00-16:30 off; PH 00:00-24:00"),
    "south-east-wales-edt": ("Wales", "24/7; Mo-Th 08:30-17:00 off; Fr 08:30-16:30 off; PH 00:00-24:00"),
}


@pytest.fixture(scope="module")
def read() -> dict[str, bytearray]:
    """Every minute from 2026 to 2028 for each service, 1 where that reader says open."""
    return {slug: _minutes(spans) for slug, spans in open_spans(PRINTED, BEGINS, ENDS).items()}


def _minutes(spans: Spans) -> bytearray:
    minutes = bytearray((ENDS - BEGINS) // ONE_MINUTE)
    for begins, ends in spans:
        minutes[(begins - BEGINS) // ONE_MINUTE : (ends - BEGINS) // ONE_MINUTE] = b"\1" * (
            (ends - begins) // ONE_MINUTE
        )
    return minutes


def _ours(hours: Hours) -> bytearray:
    return bytearray(
        hours.state_at(BEGINS + minute * ONE_MINUTE) is OpenState.OPEN
        for minute in range((ENDS - BEGINS) // ONE_MINUTE)
    )


@pytest.mark.parametrize("slug", PRINTED)
def test_every_minute_of_three_years_is_read_the_same_twice(slug: str, read: dict[str, bytearray]) -> None:
    ours, theirs = _ours(read_directory().services[slug].hours), read[slug]
    assert [
        BEGINS + at * ONE_MINUTE
        for at, pair in enumerate(zip(ours, theirs, strict=True))
        if len(set(pair)) > 1
    ] == []


def test_the_second_reader_agrees_with_the_dates_printed_by_the_government(
    read: dict[str, bytearray],
) -> None:
    half_hours = [BEGINS + step * 30 * ONE_MINUTE for step in range((ENDS - BEGINS) // (30 * ONE_MINUTE))]
    assert read["halton-icart"][::30] == bytearray(map(halton_office_open, half_hours))
    assert read["south-east-wales-edt"][::30] == bytearray(map(south_east_wales_emergency_open, half_hours))
