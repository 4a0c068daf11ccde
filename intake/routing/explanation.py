"""A decision as sentences without words: a code and its values each, in the order they are to be read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, unique

from intake.routing.codes import Reason, StepWhy, Verdict, WrittenChannel
from intake.routing.decision import Decision, Step
from intake.vocabulary import OpenState, ServiceKind, StepKind


@unique
class Reader(StrEnum):
    """Whom a decision is explained to: who refers, who receives it, who looks whether it was right."""

    REFERRER = "referrer"
    HUB = "hub"
    AUDITOR = "auditor"


@unique
class Said(StrEnum):
    """A sentence about a step, a desk or a clock; those about a reason go by the reason's own code."""

    RING_999 = "ring_999"
    RING_POLICE_MISSING = "ring_police_missing"
    RING_POLICE_NOBODY_FOUND = "ring_police_nobody_found"
    RING_POLICE_NOBODY_ON_DUTY = "ring_police_nobody_on_duty"
    RING_POLICE_FOR_AN_ADULT = "ring_police_for_an_adult"
    RING_UNTIL = "ring_until"
    RING_URGENT_ONLY = "ring_urgent_only"
    RING_NOW = "ring_now"
    RING_UNCONFIRMED = "ring_unconfirmed"
    THEN_RING = "then_ring"
    THEN_RING_UNCONFIRMED = "then_ring_unconfirmed"
    IF_NO_ANSWER = "if_no_answer"
    IF_STILL_NO_ANSWER = "if_still_no_answer"
    OWN_WORKER = "own_worker"
    RING_FOR_OWN_WORKER = "ring_for_own_worker"
    RING_ABOUT_STAFF = "ring_about_staff"
    RING_ABOUT_STAFF_FROM = "ring_about_staff_from"
    NUMBER_UNVERIFIED = "number_unverified"
    GOES_TO = "goes_to"
    GOES_TO_UNTIL = "goes_to_until"
    DAY_TEAM_UNTIL = "day_team_until"
    URGENT_ONLY_UNTIL = "urgent_only_until"
    GOES_TO_UNKNOWN = "goes_to_unknown"
    TELL_OUTSIDE = "tell_outside"
    TELL_OUTSIDE_UNTIL = "tell_outside_until"
    TELL_DAY_TEAM_UNTIL = "tell_day_team_until"
    TELL_URGENT_ONLY_UNTIL = "tell_urgent_only_until"
    BY_WAY_OF = "by_way_of"
    TELL_BY_WAY_OF = "tell_by_way_of"
    COPY_TO = "copy_to"
    TELL_ALSO = "tell_also"
    OWN_FORM = "own_form"
    OWN_FORM_AT = "own_form_at"
    SECURE_EMAIL = "secure_email"
    SECURE_EMAIL_AT = "secure_email_at"
    DECIDE_BY = "decide_by"
    DECIDED_WITH = "decided_with"
    LED_BY = "led_by"
    NOBODY_LED = "nobody_led"
    KEPT_OUT = "kept_out"


Value = str | int | datetime


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its code, and what stands in it, by name; instants are aware UTC."""

    code: Said | Reason | Verdict
    values: tuple[tuple[str, Value], ...] = ()


#: Reasons that are said in a sentence of their own, in the order in which they are said.
_SAID_REASONS = (
    Reason.URGENT_NOW,
    Reason.WORKER_ALLOCATED,
    Reason.CONCERN_ABOUT_STAFF,
    Reason.HOME_LEADS,
    Reason.UNBORN_BY_MOTHERS_HOME,
    Reason.FOUND_LEADS,
    Reason.CARING_LEADS,
    Reason.HOME_TOLD,
    Reason.HOST_TOLD,
    Reason.CARING_TOLD,
    Reason.HOME_NOT_LISTED,
    Reason.CARING_NOT_LISTED,
    Reason.CARING_NOT_KNOWN,
    Reason.HOME_NOT_KNOWN,
    Reason.NO_FIXED_ADDRESS,
    Reason.ANOTHER_COUNCIL,
    Reason.AUTHORITY_NOT_LISTED,
    Reason.WHICH_COUNCIL,
    Reason.POSTCODE_NOT_FOUND,
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
    Reason.LADO_NOT_LISTED,
    Reason.PRACTITIONER_IN_WALES,
    Reason.PASSED_ON,
    Reason.EIGHTEEN_OR_OVER,
    Reason.ADULT_SERVICE_NOT_LISTED,
    Reason.WRITTEN_WITHIN_24_HOURS,
    Reason.NEEDS_ALLOCATION,
    Reason.OWN_TIME_TO_DECIDE,
)

#: A reason that another one, said as well, has said already.
_SAID_BY_ANOTHER = (
    (Reason.HOME_LEADS, Reason.UNBORN_BY_MOTHERS_HOME),
    (Reason.AUTHORITY_NOT_LISTED, Reason.HOME_NOT_LISTED),
    (Reason.EIGHTEEN_OR_OVER, Reason.ADULT_SERVICE_NOT_LISTED),
)

#: What only whoever refers has to do, or is told of their own list.
_FOR_THE_REFERRER = frozenset(
    {
        Reason.WRITTEN_WITHIN_24_HOURS,
        Reason.NEEDS_ALLOCATION,
        Reason.LADO_NOT_LISTED,
    }
)

#: What whoever refers has said, and whoever receives it is to know.
_FOR_THE_HUB = frozenset({Reason.URGENT_NOW, Reason.WORKER_ALLOCATED, Reason.CONCERN_ABOUT_STAFF})

_FIRST = {
    StepWhy.IN_DANGER: Said.RING_999,
    StepWhy.CHILD_MISSING: Said.RING_POLICE_MISSING,
    StepWhy.NOBODY_FOUND: Said.RING_POLICE_NOBODY_FOUND,
    StepWhy.FOR_AN_ADULT: Said.RING_POLICE_FOR_AN_ADULT,
    StepWhy.HOURS_NOT_CONFIRMED: Said.RING_UNCONFIRMED,
}

_BEFORE_ALL = frozenset(_FIRST) - {StepWhy.HOURS_NOT_CONFIRMED}

#: Who leads is written to in its own way; who is only told, or asked to pass it on, by telephone.
_BY_THEIR_WAY = frozenset({StepWhy.READ_NOW, StepWhy.NOT_READ_UNTIL, StepWhy.READING_NOT_KNOWN})

_CHANNELS = {
    WrittenChannel.OWN_FORM: (Said.OWN_FORM, Said.OWN_FORM_AT),
    WrittenChannel.SECURE_EMAIL: (Said.SECURE_EMAIL, Said.SECURE_EMAIL_AT),
}


def explain(decision: Decision, reader: Reader = Reader.REFERRER) -> tuple[Sentence, ...]:
    """Give the sentences of a decision for one reader.

    Who refers: what to do first, then who gets it and when, then why. Who receives it: the same without the
    calls. Who audits: when, by which directory, and every service considered; nothing about the child.
    """
    if reader is Reader.AUDITOR:
        return tuple(_for_the_auditor(decision))
    if reader is Reader.HUB:
        return (*_words(decision), *_why(decision, but=_FOR_THE_REFERRER))
    return (*_calls(decision), *_words(decision), *_why(decision, but=_FOR_THE_HUB))


def _calls(decision: Decision) -> Iterator[Sentence]:
    calls = [step for step in decision.steps if step.do is StepKind.CALL]
    worker_unsaid = Reason.WORKER_ALLOCATED in decision.reasons
    worker_unsaid &= all(step.why is not StepWhy.WORKER_ALLOCATED for step in calls)
    for index, step in enumerate(calls):
        if worker_unsaid and step.why not in _BEFORE_ALL:
            worker_unsaid = False
            yield Sentence(Said.OWN_WORKER)
        yield _about(_call(step, calls[:index], decision), step)
        if step.phone_unverified:
            yield _about(Said.NUMBER_UNVERIFIED, step)
    if worker_unsaid:
        yield Sentence(Said.OWN_WORKER)


def _words(decision: Decision) -> Iterator[Sentence]:
    for step in decision.steps:
        if step.do is not StepKind.CALL:
            yield _about(_writing(step, decision), step)
        if step.do is StepKind.SEND_OUTSIDE and step.why in _BY_THEIR_WAY and step.channel in _CHANNELS:
            yield _about(_CHANNELS[step.channel][step.where is not None], step)


def _why(decision: Decision, *, but: frozenset[Reason]) -> Iterator[Sentence]:
    said = set(decision.reasons) - but
    said -= {reason for reason, another in _SAID_BY_ANOTHER if another in said}
    for reason in _SAID_REASONS:
        if reason in said:
            yield Sentence(reason, _values(decision))
    if decision.clock and decision.lead_receives_here and not decision.needs_allocation:
        yield Sentence(Said.DECIDE_BY, (*_values(decision), ("due_at", decision.clock.due_at)))


def _for_the_auditor(decision: Decision) -> Iterator[Sentence]:
    """Give what shows whether the decision was right; neither where the child lives nor what was said."""
    yield Sentence(Said.DECIDED_WITH, (("at", decision.at), ("version", decision.directory_version)))
    if decision.authority:
        yield Sentence(Said.LED_BY, (("authority", decision.authority.name),))
    else:
        yield Sentence(Said.NOBODY_LED)
    if decision.kept_out:
        yield Sentence(Said.KEPT_OUT, (("number", len(decision.kept_out)),))
    for looked in decision.considered:
        yield Sentence(looked.verdict, (("name", looked.name), ("service", looked.service)))


def _call(step: Step, before: list[Step], decision: Decision) -> Said:
    if step.why is StepWhy.WORKER_ALLOCATED:
        return Said.RING_FOR_OWN_WORKER
    if step.why is StepWhy.ABOUT_STAFF:
        return Said.RING_ABOUT_STAFF_FROM if step.opens_at else Said.RING_ABOUT_STAFF
    unanswered = sum(_may_not_answer(earlier) for earlier in before)
    if step.why is StepWhy.STANDS_BEHIND and not unanswered:
        return Said.RING_POLICE_NOBODY_ON_DUTY
    return _later_call(step, unanswered) if before else _first_call(step, decision)


def _first_call(step: Step, decision: Decision) -> Said:
    if code := _FIRST.get(step.why):
        return code
    if _only_urgent(step, decision):
        return Said.RING_URGENT_ONLY
    by_day = step.service == decision.lead and step.closes_at is not None
    return Said.RING_UNTIL if by_day else Said.RING_NOW


def _may_not_answer(step: Step) -> bool:
    return step.state is OpenState.UNKNOWN and step.why is not StepWhy.WORKER_ALLOCATED


def _later_call(step: Step, unanswered: int) -> Said:
    if unanswered:
        return Said.IF_NO_ANSWER if unanswered == 1 else Said.IF_STILL_NO_ANSWER
    return Said.THEN_RING if step.open else Said.THEN_RING_UNCONFIRMED


def _writing(step: Step, decision: Decision) -> Said:
    """Give the sentence about who gets the words: as it is sent from here, or as it is not."""
    sent, outside = _sent_or_not(step, decision)
    return sent if step.do is StepKind.SEND else outside


def _sent_or_not(step: Step, decision: Decision) -> tuple[Said, Said]:
    if step.why is StepWhy.FOR_INFORMATION:
        return Said.COPY_TO, Said.TELL_ALSO
    if step.why is StepWhy.FOR_ANOTHER_AUTHORITY:
        return Said.BY_WAY_OF, Said.TELL_BY_WAY_OF
    if step.why is StepWhy.NOT_READ_UNTIL and _opens_at(step):
        if _only_urgent(step, decision):
            return Said.URGENT_ONLY_UNTIL, Said.TELL_URGENT_ONLY_UNTIL
        if step.kind is ServiceKind.FRONT_DOOR:
            return Said.DAY_TEAM_UNTIL, Said.TELL_DAY_TEAM_UNTIL
        return Said.GOES_TO_UNTIL, Said.TELL_OUTSIDE_UNTIL
    return (Said.GOES_TO if step.open else Said.GOES_TO_UNKNOWN), Said.TELL_OUTSIDE


def _only_urgent(step: Step, decision: Decision) -> bool:
    """Say whether a desk that takes only what cannot wait is told of something that can."""
    return step.urgent_only and Reason.URGENT_ONLY_NOW in decision.reasons


def _opens_at(step: Step) -> datetime | None:
    """Give when a desk next opens for this; where that is not kept, when it opens at all."""
    return step.read_by or step.opens_at


def _about(code: Said, step: Step) -> Sentence:
    more = (("opens_at", _opens_at(step)), ("closes_at", step.closes_at), ("where", step.where))
    known = tuple((name, value) for name, value in more if value is not None)
    return Sentence(code, (("name", step.name), ("phone", step.phone), *known))


def _values(decision: Decision) -> tuple[tuple[str, Value], ...]:
    lead = next((step.name for step in decision.steps if step.service == decision.lead), "")
    passed_on = [looked.name for looked in decision.considered if looked.verdict is Verdict.PASSED_IT_ON]
    return (
        ("lead", lead),
        ("authority", decision.authority.name if decision.authority else ""),
        ("home", decision.home.name if decision.home else ""),
        ("caring", decision.caring.name if decision.caring else ""),
        ("passed_on", ", ".join(passed_on)),
        ("councils", ", ".join(council.name for council in decision.candidates)),
    )
