"""Places: where a child lives or is, and which council that may be."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
class AuthorityName:
    """A council by its ONS code, its name and its nation, whether or not its services are listed."""

    code: str
    name: str
    nation: Nation


@dataclass(frozen=True, slots=True)
class Located:
    """What a postcode says: one council for certain, councils to ask about, or why neither.

    `terminated_on` is the first day of the month in which the Royal Mail gave the postcode up, None while it
    is in use; `police_force` goes by the directory's own name for a force, None where that is not known.
    """

    authority: AuthorityName | None
    candidates: tuple[AuthorityName, ...]
    because: Reason | None
    terminated_on: date | None = None
    police_force: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a child lives or is: a council somebody has confirmed, a postcode, both, or neither.

    `located` is what a table of postcodes said of the postcode on the day; without it the directory's own
    gazetteer is asked. It is kept with the referral, so that the same question has the same answer later.
    """

    kind: PlaceKind = PlaceKind.NOT_KNOWN
    authority: str | None = None
    postcode: str | None = None
    located: Located | None = None


def in_authority(code: str, postcode: str | None = None, located: Located | None = None) -> Place:
    """Give a place whose council somebody has named, by its ONS code."""
    return Place(PlaceKind.KNOWN, code, postcode, located)


def in_another_council(postcode: str | None = None, located: Located | None = None) -> Place:
    """Give a place whose council somebody knows, and which is none of those known by name here."""
    return Place(PlaceKind.ANOTHER_COUNCIL, None, postcode, located)


def at_postcode(postcode: str, located: Located | None = None) -> Place:
    """Give a place of which only a postcode, or part of one, is known."""
    return Place(PlaceKind.KNOWN, None, postcode, located)


NOT_KNOWN = Place(PlaceKind.NOT_KNOWN)
NO_FIXED_ADDRESS = Place(PlaceKind.NO_FIXED_ADDRESS)


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Postcodes and their councils, as far as named sources go.

    `police_forces` gives the code of a police force area the name that force has in the directory.
    """

    names: Mapping[str, AuthorityName]
    exact: Mapping[str, str]
    outward: Mapping[str, tuple[str, ...]]
    police_forces: Mapping[str, str]

    def locate(self, typed: str) -> Located:
        """Say which council a postcode is in, or which to ask about; a half postcode is never certain."""
        postcode = read_postcode(typed)
        if code := self.exact.get(postcode.text):
            return Located(self.names[code], (), None)
        candidates = tuple(self.names[code] for code in self.outward.get(postcode.outward, ()))
        if candidates:
            return Located(None, candidates, Reason.WHICH_COUNCIL)
        return Located(None, (), _NOT_FOUND_BECAUSE[postcode.kind])
