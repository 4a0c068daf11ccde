"""When a child was born, as well as whoever looks for them knows it, and how near a card comes to that."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from intake.casework.age import age_on
from intake.casework.documents.child import ChildCard
from intake.vocabulary import MatchReason

_NUMBERS: Final = re.compile(r"\d+")
_OLDEST: Final = 25
_CENTURY: Final = 100
_YEARS: Final = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class Born:
    """A whole date, or only the year, or only how old the child is now: exactly one of them."""

    on: date | None = None
    year: int | None = None
    age: int | None = None


def born_from(typed: str, today: date) -> Born | None:
    """Read '27 3 2012', '27/3/12', '2012' or '14'; None for what is none of them or is still to come."""
    numbers = [int(found) for found in _NUMBERS.findall(typed) if found.isascii()]
    if len(numbers) == 1 and numbers[0] <= _OLDEST:
        return Born(age=numbers[0])
    if len(numbers) == 1 and numbers[0] in _YEARS and numbers[0] <= today.year:
        return Born(year=numbers[0])
    if len(numbers) != 3:  # noqa: PLR2004 - day, month and year
        return None
    day, month, year = numbers
    if year < _CENTURY:
        year += today.year - today.year % _CENTURY
    try:
        born_on = date(year, month, day)
    except ValueError:
        return None
    return Born(on=born_on) if born_on <= today else None


def birthday_match(born: Born, card: ChildCard, today: date) -> MatchReason | None:
    """Return how near a card comes; None where it does not say."""
    if card.born_on is None:
        return _by_age_about(born, card.age_about, today)
    if born.on is not None:
        return _by_day(born.on, card.born_on)
    if born.year is not None:
        return MatchReason.SAME_YEAR if card.born_on.year == born.year else MatchReason.OTHER_BIRTHDAY
    return _about(born.age, age_on(card.born_on, today), MatchReason.SAME_AGE)


def _by_day(sought: date, found: date) -> MatchReason:
    if sought == found:
        return MatchReason.SAME_BIRTHDAY
    if (sought.day, sought.month, sought.year) == (found.month, found.day, found.year):
        return MatchReason.DAY_AND_MONTH_SWAPPED
    one, other = f"{sought:%d%m%Y}", f"{found:%d%m%Y}"
    differ = [at for at in range(len(one)) if one[at] != other[at]]
    beside = differ[1:] == [differ[0] + 1] and sorted(one) == sorted(other)
    return MatchReason.ONE_DIGIT_OFF if len(differ) == 1 or beside else MatchReason.OTHER_BIRTHDAY


def _by_age_about(born: Born, said: str, today: date) -> MatchReason | None:
    """Compare with an age as somebody put it: 'about 14'."""
    about = _NUMBERS.search(said)
    if about is None:
        return None
    if born.year is not None:
        return _about(today.year - born.year, int(about.group()), MatchReason.SAME_YEAR)
    age = born.age if born.on is None else age_on(born.on, today)
    return _about(age, int(about.group()), MatchReason.SAME_AGE)


def _about(one: int | None, other: int | None, near: MatchReason) -> MatchReason:
    """Return `near` where two ages are a year apart at most."""
    if one is None or other is None or abs(one - other) > 1:
        return MatchReason.OTHER_BIRTHDAY
    return near
