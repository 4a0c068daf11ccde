"""Bank holidays, against the lists printed on GOV.UK."""

from datetime import date

import pytest

from intake.calendars.bank_holidays import bank_holidays
from intake.vocabulary import Nation
from tests.unit.calendars.second_reading import BANK_HOLIDAYS


@pytest.mark.parametrize("nation", Nation)
@pytest.mark.parametrize("year", [2026, 2027, 2028])
def test_the_weekdays_are_those_printed_on_gov_uk(nation: Nation, year: int) -> None:
    weekdays = {day for day in bank_holidays(nation, year) if day.weekday() < 5}
    assert weekdays == {day for day in BANK_HOLIDAYS if day.year == year}


def test_good_friday_and_easter_monday_are_both_kept() -> None:
    assert {date(2026, 4, 3), date(2026, 4, 6)} <= bank_holidays(Nation.WALES, 2026)
