"""Whom an extract is for, what goes to each of them, and what is held back from all."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.vocabulary import Audience, HeldBack, StepTaken

AUDIENCES: Final[Mapping[StrEnum, LazyString]] = MappingProxyType(
    {
        Audience.COURT: _l("A court"),
        Audience.FAMILY: _l("The child or their family"),
        Audience.SERVICE: _l("Another service that works with the child"),
        Audience.SCHOOL: _l("The child's next school"),
    }
)
#: What goes in of itself, for each of those to whom a service gives one.
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
#: The same of a child's file, which a school gives.
FILE_GOES: Final[Mapping[Audience, LazyString]] = MappingProxyType(
    {
        Audience.COURT: _l(
            "Who the child is, what was seen and heard, the child's own wishes, what was done and when, why a"
            " concern was kept in school, and what the duty service wrote to this school."
        ),
        Audience.FAMILY: _l(
            "Who the child is, what was seen and heard, the child's own wishes, what was done and when, and"
            " what the duty service told this school came of it. Not what staff or workers judged, or"
            " wrote to each other."
        ),
        Audience.SERVICE: _l(
            "Who the child is, with their NHS number, what was seen and heard, the child's own wishes, what"
            " was done and when, why a concern was kept in school, and what the duty service wrote to this"
            " school."
        ),
        Audience.SCHOOL: _l(
            "Who the child is, with their UPN, what was seen and heard, the child's own wishes, what was done"
            " and when, why a concern was kept in school, and what the duty service wrote to this school."
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
FILE_HELD: Final[Mapping[HeldBack, LazyString]] = MappingProxyType(
    {
        HeldBack.OTHERS: _l("Who told, who is named, who did what, parents and colleagues, and calls."),
        HeldBack.POLICE: _l("Places, and why parents were not told."),
        HeldBack.ADDRESS: _l(
            "Also where it is withheld, because somebody must not find out. With it goes which duty service"
            " has the case: that tells the area."
        ),
    }
)
STEPS: Final[Mapping[StrEnum, LazyString]] = MappingProxyType(
    {
        StepTaken.RECORDED: _l("Concern written down"),
        StepTaken.READ: _l("Concern read by a safeguarding lead"),
        StepTaken.ADDED: _l("More was written down"),
        StepTaken.KEPT: _l("Concern kept in school"),
        StepTaken.REFERRED: _l("Referral made"),
        StepTaken.ARRIVED: _l("Referral arrived with the duty service"),
        StepTaken.RANG: _l("Telephone call about the referral"),
        StepTaken.ACKNOWLEDGED: _l("Referral acknowledged by the duty service"),
        StepTaken.DECIDED: _l("Referral decided on by the duty service"),
        StepTaken.TOLD: _l("The duty service wrote to the school"),
        StepTaken.ANSWERED: _l("The school answered the duty service"),
    }
)

#: What stands for a code wherever one is shown.
GIVEN_OUT: Final[tuple[Mapping[StrEnum, LazyString], ...]] = (AUDIENCES, HELD_BACK, STEPS)
