"""Who the child is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import ClassVar

from intake.casework.withheld_home import WithheldHome


@dataclass(frozen=True, slots=True)
class ChildCard:
    """The identity card of a child: what a list shows, and nothing of what happened.

    `family_name` may be empty (some people have one name) and so may `given_name` when only a
    description is known; `born_on` is None when not known, and `age_about` says what is. `nhs_number` and
    `upn` are as typed, checked or not; `identifiers` holds, a line each, whatever else this child's records
    may be found by: telephone numbers, addresses, user names, nicknames, number plates or parts of one.
    `address_withheld` where the home must be kept from somebody: it is on no page until a reason was given.
    """

    SCHEMA: ClassVar[str] = "child-card/3"
    #: What earlier versions did not ask, by their schema.
    EARLIER: ClassVar[Mapping[str, Mapping[str, str | bool]]] = MappingProxyType(
        {
            "child-card/1": {"nhs_number": "", "upn": "", "identifiers": "", "address_withheld": False},
            "child-card/2": {"address_withheld": False},
        }
    )
    given_name: str
    family_name: str
    known_as: str
    born_on: date | None
    age_about: str
    home_address: str
    home_postcode: str
    year_group: str = ""
    nhs_number: str = ""
    upn: str = ""
    identifiers: str = ""
    address_withheld: bool = False

    @property
    def full_name(self) -> str:
        """The name as a person would say it."""
        said = " ".join(part for part in (self.given_name, self.family_name) if part.strip())
        return said or self.known_as

    @property
    def withheld_home(self) -> WithheldHome | None:
        """The home that is withheld, to be blacked out of other words; None where it is not."""
        return WithheldHome(self.home_address, self.home_postcode) if self.address_withheld else None

    def masked(self) -> "ChildCard":
        """Return the card as pages have it: without an address that is withheld."""
        home = self.withheld_home
        return self if home is None else home.shown(replace(self, home_address="", home_postcode=""))
