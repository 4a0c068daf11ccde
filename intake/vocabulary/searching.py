"""Words about searching: what a child may be found by, and why a card was found."""

from enum import StrEnum, unique


@unique
class IdentifierKind(StrEnum):
    """A number or address that all but one person or thing has: only these are indexed."""

    NHS_NUMBER = "nhs_number"
    UPN = "upn"
    PHONE = "phone"
    EMAIL = "email"
    VEHICLE = "vehicle"


@unique
class MatchReason(StrEnum):
    """Why a card may be of the child that was looked for; the closest stand first."""

    SAME_IDENTIFIER = "same_identifier"
    SAME_NAME = "same_name"
    NAME_BEGINS = "name_begins"
    OTHER_FORM = "other_form"
    ONE_SLIP = "one_slip"
    SOUNDS_ALIKE = "sounds_alike"
    PART_OF_NAME = "part_of_name"
    SAME_BIRTHDAY = "same_birthday"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    ONE_DIGIT_OFF = "one_digit_off"
    SAME_YEAR = "same_year"
    SAME_AGE = "same_age"
    OTHER_BIRTHDAY = "other_birthday"
    PART_OF_IDENTIFIER = "part_of_identifier"
