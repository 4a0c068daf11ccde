"""Words for safety-plan meetings."""

from enum import StrEnum, unique


@unique
class MeetingState(StrEnum):
    """Where a safety-plan meeting stands."""

    ARRANGED = "arranged"
    HELD = "held"
    CALLED_OFF = "called_off"


@unique
class MeetingAct(StrEnum):
    """What may be done with a safety-plan meeting."""

    MINUTE = "minute"
    CORRECT = "correct"
    MOVE = "move"
    CALL_OFF = "call_off"


@unique
class Attendance(StrEnum):
    """What became of an invitation to a meeting."""

    NO_RESPONSE = "no_response"
    ATTENDED = "attended"
    APOLOGIES = "apologies"
    ABSENT = "absent"


@unique
class StatementKind(StrEnum):
    """How far something an agency said can be relied on."""

    FACT = "fact"
    REPORT = "report"
    OPINION = "opinion"


@unique
class PlanSlot(StrEnum):
    """One of the six things a safety-plan meeting always speaks of."""

    CHILD_VIEWS = "child_views"
    PARENTS_VIEWS = "parents_views"
    DIRECT_WORKER = "direct_worker"
    SUPPORT_FOR_PARENTS = "support_for_parents"
    ACTION_AGAINST_HARM = "action_against_harm"
    PLAN = "plan"
