"""Bank holidays, each nation by its own list."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

import holidays

from intake.vocabulary import Nation

#: The bank holidays of a nation in a calendar year. A parameter, since England and Wales may come to differ.
HolidayCalendar = Callable[[Nation, int], frozenset[date]]

_SUBDIVISIONS = {Nation.ENGLAND: "ENG", Nation.WALES: "WLS"}


@lru_cache(maxsize=256)
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """Give the bank holidays of a year, substitute days and the day they stand in for both included."""
    return frozenset(holidays.country_holidays("GB", subdiv=_SUBDIVISIONS[nation], years=year))
