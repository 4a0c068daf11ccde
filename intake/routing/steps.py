"""The steps of a decision: whom to ring, one after the other, and who gets the written words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from intake.calendars.hours import next_opening
from intake.routing.case import Case
from intake.routing.codes import StepWhy, WrittenChannel
from intake.routing.decision import Step
from intake.routing.directory import Service
from intake.routing.question import Question
from intake.vocabulary import OpenState, StepKind


def steps(case: Case) -> tuple[Step, ...]:
    """Give the steps in the order of doing; the first is a call to somebody not known to be closed."""
    return (*_calls(case), *_written(case))


def _calls(case: Case) -> Iterator[Step]:
    """Give the calls: danger first, a missing child to the police first, then on until somebody is there."""
    rung = list(_police_first(case))
    yield from rung
    if (line := case.open_cases) and _state(line, case) is not OpenState.CLOSED:
        yield _call(case, line, StepWhy.WORKER_ALLOCATED)
    on_duty = list(_on_duty(case))
    yield from on_duty
    if not rung and not any(step.open for step in on_duty):
        yield _call(case, case.police, StepWhy.STANDS_BEHIND)
    if officer := case.officer:
        yield _call(case, officer, StepWhy.ABOUT_STAFF)


def _police_first(case: Case) -> Iterator[Step]:
    question = case.question
    if question.danger:
        yield _call(case, case.directory.emergency, StepWhy.IN_DANGER)
    elif question.missing:
        yield _call(case, case.police, StepWhy.CHILD_MISSING)
    elif case.leading.on_behalf:
        yield _call(case, case.police, StepWhy.FOR_AN_ADULT if question.adult else StepWhy.NOBODY_FOUND)


def _on_duty(case: Case) -> Iterator[Step]:
    """Give the leading authority's desks up to the first that is known to be staffed."""
    why = StepWhy.FOR_ANOTHER_AUTHORITY if case.leading.on_behalf else StepWhy.ON_DUTY
    for service in case.able(case.leading.authority):
        state = _state(service, case)
        if state is OpenState.OPEN:
            yield _call(case, service, why)
            return
        if state is OpenState.UNKNOWN:
            yield _call(case, service, StepWhy.HOURS_NOT_CONFIRMED)


def _written(case: Case) -> Iterator[Step]:
    if holder := case.holder:
        yield _words(case, holder, StepWhy.FOR_ANOTHER_AUTHORITY if case.leading.on_behalf else None)
    for service in case.informed:
        yield _words(case, service, StepWhy.FOR_INFORMATION)


def _call(case: Case, service: Service, why: StepWhy) -> Step:
    at = case.question.at
    return replace(_step(StepKind.CALL, service, at, why), urgent_only=service.urgent_only_at(at))


def _words(case: Case, service: Service, why: StepWhy | None) -> Step:
    """Give the step that writes to a service: sent where it receives here, else what to do outside."""
    question, at = case.question, case.question.at
    here = service.slug in question.receiving
    way = None if here else service.receives_at(at)
    urgent_only = way.urgent_only if way else service.urgent_only_at(at)
    read_by = _read_by(service, question, urgent_only=urgent_only)
    step = _step(
        StepKind.SEND if here else StepKind.SEND_OUTSIDE,
        service,
        at,
        why or _when_read(service, at, read_by),
    )
    return replace(
        step,
        read_by=read_by,
        urgent_only=urgent_only,
        channel=WrittenChannel.HERE if here else (way.channel if way else None),
        where=way.where if way else None,
    )


def _read_by(service: Service, question: Question, *, urgent_only: bool) -> datetime | None:
    """Say when a desk next reads: of what can wait, while it takes only what cannot, when it opens again."""
    at: datetime | None = question.at
    if urgent_only and not question.pressing:
        at = service.hours.next_change(question.at)
    return next_opening(service.hours, at) if at else None


def _when_read(service: Service, at: datetime, read_by: datetime | None) -> StepWhy:
    if read_by == at:
        return StepWhy.READ_NOW
    known = read_by or service.hours.state_at(at) is OpenState.CLOSED
    return StepWhy.NOT_READ_UNTIL if known else StepWhy.READING_NOT_KNOWN


def _state(service: Service, case: Case) -> OpenState:
    return service.hours.state_at(case.question.at)


def _step(do: StepKind, service: Service, at: datetime, why: StepWhy) -> Step:
    state, phone = service.hours.state_at(at), service.phone_at(at)
    others = ((other.language or "", other.number) for other in service.other_phones_at(at))
    return Step(
        do=do,
        service=service.slug,
        kind=service.kind,
        name=service.name,
        phone=phone.number,
        phone_unverified=phone.unverified,
        phone_checked_on=phone.provenance.checked_on,
        state=state,
        opens_at=next_opening(service.hours, at) if state is OpenState.CLOSED else None,
        closes_at=service.hours.next_change(at) if state is OpenState.OPEN else None,
        why=why,
        other_phones=tuple(others),
    )
