"""Deciding on a referral, and which referral in the queue is the worst."""

from collections.abc import Iterator
from typing import Final

from intake.casework.drafts import ColourDraft, DecisionDraft
from intake.casework.objections import Objection, refuse_any, says_something
from intake.vocabulary import Answer, Colour, Decision, ReferralAct, ReferralState

#: Decisions after which the duty service's clock goes on: nothing has been decided for the child yet.
KEEPS_THE_CLOCK: Final = frozenset({Decision.AWAITING_INFORMATION})

#: Decisions by which the duty service does nothing more itself. Such a decision is never silent: it says what
#: would change it, and the school is told in words.
QUIET: Final = frozenset({Decision.NO_FURTHER_ACTION, Decision.SIGNPOST, Decision.DUPLICATE})

#: Decisions that hand the child's case to somebody, who must be named: until they have it, it is still ours.
HANDS_ON: Final = frozenset({Decision.OTHER_AUTHORITY, Decision.ALLOCATED_WORKER, Decision.DUPLICATE})

#: The school cannot answer a question it has not been asked.
_TOLD_TO_THE_SCHOOL: Final = QUIET | KEEPS_THE_CLOCK

_BANDS: Final = {
    ReferralState.NOT_SENT_BY_US: 0,
    ReferralState.RECEIVED: 0,
    ReferralState.ACKNOWLEDGED: 0,
    ReferralState.TOLD_OUTSIDE: 1,
    ReferralState.DECIDED: 1,
    ReferralState.CLOSED: 2,
    ReferralState.PASSED_ON: 2,
}
_COLOUR_RANKS: Final = {
    Colour.RED: 0,
    # What nobody has judged may be red: it stands above everything judged to be less.
    None: 1,
    Colour.AMBER: 2,
    Colour.GREEN: 3,
    Colour.BLUE: 4,
}


def act_of(decision: Decision) -> ReferralAct:
    """Return what a decision does to a referral: it ends triage, or it asks for more while the clock runs."""
    return ReferralAct.AWAIT_INFORMATION if decision in KEEPS_THE_CLOCK else ReferralAct.DECIDE


def decision_objections(draft: DecisionDraft) -> Iterator[Objection]:
    """Yield what a decision still has to say."""
    if not says_something(draft.rationale):
        yield Objection("rationale", "decision.rationale_missing")
    if draft.decision in HANDS_ON and not says_something(draft.now_with):
        yield Objection("now_with", "decision.now_with_missing")
    if draft.decision in QUIET and not says_something(draft.would_change_it):
        yield Objection("would_change_it", "decision.would_change_it_missing")
    if draft.decision in _TOLD_TO_THE_SCHOOL and not says_something(draft.to_school):
        yield Objection("to_school", "decision.to_school_missing")


def require_reasons(draft: DecisionDraft) -> None:
    """Raise Refused for the first thing a decision still has to say."""
    refuse_any(decision_objections(draft))


def require_colour_reason(draft: ColourDraft) -> None:
    """Raise Refused when a colour has no reason."""
    if not says_something(draft.reason):
        refuse_any((Objection("reason", "colour.reason_missing"),))


def require_closing(reason: str, *, meeting_arranged: bool, answer_unread: bool) -> None:
    """Raise Refused when a referral is closed without a reason, or with something left over."""
    if answer_unread:
        refuse_any((Objection("", "closing.answer_unread"),))
    if meeting_arranged:
        refuse_any((Objection("", "closing.meeting_arranged"),))
    if not says_something(reason):
        refuse_any((Objection("reason", "closing.reason_missing"),))


def urgency_rank(danger: Answer, missing: Answer, colour: Colour | None, state: ReferralState) -> int:
    """Return how far down its list a referral stands: 0 is the worst, and lists are read in rising order.

    The rank is five decimal figures, so that a person may read it in the table: whether anybody still has to
    act (0), is waited for (1) or is done (2); danger now (0 yes); missing now (0 yes); the colour (0 red,
    1 not judged, 2 amber, 3 green, 4 blue); whether danger or missing is not known (0) or is known (1).
    Within one rank the soonest due comes first, then the one received first, which its id tells.
    """
    known = Answer.NOT_KNOWN not in {danger, missing}
    figures = (
        _BANDS[state],
        danger is not Answer.YES,
        missing is not Answer.YES,
        _COLOUR_RANKS[colour],
        known,
    )
    rank = 0
    for figure in figures:
        rank = rank * 10 + figure
    return rank
