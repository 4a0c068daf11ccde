"""How old a child is."""

from datetime import date


def years_old(born_on: date, on: date) -> int:
    """Return completed years on a local day; somebody born on 29 February is a year older on 1 March."""
    not_yet = (on.month, on.day) < (born_on.month, born_on.day)
    return on.year - born_on.year - not_yet
