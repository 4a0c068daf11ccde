"""How old a child is."""

from datetime import date


def age_on(born_on: date | None, on: date) -> int | None:
    """Return completed years on a local day, None where the birthday is not known or still to come."""
    return None if born_on is None or born_on > on else years_old(born_on, on)


def years_old(born_on: date, on: date) -> int:
    """Return completed years on a local day; somebody born on 29 February is a year older on 1 March."""
    not_yet = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - not_yet
