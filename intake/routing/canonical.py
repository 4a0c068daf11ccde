"""A file of the directory written anew in one order and one form, so that two of them can be compared."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

#: Fields in the order in which they are read; tables of their own come after them, in this order too.
_ORDER = (
    *("authority", "service", "support"),
    *("slug", "act", "colour", "code", "kind", "channel", "number", "name", "nation", "zone", "police_force"),
    *("also_called", "purpose", "about", "address", "accepts", "where", "audience", "standing", "url"),
    *("languages", "language", "neighbours", "covers", "everywhere", "unverified", "urgent_only"),
    *("urgent_only_before_closing", "minutes", "working_time", "on", "begins", "ends"),
    *(
        "reason",
        "accepted_by",
        "accepted_on",
        "notation",
        "unknown",
        "whenever_closed",
        "valid_from",
        "valid_to",
    ),
    *("source", "source_url", "source_dated", "checked_on", "checked_by", "note"),
    *("clock", "limit", "accepted_gap", "phone", "hours", "period", "exception", "receives"),
)


def canonical(text: str) -> str:
    """Write a file anew; it reads back as the same values, without its comments."""
    return "\n".join(_tables("", tomllib.loads(text))).lstrip() + "\n"


def _tables(header: str, data: Mapping[str, Any]) -> Iterator[str]:
    names = sorted(data, key=_ORDER.index)
    yield from (f"{name} = {_written(data[name])}" for name in names if not _rows(data[name]))
    for name in names:
        inner = f"{header}.{name}" if header else name
        line = f"[{inner}]" if isinstance(data[name], dict) else f"[[{inner}]]"
        for row in _rows(data[name]):
            yield from ("", line)
            yield from _tables(inner, row)


def _rows(value: object) -> list[dict[str, Any]]:
    """Give what is written as tables of their own: a table, or each of a list of them."""
    rows = value if isinstance(value, list) else [value]
    return [row for row in rows if isinstance(row, dict)]


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    # What JSON writes of words, whole numbers, truth and lists of words is TOML too, but for one character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
