"""Words for what a school writes down."""

from enum import StrEnum, unique


@unique
class Answer(StrEnum):
    """An answer to a plain question; 'not known' is an answer."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@unique
class SignAnswer(StrEnum):
    """What was said of one warning sign; an untouched sign was not asked."""

    NOT_ASKED = "not_asked"
    SEEN = "seen"
    NOT_SEEN = "not_seen"
    NOT_KNOWN = "not_known"


@unique
class SignSource(StrEnum):
    """How the person recording came to know of a sign."""

    SAW_IT = "saw_it"
    CHILD_SAID = "child_said"
    FAMILY_SAID = "family_said"
    STAFF_SAID = "staff_said"
    OTHER_SAID = "other_said"


@unique
class ConcernState(StrEnum):
    """Where a concern stands in the school."""

    RECORDED = "recorded"
    READ = "read"
    REFERRED = "referred"
    KEPT = "kept"


@unique
class ConcernAct(StrEnum):
    """What may be done with a concern."""

    READ = "read"
    ADD_DETAIL = "add_detail"
    REFER = "refer"
    KEEP = "keep"


@unique
class DayAnswer(StrEnum):
    """How a person says on which day something happened."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    ANOTHER = "another"
    NOT_KNOWN = "not_known"
