"""The notation hours are written in (OpenStreetMap's), and the library that reads it, kept from mistakes."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from opening_hours import OpeningHours, State, validate

from intake.calendars.local_time import edge
from intake.errors import Refused
from intake.vocabulary import OpenState

Days = tuple[tuple[date, str], ...]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_BANK_HOLIDAY_RULE = re.compile(r"^PH(?= )")

#: What the library takes without a word and reads as something else, or as nothing at all.
_MISREAD = (
    (re.compile(r"\bSH\b"), "school holidays (SH) are different in every school and cannot be reckoned"),
    (re.compile(r"sunrise|sunset|dawn|dusk"), "hours by the sun cannot be reckoned"),
    (re.compile(r'"'), "words in quotation marks belong in a note, not in the hours"),
    (re.compile(r", "), "a comma followed by a space begins another rule; write lists without the space"),
)
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_MIDNIGHT = 24 * 60
_STATES = {State.OPEN: OpenState.OPEN, State.CLOSED: OpenState.CLOSED, State.UNKNOWN: OpenState.UNKNOWN}


def checked(notation: str, days: Days = ()) -> None:
    """Refuse hours that the library would misread or cannot read; says which rule and why."""
    for rules in (notation, *(written for _, written in days)):
        for pattern, why in _MISREAD:
            if pattern.search(rules):
                raise Refused("hours", f"{rules!r}: {why}")
    if any("PH" in _BANK_HOLIDAY_RULE.sub("", rule) for rule in _rules(notation)):
        raise Refused(
            "hours", f"{notation!r}: bank holidays (PH) must be a rule of their own, as in 'PH off'"
        )
    for _, written in days:
        if ";" in written or "PH" in written:
            raise Refused("hours", f"{written!r}: one day has one rule, such as 'off' or '09:00-12:00'")
    if (days or len(_rules(notation)) > 1) and any(
        _passes_midnight(span) for span in _SPAN.finditer(notation)
    ):
        # A later rule takes away the morning that an earlier rule's night runs into, without a word.
        raise Refused(
            "hours",
            f"{notation!r}: write a night as two parts, 'Mo 17:00-24:00; Tu 00:00-09:00,17:00-24:00', where"
            " there is more than one rule",
        )
    _read(_explicit(notation, days, frozenset({date(2026, 1, 1)})))


def intervals(
    notation: str, days: Days, bank_holidays: frozenset[date], year: int
) -> Iterator[tuple[datetime, OpenState]]:
    """Give the instants, in UTC, of one calendar year at which a state begins, first to last."""
    first, last = datetime(year, 1, 1), datetime(year + 1, 1, 1)  # noqa: DTZ001 - the library reads wall time
    hours = _read(_explicit(notation, days, bank_holidays))
    for start, _, state, _ in hours.intervals(first, last):
        yield edge(start, opening=state is State.OPEN), _STATES[state]


def _read(rules: str) -> OpeningHours:
    if not validate(rules):
        raise Refused("hours", f"{rules!r} is not in the notation for opening hours")
    hours = OpeningHours(rules)
    if hours.warnings:
        raise Refused("hours", f"{rules!r}: {'; '.join(hours.warnings)}")
    return hours


def _explicit(notation: str, days: Days, bank_holidays: frozenset[date]) -> str:
    """Write bank holidays as dates: the library's own calendar of them is wrong for England and Wales."""
    dates = ",".join(_written(day) for day in sorted(bank_holidays))
    rules = [
        _BANK_HOLIDAY_RULE.sub(dates, rule)
        for rule in _rules(notation)
        # With no date in front of it, 'off' would close every day there is.
        if dates or not _BANK_HOLIDAY_RULE.match(rule)
    ]
    return "; ".join([*rules, *(f"{_written(day)} {hours}" for day, hours in sorted(days))])


def _passes_midnight(span: re.Match[str]) -> bool:
    begins, ends = int(span[1]) * 60 + int(span[2]), int(span[3]) * 60 + int(span[4])
    return ends <= begins or ends > _MIDNIGHT


def _rules(notation: str) -> list[str]:
    return [rule.strip() for rule in notation.split(";")]


def _written(day: date) -> str:
    return f"{day.year} {_MONTHS[day.month - 1]} {day.day:02d}"
