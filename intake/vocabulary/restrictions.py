"""Words of restricted cases and of breaking the glass."""

from enum import StrEnum, unique


@unique
class GlassFinding(StrEnum):
    """What a colleague found who looked into why somebody broke the glass."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
