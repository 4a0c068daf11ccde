"""The warning signs of the two leaflets, as versioned data: what to look for, what to ask, never a sum."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from intake.errors import NotFound

#: The version a concern recorded today is made with.
CURRENT = "2026-11"

_VERSION = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A leaflet that is quoted; neither of the two carries a date."""

    code: str
    title: str
    publisher: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a leaflet, letter for letter, and which leaflet it is from."""

    leaflet: Leaflet
    sentence: str


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that may be seen of a child who is being exploited; no sign counts for more than another."""

    code: str
    group: str
    label: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class SignGroup:
    """A heading under which signs are asked about together."""

    code: str
    label: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class FollowUpQuestion:
    """A question worth asking when one of the signs it follows has been seen."""

    code: str
    label: str
    follows: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Harm:
    """Harm that is happening already: asked apart from signs, and acted on first."""

    code: str
    label: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """A kind of place where children are exploited."""

    code: str
    label: str


T = TypeVar("T", Sign, Harm, Location, FollowUpQuestion)


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """One published version of the signs; a concern keeps the version it was recorded with."""

    version: str
    leaflets: tuple[Leaflet, ...]
    groups: tuple[SignGroup, ...]
    harms: tuple[Harm, ...]
    questions: tuple[FollowUpQuestion, ...]
    locations: tuple[Location, ...]
    location_quote: Quote

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Every sign, group after group."""
        return tuple(sign for group in self.groups for sign in group.signs)

    def sign(self, code: str) -> Sign:
        """Give one sign; NotFound, as for the rest below, for a code this version never had."""
        return _one(self.signs, code)

    def harm(self, code: str) -> Harm:
        return _one(self.harms, code)

    def question(self, code: str) -> FollowUpQuestion:
        return _one(self.questions, code)

    def location(self, code: str) -> Location:
        return _one(self.locations, code)

    def questions_after(self, codes: frozenset[str]) -> tuple[FollowUpQuestion, ...]:
        """Give the questions that follow up any of these signs, each once."""
        return tuple(question for question in self.questions if codes & set(question.follows))


def current() -> Catalogue:
    return catalogue(CURRENT)


@cache
def catalogue(version: str) -> Catalogue:
    """Read one version from the program's data; NotFound when it was never published."""
    file = files("intake").joinpath("data", "signs", f"{version}.toml")
    if not _VERSION.fullmatch(version) or not file.is_file():
        raise NotFound(f"there is no catalogue of signs {version!r}")
    return read_catalogue(file.read_text(encoding="utf-8"))


def read_catalogue(text: str) -> Catalogue:
    """Make a catalogue of the text of its file; KeyError or NotFound where the file contradicts itself."""
    data = tomllib.loads(text)
    leaflets = {row["code"]: Leaflet(**row) for row in data["leaflet"]}
    signs: dict[str, list[Sign]] = {row["code"]: [] for row in data["group"]}
    for row in data["sign"]:
        signs[row["group"]].append(Sign(**{**row, "quotes": _quotes(row, leaflets)}))
    made = Catalogue(
        version=data["version"],
        leaflets=tuple(leaflets.values()),
        groups=tuple(
            SignGroup(row["code"], row["label"], tuple(signs[row["code"]])) for row in data["group"]
        ),
        harms=tuple(Harm(**{**row, "quotes": _quotes(row, leaflets)}) for row in data["harm"]),
        questions=tuple(
            FollowUpQuestion(**{**row, "follows": tuple(row["follows"]), "quotes": _quotes(row, leaflets)})
            for row in data["question"]
        ),
        locations=tuple(Location(**row) for row in data["location"]),
        location_quote=_quote(data["location_quote"], leaflets),
    )
    for question in made.questions:
        for code in question.follows:
            made.sign(code)
    return made


def _quotes(row: Mapping[str, Any], leaflets: Mapping[str, Leaflet]) -> tuple[Quote, ...]:
    return tuple(_quote(quote, leaflets) for quote in row["quotes"])


def _quote(row: Mapping[str, str], leaflets: Mapping[str, Leaflet]) -> Quote:
    return Quote(leaflets[row["leaflet"]], row["sentence"])


def _one(listed: tuple[T, ...], code: str) -> T:
    for item in listed:
        if item.code == code:
            return item
    raise NotFound(f"this version of the catalogue has no {code!r}")
