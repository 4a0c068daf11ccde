"""The ONS postcode directory (ONSPD or NSPL) as rows: which council and police area a postcode is in.

Every release names its columns a little differently; they are known by shape and not by place.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from string import digits
from typing import NamedTuple, NoReturn, TypeVar

from intake.routing.toml_table import DataFault

T = TypeVar("T")

#: What each column is called in one release or another; of several that fit, the newest is taken.
_CALLED = {
    "postcode": r"pcds|pcd8|pcd2|pcd7|pcd",
    "terminated": r"doterm",
    "county": r"oscty|cty|cty\d\dcd",
    "district": r"oslaua|laua|ladcd|lad\d\dcd",
    "country": r"ctry|ctry\d\dcd",
    "police": r"pfa|pfa\d\dcd",
}
#: Releases before 2015 say nothing of the police: that column alone may be missing.
_NEEDED = ("postcode", "terminated", "county", "district", "country")

_POSTCODE = re.compile(r"((?:[A-Z]{1,2}[0-9][0-9A-Z]?|GIR))([0-9][A-Z]{2})")
_MONTH = re.compile(r"([12][0-9]{3})(0[1-9]|1[0-2])")
_AREA_CODE = re.compile(r"[A-Z][0-9]{8}")
_COUNTRIES = {
    "E92000001": "E",
    "W92000004": "W",
    "S92000003": "S",
    "N92000002": "N",
    "L93000001": "L",
    "M83000003": "M",
    "": None,
}
#: Authorities with the duty to protect children, where there is no county with it above them.
_OF_ONE_TIER = ("E06", "E08", "E09", "W06")
_COUNTY = ("E10",)
_POLICE = ("E23", "W15")
#: A code that ends so stands for 'no such area here'.
_NONE_HERE = "999999"

_AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX
FK FY G GL GU HA HD HG HP HR HS HU HX IG IP IV KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR
TS TW UB W WA WC WD WF WN WR WS WV YO ZE
"""
#: Every postcode area but those of the islands, so that a file which stops short is noticed.
AREAS = frozenset(_AREAS.split())


class PostcodeRow(NamedTuple):
    """One postcode. `country` is E, W, S, N, L or M; what a row of the file leaves empty is None."""

    outward: str
    inward: str
    authority_code: str | None
    police_area: str | None
    country: str | None
    terminated_on: date | None


class PostcodeFile:
    """One file being read; `areas` are the postcode areas seen so far, `line` the line it has come to."""

    def __init__(self, name: str, lines: Iterable[str]) -> None:
        self._name = name
        self._reader = csv.reader(lines, strict=True)
        self._header = tuple(field.strip().lower() for field in self._next() or ())
        self._at = dict(self._columns())
        self.areas: set[str] = set()

    @property
    def line(self) -> int:
        """The line last read."""
        return self._reader.line_num

    @property
    def knows_police(self) -> bool:
        """Whether this release says which police force area a postcode is in."""
        return "police" in self._at

    def rows(self) -> Iterator[PostcodeRow]:
        """Give every row; `DataFault` at the first that cannot be taken, by its line and column."""
        postcode, terminated, county, district, country = (self._at[name] for name in _NEEDED)
        halves, month = self._reading("postcode", _halves), self._remembered("terminated", _month)
        nation, force = self._remembered("country", _country), self._remembered("police", _police)
        council = self._remembered("district", _authority)
        police, areas, width = self._at.get("police"), self.areas, len(self._header)
        while (fields := self._next()) is not None:
            if len(fields) != width:
                self._refuse_length(fields)
            outward, inward, area = halves(fields[postcode])
            areas.add(area)
            yield PostcodeRow(
                outward,
                inward,
                council(f"{fields[county]}/{fields[district]}"),
                None if police is None else force(fields[police]),
                nation(fields[country]),
                month(fields[terminated]),
            )

    def require_whole(self) -> None:
        """Refuse a file that stops short, though its last line is whole."""
        if missing := AREAS - self.areas:
            named = ", ".join(sorted(missing)[-5:])
            self._refuse(
                "postcode", f"the file ends here without {len(missing)} postcode areas, such as {named}"
            )

    def refuse(self, message: str, cause: Exception) -> NoReturn:
        """Refuse the file at the line it has come to."""
        raise DataFault(self._name, self._header[self._at["postcode"]], message, self.line) from cause

    def _next(self) -> Sequence[str] | None:
        try:
            return next(self._reader, None)
        except (csv.Error, UnicodeDecodeError) as error:
            raise DataFault(
                self._name, "the whole line", f"cannot be read: {error}", self.line + 1
            ) from error

    def _columns(self) -> Iterator[tuple[str, int]]:
        for column, called in _CALLED.items():
            shape = re.compile(called)
            if found := sorted(name for name in self._header if shape.fullmatch(name)):
                yield column, self._header.index(found[-1])
            elif column in _NEEDED:
                names = called.replace(r"\d\d", "25").replace("|", ", ")
                raise DataFault(
                    self._name, column, f"there is no such column, by any of these names: {names}", 1
                )

    def _remembered(self, column: str, read: Callable[[str], T]) -> Callable[[str], T]:
        """Read each value of a column once: there are few."""
        return cache(self._reading(column, read))

    def _reading(self, column: str, read: Callable[[str], T]) -> Callable[[str], T]:
        def reading(value: str) -> T:
            try:
                return read(value.strip())
            except ValueError as error:
                self._refuse(column, str(error))

        return reading

    def _refuse(self, column: str, message: str) -> NoReturn:
        raise DataFault(self._name, self._header[self._at[column]], message, self.line)

    def _refuse_length(self, fields: Sequence[str]) -> NoReturn:
        last = self._header[min(len(fields), len(self._header)) - 1]
        said = f"the line has {len(fields)} fields and the first line {len(self._header)}: is it cut off?"
        raise DataFault(self._name, last, said, self.line)


def _halves(value: str) -> tuple[str, str, str]:
    """Take a postcode apart: outward, inward and area. What was wrong is not repeated: it may be anything."""
    found = _POSTCODE.fullmatch(value.replace(" ", ""))
    if found is None:
        raise ValueError("is not a postcode")
    outward = found[1]
    return outward, found[2], outward[:2].rstrip(digits)


def _month(value: str) -> date | None:
    if not value:
        return None
    found = _MONTH.fullmatch(value)
    if found is None:
        raise ValueError("must be empty, or a year and month such as 201903")
    return date(int(found[1]), int(found[2]), 1)


def _country(value: str) -> str | None:
    if value not in _COUNTRIES:
        raise ValueError("is the code of no country of the directory, such as E92000001")
    return _COUNTRIES[value]


def _police(value: str) -> str | None:
    code = _code(value)
    return code if code.startswith(_POLICE) and not code.endswith(_NONE_HERE) else None


def _authority(value: str) -> str | None:
    """Give the council with the duty: the county where there is a real one, else the one-tier authority."""
    county, district = (_code(part.strip()) for part in value.split("/"))
    for code, kinds in ((county, _COUNTY), (district, _OF_ONE_TIER)):
        if code.startswith(kinds) and not code.endswith(_NONE_HERE):
            return code
    return None


def _code(value: str) -> str:
    if value and not _AREA_CODE.fullmatch(value):
        raise ValueError("must be empty, or a code of nine such as E06000006")
    return value
