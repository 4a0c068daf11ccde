"""Whom an extract is for, what goes to each of them, and what is held back from all."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.vocabulary import Audience, HeldBack

AUDIENCES: Final[Mapping[StrEnum, LazyString]] = MappingProxyType(
    {
        Audience.COURT: _l("A court"),
        Audience.FAMILY: _l("The child or their family"),
        Audience.SERVICE: _l("Another service that works with the child"),
    }
)
#: What goes in of itself, for each of them.
WHAT_GOES: Final[Mapping[Audience, LazyString]] = MappingProxyType(
    {
        Audience.COURT: _l(
            "Who the child is, what was seen and heard, the child's own wishes, and what this service judged,"
            " decided, wrote to the sender and planned."
        ),
        Audience.FAMILY: _l(
            "Who the child is, what was seen and heard, the child's own wishes, what the sender was told came"
            " of it, and the plan. Not what workers judged, or wrote to each other."
        ),
        Audience.SERVICE: _l(
            "Who the child is, with their NHS number, what was seen and heard, the child's own wishes, and"
            " what this service judged, decided, wrote to the sender and planned."
        ),
    }
)
HELD_BACK: Final[Mapping[StrEnum, LazyString]] = MappingProxyType(
    {
        HeldBack.OTHERS: _l("Words of other people and about them"),
        HeldBack.POLICE: _l("Police matters and intelligence"),
        HeldBack.ADDRESS: _l("Where the child lives or is"),
    }
)
WHAT_IS_HELD: Final[Mapping[HeldBack, LazyString]] = MappingProxyType(
    {
        HeldBack.OTHERS: _l("Who told, who is named, parents and colleagues, calls, and workers' notes."),
        HeldBack.POLICE: _l(
            "What agencies said at meetings, places, action against whoever does harm, and a decision that it"
            " is for the police alone."
        ),
        HeldBack.ADDRESS: _l("Also where it is withheld, because somebody must not find out."),
    }
)

#: What stands for a code wherever one is shown.
GIVEN_OUT: Final[tuple[Mapping[StrEnum, LazyString], ...]] = (AUDIENCES, HELD_BACK)
