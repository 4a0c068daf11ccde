"""A second reading of the same published hours, by hand, sharing no code and no library with the program."""

from datetime import UTC, date, datetime, timedelta

#: As printed on GOV.UK, division england-and-wales, for 2026 and 2027; after that by the same rules.
BANK_HOLIDAYS = frozenset(
    date(year, month, day)
    for year, month, days in (
        (2026, 1, (1,)),
        (2026, 4, (3, 6)),
        (2026, 5, (4, 25)),
        (2026, 8, (31,)),
        (2026, 12, (25, 28)),
        (2027, 1, (1,)),
        (2027, 3, (26, 29)),
        (2027, 5, (3, 31)),
        (2027, 8, (30,)),
        (2027, 12, (27, 28)),
        (2028, 1, (3,)),
        (2028, 4, (14, 17)),
        (2028, 5, (1, 29)),
        (2028, 8, (28,)),
        (2028, 12, (25, 26)),
        (2029, 1, (1,)),
    )
    for day in days
)

#: When summer time begins and ends, UTC.
_SUMMERS = {
    2026: (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    2027: (datetime(2027, 3, 28, 1, tzinfo=UTC), datetime(2027, 10, 31, 1, tzinfo=UTC)),
    2028: (datetime(2028, 3, 26, 1, tzinfo=UTC), datetime(2028, 10, 29, 1, tzinfo=UTC)),
    2029: (datetime(2029, 3, 25, 1, tzinfo=UTC), datetime(2029, 10, 28, 1, tzinfo=UTC)),
}
_NINE, _HALF_PAST_EIGHT, _HALF_PAST_FOUR, _FIVE = 9 * 60, 8 * 60 + 30, 16 * 60 + 30, 17 * 60
_FRIDAY, _SATURDAY = 4, 5


def wall_time(instant: datetime) -> tuple[date, int]:
    """Give the local day and the minute of it."""
    begins, ends = _SUMMERS[instant.year]
    local = instant + timedelta(hours=1 if begins <= instant < ends else 0)
    return local.date(), local.hour * 60 + local.minute


def halton_office_open(instant: datetime) -> bool:
    """iCART: Monday to Thursday 9am to 5pm, Friday 9am to 4.30pm, not on bank holidays."""
    return _office_open(instant, opens=_NINE)


def south_east_wales_emergency_open(instant: datetime) -> bool:
    """Monday to Thursday 5pm to 8.30am; Friday 4.30pm to Monday 8.30am; bank holidays 24 hours."""
    return not _office_open(instant, opens=_HALF_PAST_EIGHT)


def _office_open(instant: datetime, *, opens: int) -> bool:
    day, minute = wall_time(instant)
    if day.weekday() >= _SATURDAY or day in BANK_HOLIDAYS:
        return False
    return opens <= minute < (_HALF_PAST_FOUR if day.weekday() == _FRIDAY else _FIVE)
