"""Places: where a child lives or is, and which council that may be."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake.routing.codes import Reason
from intake.routing.postcodes import PostcodeKind, read_postcode
from intake.vocabulary import Nation, PlaceKind

_NOT_FOUND_BECAUSE = {
    PostcodeKind.WHOLE: Reason.POSTCODE_NOT_LISTED,
    PostcodeKind.FIRST_HALF: Reason.POSTCODE_NOT_LISTED,
    PostcodeKind.FORCES: Reason.FORCES_ADDRESS,
    PostcodeKind.ELSEWHERE: Reason.OUTSIDE_ENGLAND_AND_WALES,
    PostcodeKind.NOT_ONE: Reason.NOT_A_POSTCODE,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a child lives or is: a council somebody has confirmed, a postcode, both, or neither."""

    kind: PlaceKind = PlaceKind.NOT_KNOWN
    authority: str | None = None
    postcode: str | None = None


def in_authority(code: str, postcode: str | None = None) -> Place:
    """Give a place whose council somebody has named, by its ONS code."""
    return Place(PlaceKind.KNOWN, code, postcode)


def at_postcode(postcode: str) -> Place:
    """Give a place of which only a postcode, or part of one, is known."""
    return Place(PlaceKind.KNOWN, None, postcode)


NOT_KNOWN = Place(PlaceKind.NOT_KNOWN)
NO_FIXED_ADDRESS = Place(PlaceKind.NO_FIXED_ADDRESS)


@dataclass(frozen=True, slots=True)
class AuthorityName:
    """A council by its ONS code, its name and its nation, whether or not its services are listed."""

    code: str
    name: str
    nation: Nation


@dataclass(frozen=True, slots=True)
class Located:
    """What a postcode says: one council for certain, councils to ask about, or why neither."""

    authority: AuthorityName | None
    candidates: tuple[AuthorityName, ...]
    because: Reason | None


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Postcodes and their councils, as far as named sources go."""

    names: Mapping[str, AuthorityName]
    exact: Mapping[str, str]
    outward: Mapping[str, tuple[str, ...]]

    def locate(self, typed: str) -> Located:
        """Say which council a postcode is in, or which to ask about; a half postcode is never certain."""
        postcode = read_postcode(typed)
        if code := self.exact.get(postcode.text):
            return Located(self.names[code], (), None)
        candidates = tuple(self.names[code] for code in self.outward.get(postcode.outward, ()))
        if candidates:
            return Located(None, candidates, Reason.WHICH_COUNCIL)
        return Located(None, (), _NOT_FOUND_BECAUSE[postcode.kind])
