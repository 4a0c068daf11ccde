"""Hours that are taken, and hours that are refused with a reason."""

from datetime import date

import pytest

from intake.calendars.notation import checked, intervals
from intake.errors import Refused


@pytest.mark.parametrize(
    ("notation", "why"),
    [
        ("Mo-Fr 09:00-17:00; SH off", "school holidays"),
        ("Mo-Fr sunrise-17:00", "by the sun"),
        ('Mo-Fr 09:00-17:00 "ring first"', "quotation marks"),
        ("Mo-Fr 09:00-12:00, 13:00-17:00", "without the space"),
        ("Mo-Fr,PH 09:00-17:00", "a rule of their own"),
        ("Mo-Fr 09:00-17:00; PH,Su off", "a rule of their own"),
        ("mo-fr 09:00-17:00", "capitalized"),
        ("Mon to Fri, nine to five", "without the space"),
        ("Mon-Fri 9 to 5", "not in the notation"),
        ("", "not in the notation"),
        ("Mo-Th 17:00-09:00; Fr 16:30-09:00", "write a night as two parts"),
        ("Mo-Su 22:00-26:00; PH off", "write a night as two parts"),
        ("Mo-Su 22:30-22:15; PH off", "write a night as two parts"),
        ("Mo-Su 09:00-09:00; PH off", "write a night as two parts"),
    ],
)
def test_hours_that_would_be_misread_are_refused_with_the_reason(notation: str, why: str) -> None:
    with pytest.raises(Refused, match=why) as refusal:
        checked(notation)
    assert refusal.value.field == "hours"


@pytest.mark.parametrize("written", ["off; 09:00-10:00", "PH off"])
def test_one_day_has_one_rule(written: str) -> None:
    with pytest.raises(Refused, match="one day has one rule") as refusal:
        checked("Mo-Fr 09:00-17:00", ((date(2026, 12, 24), written),))
    assert refusal.value.field == "hours"


def test_a_night_and_a_day_that_differs_are_not_mixed() -> None:
    checked("Mo-Su 22:00-06:00")
    with pytest.raises(Refused, match="write a night as two parts"):
        checked("Mo-Su 22:00-06:00", ((date(2026, 12, 24), "off"),))


def test_an_exception_is_held_to_the_same_notation() -> None:
    with pytest.raises(Refused, match="not in the notation"):
        checked("Mo-Fr 09:00-17:00", ((date(2026, 12, 24), "closes early"),))


@pytest.mark.parametrize(
    "notation",
    ["24/7", "Mo-Th 09:00-17:00; Fr 09:00-16:30; PH off", "unknown", "Mo-Fr 22:00-22:10; PH off"],
)
def test_hours_that_can_be_read_exactly_are_taken(notation: str) -> None:
    checked(notation, ((date(2026, 12, 24), "off"), (date(2026, 12, 23), "09:00-12:00")))


def test_a_year_without_bank_holidays_is_not_a_year_that_is_always_closed() -> None:
    with_none = list(intervals("Mo-Fr 09:00-17:00; PH off", (), frozenset(), 2026))
    assert with_none == list(intervals("Mo-Fr 09:00-17:00", (), frozenset(), 2026))
