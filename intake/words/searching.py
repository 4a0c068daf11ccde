"""Why a card was found, and by which kind of number or address, in words."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.vocabulary import IdentifierKind, MatchReason

REASONS: Final[Mapping[StrEnum, LazyString]] = MappingProxyType(
    {
        MatchReason.SAME_IDENTIFIER: _l("The same number or address"),
        MatchReason.SAME_NAME: _l("The same name"),
        MatchReason.NAME_BEGINS: _l("A name that begins alike"),
        MatchReason.OTHER_FORM: _l("Another form of the name"),
        MatchReason.ONE_SLIP: _l("One letter of the name differs"),
        MatchReason.SOUNDS_ALIKE: _l("The name sounds alike"),
        MatchReason.PART_OF_NAME: _l("Only one part of the name is alike"),
        MatchReason.SAME_BIRTHDAY: _l("Born on the same day"),
        MatchReason.DAY_AND_MONTH_SWAPPED: _l("The same date of birth with day and month swapped"),
        MatchReason.ONE_DIGIT_OFF: _l("One figure of the date of birth differs, or two are swapped"),
        MatchReason.SAME_YEAR: _l("Born in that year, or near it"),
        MatchReason.SAME_AGE: _l("About that age"),
        MatchReason.OTHER_BIRTHDAY: _l("Another date of birth"),
        MatchReason.PART_OF_IDENTIFIER: _l("Part of a number, address or nickname"),
    }
)

IDENTIFIERS: Final[Mapping[StrEnum, LazyString]] = MappingProxyType(
    {
        IdentifierKind.NHS_NUMBER: _l("NHS number"),
        IdentifierKind.UPN: _l("Unique pupil number"),
        IdentifierKind.PHONE: _l("Telephone number"),
        IdentifierKind.EMAIL: _l("Email address"),
        IdentifierKind.VEHICLE: _l("Number plate"),
    }
)
