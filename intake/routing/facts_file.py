"""What every fact of a directory's file has in common: its source, its days, and how codes are written."""

import re

from intake.calendars.term import Term
from intake.routing.directory import Provenance
from intake.routing.toml_table import Table

_SLUG = (
    re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
    "must be small letters, figures and hyphens, as in halton-icart",
)
_CODE = (re.compile(r"[EW][0-9]{8}"), "must be an ONS code of England or Wales, such as E06000006")
_LANGUAGE = (re.compile(r"[a-z]{2,3}"), "must be an ISO 639 code, such as cy")
_NUMBER = (re.compile(r"\+?[0-9][0-9 ]{2,19}"), "must be a telephone number in figures")

Shape = tuple[re.Pattern[str], str]


def provenance(table: Table) -> Provenance:
    """Read where a fact comes from: `source` always, the rest when it is known."""
    checked_on, checked_by = table.maybe_day("checked_on"), table.maybe_words("checked_by")
    if (checked_on is None) != (checked_by is None):
        table.refuse("checked_on", "a check has a day and the name of whoever made it, or neither")
    return Provenance(
        source=table.words("source"),
        source_url=table.maybe_words("source_url"),
        source_dated=table.maybe_words("source_dated"),
        checked_on=checked_on,
        checked_by=checked_by,
        note=table.maybe_words("note"),
    )


def term(table: Table) -> Term:
    """Read the first and the last day of a fact; either may be left out."""
    found = Term(table.maybe_day("valid_from"), table.maybe_day("valid_to"))
    if found.first and found.last and found.last < found.first:
        table.refuse("valid_to", "is before valid_from")
    return found


def slug(table: Table) -> str:
    """Read the name by which a service is known for ever."""
    return _shaped(table, "slug", table.words("slug"), _SLUG)


def code(table: Table) -> str:
    """Read the ONS code of an authority."""
    return _shaped(table, "code", table.words("code"), _CODE)


def codes(table: Table, name: str) -> tuple[str, ...]:
    """Read the ONS codes of some authorities, listed here or not."""
    return tuple(_shaped(table, name, found, _CODE) for found in table.several_words(name))


def number(table: Table) -> str:
    """Read a telephone number as it is written for people."""
    return _shaped(table, "number", table.words("number"), _NUMBER)


def language(table: Table) -> str | None:
    """Read the language in which a number is answered, where that is said."""
    found = table.maybe_words("language")
    return None if found is None else _shaped(table, "language", found, _LANGUAGE)


def languages(table: Table) -> tuple[str, ...]:
    """Read the languages of an authority."""
    return tuple(_shaped(table, "languages", found, _LANGUAGE) for found in table.several_words("languages"))


def _shaped(table: Table, name: str, value: str, shape: Shape) -> str:
    pattern, why = shape
    if not pattern.fullmatch(value):
        table.refuse(name, f"{value!r} {why}")
    return value
