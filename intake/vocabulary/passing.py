"""Words for a referral that is passed on, and for one that was sent to the wrong place."""

from enum import StrEnum, unique


@unique
class PassingWhy(StrEnum):
    """Why a service passes a referral on."""

    WRONG_AREA = "wrong_area"
    WRONG_SERVICE = "wrong_service"


@unique
class PassingState(StrEnum):
    """Where one passing on stands; until it is accepted or handed over, the first service has it."""

    OFFERED = "offered"
    TO_HAND_OVER = "to_hand_over"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    KEPT = "kept"
    HANDED_OVER = "handed_over"


@unique
class PassingAct(StrEnum):
    """What may become of a passing on."""

    ACCEPT = "accept"
    DECLINE = "decline"
    KEEP = "keep"
    HAND_OVER = "hand_over"


@unique
class BreachState(StrEnum):
    """Where a breach stands: whether to report it is decided by a person before it can be closed."""

    UNDECIDED = "undecided"
    TO_REPORT = "to_report"
    NOT_TO_REPORT = "not_to_report"
    CLOSED = "closed"


@unique
class BreachAct(StrEnum):
    """What is written down about a breach, one thing at a time."""

    FIND = "find"
    DO = "do"
    TELL = "tell"
    REPORT = "report"
    NOT_REPORT = "not_report"
    CLOSE = "close"
