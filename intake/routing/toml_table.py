"""Reading a data file field by field, so that what is wrong is named by file, line and field."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NoReturn, TypeVar

from intake.errors import IntakeError

_HEADER = re.compile(r"^\s*\[\[?\s*([\w.-]+)\s*\]\]?")

#: What no council needs more of, and what the check of a directory gets through while somebody waits.
_LONGEST_WORDS, _MOST_TABLES = 2000, 100
#: The minutes of a year, and years that can be reckoned with on both sides.
_MOST, _YEARS = 366 * 24 * 60, range(1900, 2200)

_AT_LINE = re.compile(r"\bat line (\d+)")

E = TypeVar("E", bound=StrEnum)
D = TypeVar("D", bound=date)


class DataFault(IntakeError):
    """A data file says something that cannot be taken as it stands."""

    def __init__(self, file: str, at: str, message: str, line: int | None = None) -> None:
        super().__init__(f"{file}{f', line {line}' if line else ''}: {at}: {message}")
        self.at = at


@dataclass(slots=True)
class Table:
    """One table of a data file; every field read is ticked off, and `done` refuses those nobody asked for."""

    file: str
    text: str
    data: dict[str, Any]
    header: str = ""
    #: Which one it is of each list of tables it stands in, by the header of that list.
    places: tuple[tuple[str, int], ...] = ()
    _read: set[str] = field(default_factory=set)

    def words(self, name: str) -> str:
        value = self._value(name)
        if not isinstance(value, str) or not value.strip():
            self.refuse(name, "must be words between quotation marks")
        if len(value) > _LONGEST_WORDS:
            self.refuse(name, f"is longer than {_LONGEST_WORDS} characters")
        if any(unicodedata.category(each) in {"Cc", "Cf"} for each in value if each != "\n"):
            # One that turns the order of reading round would have a page say another number.
            self.refuse(name, "has a character in it that cannot be seen")
        return value

    def maybe_words(self, name: str) -> str | None:
        return self.words(name) if name in self.data else None

    def day(self, name: str) -> date:
        value = self._value(name)
        # A moment is a date to Python as well.
        if not isinstance(value, date) or isinstance(value, datetime):
            self.refuse(name, "must be a date such as 2026-11-23, without quotation marks")
        return self._in_years(name, value)

    def maybe_day(self, name: str) -> date | None:
        return self.day(name) if name in self.data else None

    def moment(self, name: str) -> datetime:
        """Give a local time, as the clock on the wall shows it."""
        value = self._value(name)
        if not isinstance(value, datetime) or value.tzinfo is not None:
            self.refuse(name, "must be a local time such as 2026-11-23T09:00:00, without quotation marks")
        return self._in_years(name, value)

    def number(self, name: str, otherwise: int | None = None) -> int:
        """Give a whole number, `otherwise` when the field may be left out and is."""
        value = self._value(name) if otherwise is None else self.data.get(name, otherwise)
        self._read.add(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            self.refuse(name, "must be a whole number")
        if value > _MOST:
            self.refuse(name, f"must be at most {_MOST}")
        return value

    def flag(self, name: str) -> bool:
        value = self.data.get(name, False)
        self._read.add(name)
        if not isinstance(value, bool):
            self.refuse(name, "must be true or false")
        return value

    def choice(self, name: str, kinds: type[E]) -> E:
        value = self.words(name)
        if value not in set(kinds):
            self.refuse(name, f"must be one of {', '.join(kinds)}")
        return kinds(value)

    def all_words(self) -> dict[str, str]:
        """Give every field of a table in which the names of the fields are data too."""
        return {name: self.words(name) for name in self.data}

    def several_words(self, name: str) -> tuple[str, ...]:
        """Give a list of words, empty when the field is not there."""
        value = self.data.get(name, [])
        self._read.add(name)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.refuse(name, "must be a list of words")
        return tuple(value)

    def one_or_several(self, name: str) -> tuple[str, ...]:
        """Give the words of a field that holds one or a list of them, empty when it is not there."""
        if isinstance(self.data.get(name), str):
            return (self.words(name),)
        return self.several_words(name)

    def table(self, name: str) -> "Table":
        value = self._value(name)
        if not isinstance(value, dict):
            self.refuse(name, "must be a table of its own")
        return self._inner(name, value, self.places)

    def maybe_table(self, name: str) -> "Table | None":
        return self.table(name) if name in self.data else None

    def tables(self, name: str, most: int = _MOST_TABLES) -> Iterator["Table"]:
        """Give each table of a list, none when there is no such list."""
        value = self.data.get(name, [])
        self._read.add(name)
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.refuse(name, "must be a list of tables")
        if len(value) > most:
            self.refuse(name, f"more than {most} of these are not taken")
        for number, item in enumerate(value):
            yield self._inner(name, item, (*self.places, (self._path(name), number)))

    def done(self) -> None:
        """Refuse any field that was not asked for: a misspelt field must not be silently left out."""
        for name in self.data:
            if name not in self._read:
                self.refuse(name, "is not a field of this format")

    def refuse(self, name: str, message: str) -> NoReturn:
        raise DataFault(self.file, self._path(name), message, self._line(name))

    def _in_years(self, name: str, value: D) -> D:
        if value.year not in _YEARS:
            self.refuse(name, f"must be of a year from {_YEARS[0]} to {_YEARS[-1]}")
        return value

    def _path(self, name: str) -> str:
        return f"{self.header}.{name}" if self.header else name

    def _value(self, name: str) -> object:
        self._read.add(name)
        if name not in self.data:
            self.refuse(name, "is missing")
        return self.data[name]

    def _inner(self, name: str, data: dict[str, Any], places: tuple[tuple[str, int], ...]) -> "Table":
        return Table(self.file, self.text, data, self._path(name), places)

    def _line(self, name: str) -> int | None:
        """Find the line of a field, or of the header of its table when the field is not there."""
        seen: dict[str, int] = {}
        inside, header_line = not self.header, None
        for number, line in enumerate(self.text.splitlines(), start=1):
            if header := _HEADER.match(line):
                seen = _counted(seen, header[1])
                inside = header[1] == self.header and all(seen.get(at) == place for at, place in self.places)
                header_line = number if inside else header_line
            if inside and re.match(rf"\s*{re.escape(name)}\s*=", line):
                return number
        return header_line


def _counted(seen: dict[str, int], header: str) -> dict[str, int]:
    """Count one more table of this header, and begin anew with those inside it."""
    kept = {at: count for at, count in seen.items() if not at.startswith(f"{header}.")}
    return {**kept, header: seen.get(header, -1) + 1}


def read_table(file: str, text: str) -> Table:
    """Read the text of a data file; DataFault when it is not TOML, with the line the reader gives."""
    try:
        return Table(file, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        line = _AT_LINE.search(str(error))
        raise DataFault(file, "the whole file", str(error), int(line[1]) if line else None) from error
    except (RecursionError, ValueError) as error:
        raise DataFault(file, "the whole file", "has something in it that is too deep or too long") from error
