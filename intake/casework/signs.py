"""The catalogue of warning signs: versioned, quoted from two leaflets, and never scored."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from intake.errors import NotFound

_CURRENT = "2026-11"


@dataclass(frozen=True, slots=True)
class Leaflet:
    """A leaflet that signs are quoted from; `dated` is empty where it carries no date."""

    code: str
    title: str
    publisher: str
    dated: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A leaflet's own sentence, letter for letter."""

    leaflet: str
    sentence: str


@dataclass(frozen=True, slots=True)
class FollowUpQuestion:
    """What to ask next about a sign: our wording, and the leaflet's."""

    code: str
    label: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing a member of staff may have noticed."""

    code: str
    group: str
    label: str
    quotes: tuple[Quote, ...]
    questions: tuple[FollowUpQuestion, ...]


@dataclass(frozen=True, slots=True)
class Harm:
    """A harm that may be happening already, asked apart from the signs; the quote may be missing."""

    code: str
    label: str
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class SignGroup:
    """Signs that are asked about together."""

    code: str
    label: str
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Location:
    """A kind of place where exploitation happens."""

    code: str
    label: str


@dataclass(frozen=True, slots=True, eq=False)
class Catalogue:
    """Every sign, harm, question and place of one version, in the order they are asked."""

    version: str
    leaflets: Mapping[str, Leaflet]
    groups: tuple[SignGroup, ...]
    harms: tuple[Harm, ...]
    locations: tuple[Location, ...]
    locations_quote: Quote

    @property
    def signs(self) -> tuple[Sign, ...]:
        """Every sign, group after group."""
        return tuple(sign for group in self.groups for sign in group.signs)

    def sign(self, code: str) -> Sign:
        """Return one sign; raises `NotFound` for a code this version never had."""
        return _one(self.signs, code)

    def harm(self, code: str) -> Harm:
        """Return one harm; raises `NotFound` for a code this version never had."""
        return _one(self.harms, code)

    def location(self, code: str) -> Location:
        """Return one kind of place; raises `NotFound` for a code this version never had."""
        return _one(self.locations, code)

    def question(self, code: str) -> FollowUpQuestion:
        """Return one follow-up question; raises `NotFound` for a code this version never had."""
        return _one(tuple(question for sign in self.signs for question in sign.questions), code)


T = TypeVar("T", Sign, Harm, Location, FollowUpQuestion)


def current() -> Catalogue:
    """Return the catalogue that new concerns are recorded against."""
    return catalogue(_CURRENT)


@cache
def catalogue(version: str) -> Catalogue:
    """Return one version, current or past; raises `NotFound` for one that never was."""
    file = files("intake").joinpath("data", "signs", f"{version}.toml")
    if not version.replace("-", "").isdigit() or not file.is_file():
        raise NotFound
    return read(file.read_text(encoding="utf-8"))


def read(text: str) -> Catalogue:
    """Read a catalogue from the text of its file; raises `KeyError` or `NotFound` where it contradicts itself."""
    said = tomllib.loads(text)
    questions = {
        row["code"]: FollowUpQuestion(row["code"], row["label"], Quote(row["leaflet"], row["sentence"]))
        for row in said["question"]
    }
    signs = [_sign(row, questions) for row in said["sign"]]
    groups = tuple(
        SignGroup(row["code"], row["label"], tuple(sign for sign in signs if sign.group == row["code"]))
        for row in said["group"]
    )
    if sum(len(group.signs) for group in groups) != len(signs):
        raise NotFound
    return Catalogue(
        version=said["version"],
        leaflets={row["code"]: Leaflet(**row) for row in said["leaflet"]},
        groups=groups,
        harms=tuple(_harm(row) for row in said["harm"]),
        locations=tuple(Location(**row) for row in said["location"]),
        locations_quote=Quote(**said["locations"]),
    )


def _sign(row: Mapping[str, Any], questions: Mapping[str, FollowUpQuestion]) -> Sign:
    return Sign(
        code=row["code"],
        group=row["group"],
        label=row["label"],
        quotes=tuple(Quote(**quote) for quote in row["quotes"]),
        questions=tuple(questions[code] for code in row["questions"]),
    )


def _harm(row: Mapping[str, Any]) -> Harm:
    quote = Quote(row["leaflet"], row["sentence"]) if row["sentence"] else None
    return Harm(row["code"], row["label"], quote)


def _one(listed: tuple[T, ...], code: str) -> T:
    found = next((item for item in listed if item.code == code), None)
    if found is None:
        raise NotFound
    return found
