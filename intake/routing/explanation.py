"""A decision as sentences without words: a code and its values each, in the order they are to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from intake.routing.codes import Reason, StepWhy
from intake.routing.decision import Decision, Step
from intake.vocabulary import OpenState, ServiceKind, StepKind


@unique
class Said(StrEnum):
    """A sentence about a step, a desk or a clock; those about a reason go by the reason's own code."""

    RING_999 = "ring_999"
    RING_POLICE_MISSING = "ring_police_missing"
    RING_POLICE_NOBODY_FOUND = "ring_police_nobody_found"
    RING_POLICE_NOBODY_ON_DUTY = "ring_police_nobody_on_duty"
    RING_UNTIL = "ring_until"
    RING_NOW = "ring_now"
    RING_UNCONFIRMED = "ring_unconfirmed"
    THEN_RING = "then_ring"
    THEN_RING_UNCONFIRMED = "then_ring_unconfirmed"
    IF_NO_ANSWER = "if_no_answer"
    IF_STILL_NO_ANSWER = "if_still_no_answer"
    NUMBER_UNVERIFIED = "number_unverified"
    GOES_TO = "goes_to"
    GOES_TO_UNTIL = "goes_to_until"
    DAY_TEAM_UNTIL = "day_team_until"
    GOES_TO_UNKNOWN = "goes_to_unknown"
    TELL_OUTSIDE = "tell_outside"
    TELL_OUTSIDE_UNTIL = "tell_outside_until"
    TELL_DAY_TEAM_UNTIL = "tell_day_team_until"
    BY_WAY_OF = "by_way_of"
    TELL_BY_WAY_OF = "tell_by_way_of"
    COPY_TO = "copy_to"
    TELL_ALSO = "tell_also"
    DECIDE_BY = "decide_by"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its code, and what stands in it, by name; instants are aware UTC."""

    code: Said | Reason
    values: tuple[tuple[str, str | datetime], ...] = ()


#: Reasons that are said in a sentence of their own, in the order in which they are said.
_SAID_REASONS = (
    Reason.HOME_LEADS,
    Reason.FOUND_LEADS,
    Reason.HOME_NOT_LISTED,
    Reason.HOME_NOT_KNOWN,
    Reason.NO_FIXED_ADDRESS,
    Reason.AUTHORITY_NOT_LISTED,
    Reason.WHICH_COUNCIL,
    Reason.POSTCODE_NOT_LISTED,
    Reason.NOT_A_POSTCODE,
    Reason.FORCES_ADDRESS,
    Reason.OUTSIDE_ENGLAND_AND_WALES,
    Reason.POSTCODE_DIFFERS,
    Reason.POSTCODE_TERMINATED,
    Reason.FOUND_NOT_LISTED,
    Reason.FOUND_NOT_SETTLED,
    Reason.SERVICE_NAMED_IN_CONCERN,
    Reason.STAFF_NAMED_IN_CONCERN,
    Reason.EIGHTEEN_OR_OVER,
    Reason.WRITTEN_WITHIN_24_HOURS,
    Reason.NEEDS_ALLOCATION,
)

_FIRST = {
    StepWhy.IN_DANGER: Said.RING_999,
    StepWhy.CHILD_MISSING: Said.RING_POLICE_MISSING,
    StepWhy.NOBODY_FOUND: Said.RING_POLICE_NOBODY_FOUND,
    StepWhy.STANDS_BEHIND: Said.RING_POLICE_NOBODY_ON_DUTY,
    StepWhy.HOURS_NOT_CONFIRMED: Said.RING_UNCONFIRMED,
}


def explain(decision: Decision) -> tuple[Sentence, ...]:
    """Give the sentences of a decision: what to do first, then who gets it and when, then why."""
    return (*_to_do(decision), *_why(decision))


def _to_do(decision: Decision) -> Iterator[Sentence]:
    calls = [step for step in decision.steps if step.do is StepKind.CALL]
    for index, step in enumerate(calls):
        yield _call(step, calls[:index], decision)
        if step.phone_unverified:
            yield _about(Said.NUMBER_UNVERIFIED, step)
    for step in decision.steps:
        if step.do is not StepKind.CALL:
            yield _about(_writing(step), step)


def _why(decision: Decision) -> Iterator[Sentence]:
    said = set(decision.reasons)
    if Reason.HOME_NOT_LISTED in said:
        # The sentence about telling home says so already.
        said.discard(Reason.AUTHORITY_NOT_LISTED)
    for reason in _SAID_REASONS:
        if reason in said:
            yield Sentence(reason, _values(decision))
    if decision.clock and decision.lead_receives_here and not decision.needs_allocation:
        yield Sentence(Said.DECIDE_BY, (*_values(decision), ("due_at", decision.clock.due_at)))


def _call(step: Step, before: list[Step], decision: Decision) -> Sentence:
    if before:
        return _about(_later_call(step, before), step)
    if code := _FIRST.get(step.why):
        return _about(code, step)
    by_day = step.service == decision.lead and step.closes_at is not None
    return _about(Said.RING_UNTIL if by_day else Said.RING_NOW, step)


def _later_call(step: Step, before: list[Step]) -> Said:
    if before[-1].state is OpenState.UNKNOWN:
        unanswered = sum(earlier.state is OpenState.UNKNOWN for earlier in before)
        return Said.IF_NO_ANSWER if unanswered == 1 else Said.IF_STILL_NO_ANSWER
    return Said.THEN_RING if step.open else Said.THEN_RING_UNCONFIRMED


def _writing(step: Step) -> Said:
    here = step.do is StepKind.SEND
    if step.why is StepWhy.FOR_INFORMATION:
        return Said.COPY_TO if here else Said.TELL_ALSO
    if step.why is StepWhy.FOR_ANOTHER_AUTHORITY:
        return Said.BY_WAY_OF if here else Said.TELL_BY_WAY_OF
    if step.opens_at is not None:
        by_day = step.kind is ServiceKind.FRONT_DOOR
        if here:
            return Said.DAY_TEAM_UNTIL if by_day else Said.GOES_TO_UNTIL
        return Said.TELL_DAY_TEAM_UNTIL if by_day else Said.TELL_OUTSIDE_UNTIL
    if not here:
        return Said.TELL_OUTSIDE
    return Said.GOES_TO if step.open else Said.GOES_TO_UNKNOWN


def _about(code: Said, step: Step) -> Sentence:
    times = (("opens_at", step.opens_at), ("closes_at", step.closes_at))
    known = tuple((name, at) for name, at in times if at is not None)
    return Sentence(code, (("name", step.name), ("phone", step.phone), *known))


def _values(decision: Decision) -> tuple[tuple[str, str | datetime], ...]:
    lead = next((step.name for step in decision.steps if step.service == decision.lead), "")
    return (
        ("lead", lead),
        ("authority", decision.authority.name if decision.authority else ""),
        ("home", decision.home.name if decision.home else ""),
        ("councils", ", ".join(council.name for council in decision.candidates)),
    )
