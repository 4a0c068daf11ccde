"""Words for the directory's versions and the changes proposed to it."""

from enum import StrEnum, unique


@unique
class ProposalOrigin(StrEnum):
    """Where a proposed change comes from."""

    PERSON = "person"
    OPERATOR = "operator"
    SHIPPED = "shipped"


@unique
class ProposalState(StrEnum):
    """What became of a proposed change."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    OVERTAKEN = "overtaken"


@unique
class DirectoryChange(StrEnum):
    """A change that has a form of its own; the value stands in its address."""

    NUMBER = "number"
    CHECKED = "checked"
    HOURS = "hours"
    DAY = "day"
    END = "end"
