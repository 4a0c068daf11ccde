"""Words for what is given out of a case."""

from enum import StrEnum, unique


@unique
class Audience(StrEnum):
    """Whom an extract is for: what goes into it is listed for each."""

    COURT = "court"
    FAMILY = "family"
    SERVICE = "service"
    SCHOOL = "school"


@unique
class HeldBack(StrEnum):
    """What is left out of every extract unless somebody says why it must go in."""

    OTHERS = "others"
    POLICE = "police"
    ADDRESS = "address"


@unique
class StepTaken(StrEnum):
    """What was done about a child, by the school or the service it told: a line of an extract's timeline."""

    RECORDED = "recorded"
    READ = "read"
    ADDED = "added"
    KEPT = "kept"
    REFERRED = "referred"
    ARRIVED = "arrived"
    RANG = "rang"
    ACKNOWLEDGED = "acknowledged"
    DECIDED = "decided"
    TOLD = "told"
    ANSWERED = "answered"
