"""The days on which something holds, on both sides of the first and the last."""

from datetime import date, datetime, timedelta

import pytest

from intake.calendars.local_time import from_local
from intake.calendars.term import ALWAYS, Term, covers

MARCH = Term(date(2026, 3, 1), date(2026, 3, 31))
#: Summer time begins on 29 March: the last day of the term is over at 11pm UTC.
AFTER_MARCH = from_local(datetime(2026, 4, 1))  # noqa: DTZ001 - local time
BEFORE_MARCH = from_local(datetime(2026, 3, 1))  # noqa: DTZ001 - local time
ONE_MINUTE = timedelta(minutes=1)


def test_a_term_holds_from_its_first_midnight_to_its_last() -> None:
    assert [MARCH.holds_at(at) for at in (BEFORE_MARCH - ONE_MINUTE, BEFORE_MARCH)] == [False, True]
    assert [MARCH.holds_at(at) for at in (AFTER_MARCH - ONE_MINUTE, AFTER_MARCH)] == [True, False]
    assert (MARCH.begins_at(), MARCH.ends_at()) == (BEFORE_MARCH, AFTER_MARCH)
    assert AFTER_MARCH.hour == 23


def test_what_has_no_first_and_no_last_day_holds_always() -> None:
    assert ALWAYS.holds_at(BEFORE_MARCH)
    assert (ALWAYS.begins_at(), ALWAYS.ends_at()) == (None, None)


def day(number: int) -> date:
    return date(2026, 3, number)


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((ALWAYS,), True),
        ((MARCH,), True),
        ((Term(None, day(10)), Term(day(11), None)), True),
        ((Term(day(11), None), Term(None, day(10))), True),
        ((Term(day(1), day(20)), Term(day(5), day(6)), Term(day(21), day(31))), True),
        ((Term(None, day(10)), Term(day(12), None)), False),
        ((Term(day(2), None),), False),
        ((Term(None, day(30)),), False),
        ((), False),
    ],
)
def test_days_are_covered_without_a_hole_or_not(parts: tuple[Term, ...], *, whole: bool) -> None:
    assert covers(MARCH, parts) is whole


def test_what_never_ends_is_covered_only_by_what_never_ends() -> None:
    assert not covers(ALWAYS, (MARCH,))
    assert covers(ALWAYS, (Term(None, day(1)), Term(day(2), None)))
