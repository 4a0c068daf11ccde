"""Words for what is given out of a case."""

from enum import StrEnum, unique


@unique
class Audience(StrEnum):
    """Whom an extract is for: what goes into it is listed for each."""

    COURT = "court"
    FAMILY = "family"
    SERVICE = "service"


@unique
class HeldBack(StrEnum):
    """What is left out of every extract unless somebody says why it must go in."""

    OTHERS = "others"
    POLICE = "police"
    ADDRESS = "address"
