"""Telephone numbers are grouped for reading aloud, and ring what they say."""

import pytest

from intake.views.numbers import phone, tel


@pytest.mark.parametrize(
    ("number", "read", "rung"),
    [
        ("999", "999", "tel:999"),
        ("101", "101", "tel:101"),
        ("116 123", "116123", "tel:116123"),
        ("02920 536490", "029 2053 6490", "tel:+442920536490"),
        ("0151 9078305", "0151 907 8305", "tel:+441519078305"),
        ("03450500148", "0345 050 0148", "tel:+443450500148"),
        ("+44 151 907 8305", "0151 907 8305", "tel:+441519078305"),
        ("+44 (0)151 907 8305", "0151 907 8305", "tel:+441519078305"),
        ("0115 496 0123", "0115 496 0123", "tel:+441154960123"),
        ("01632 960123", "01632 960123", "tel:+441632960123"),
        ("07700900123", "07700 900123", "tel:+447700900123"),
        ("0800 1111", "0800 1111", "tel:+448001111"),
        ("+353 1 234 5678", "+353 1 234 5678", "tel:+35312345678"),
        ("", "", "tel:"),
    ],
)
def test_a_number_is_read_and_rung(number: str, read: str, rung: str) -> None:
    assert phone(number) == read
    assert tel(number) == rung
