"""How old a child is."""

from datetime import date

from intake.casework.age import age_on, years_old


def test_a_child_is_a_year_older_on_the_birthday_and_not_the_day_before() -> None:
    assert years_old(date(2012, 11, 24), date(2026, 11, 23)) == 13
    assert years_old(date(2012, 11, 24), date(2026, 11, 24)) == 14


def test_a_child_born_on_the_29th_of_february_is_a_year_older_on_the_1st_of_march() -> None:
    assert years_old(date(2012, 2, 29), date(2027, 2, 28)) == 14
    assert years_old(date(2012, 2, 29), date(2027, 3, 1)) == 15


def test_an_age_is_known_only_of_a_child_who_is_born_and_whose_birthday_is_known() -> None:
    day = date(2026, 11, 23)
    assert age_on(day, day) == 0
    assert age_on(date(2026, 11, 24), day) is None
    assert age_on(None, day) is None
