"""The engine: from a question and a directory to what to do first, and everything after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from intake.calendars.clocks import one_working_day
from intake.calendars.hours import next_opening
from intake.routing.codes import Reason, StepWhy, Verdict
from intake.routing.decision import Considered, Decision, Step
from intake.routing.directory import Authority, Directory, Service
from intake.routing.leading import Leading, able_services, leading, named_in_concern
from intake.routing.places import AuthorityName
from intake.routing.question import Question
from intake.vocabulary import Nation, OpenState, ServiceKind, StepKind

_ADULT = 18

_SEND_WHY = {
    OpenState.OPEN: StepWhy.READ_NOW,
    OpenState.CLOSED: StepWhy.NOT_READ_UNTIL,
    OpenState.UNKNOWN: StepWhy.READING_NOT_KNOWN,
}


@dataclass(frozen=True, slots=True)
class _Case:
    """One question before one directory, with who leads."""

    question: Question
    directory: Directory
    leading: Leading

    def able(self, authority: Authority | None) -> tuple[Service, ...]:
        return able_services(authority, self.question, self.directory) if authority else ()

    def holder(self, authority: Authority | None) -> Service | None:
        """Give the service that keeps an authority's written referrals: its front door, if it may."""
        return next(iter(self.able(authority)), None)


def route(question: Question, directory: Directory) -> Decision:
    """Decide who must be rung now, who receives the written referral, when they read it, and why.

    The same question and directory always give the same decision. The first step is always a call, and 999
    or 101 stands behind every call to a service that is not known to be open.
    """
    case = _Case(question, directory, leading(question, directory))
    holder, informed = case.holder(case.leading.authority), case.holder(case.leading.informed)
    steps = (*_calls(case), *_written(case, holder, informed))
    authority = case.leading.authority
    return Decision(
        at=question.at,
        authority=_name(authority) if authority and not case.leading.on_behalf else None,
        steps=steps,
        lead=holder.slug if holder else None,
        lead_receives_here=holder is not None and holder.slug in question.receiving,
        needs_allocation=Reason.NEEDS_ALLOCATION in case.leading.reasons,
        read_by=next_opening(holder.hours, question.at) if holder else None,
        clock=one_working_day(question.at, authority.nation, holder.hours) if authority and holder else None,
        informed=(informed.slug,) if informed and informed != holder else (),
        kept_out=tuple(sorted(question.conflicted_staff)),
        reasons=_reasons(case, holder, steps),
        considered=tuple(_considered(case, steps)),
        candidates=case.leading.home.candidates or case.leading.found.candidates,
        home=case.leading.home.authority,
        directory_version=directory.version,
    )


def _calls(case: _Case) -> Iterator[Step]:
    """Give the calls: danger first, a missing child to the police first, then on until somebody is there."""
    question, police = case.question, case.directory.police(case.leading.authority)
    rung = True
    if question.danger:
        yield _step(StepKind.CALL, case.directory.emergency, question.at, StepWhy.IN_DANGER)
    elif question.missing:
        yield _step(StepKind.CALL, police, question.at, StepWhy.CHILD_MISSING)
    elif case.leading.on_behalf:
        yield _step(StepKind.CALL, police, question.at, StepWhy.NOBODY_FOUND)
    else:
        rung = False
    why = StepWhy.FOR_ANOTHER_AUTHORITY if case.leading.on_behalf else StepWhy.ON_DUTY
    for service in case.able(case.leading.authority):
        step = _step(StepKind.CALL, service, question.at, why)
        if step.state is OpenState.OPEN:
            yield step
            return
        if step.state is OpenState.UNKNOWN:
            yield _step(StepKind.CALL, service, question.at, StepWhy.HOURS_NOT_CONFIRMED)
    if not rung:
        yield _step(StepKind.CALL, police, question.at, StepWhy.STANDS_BEHIND)


def _written(case: _Case, holder: Service | None, informed: Service | None) -> Iterator[Step]:
    question = case.question
    if holder:
        why = _SEND_WHY[holder.hours.state_at(question.at)]
        why = StepWhy.FOR_ANOTHER_AUTHORITY if case.leading.on_behalf else why
        yield _step(_way(holder, question), holder, question.at, why)
    if informed and informed != holder:
        yield _step(_way(informed, question), informed, question.at, StepWhy.FOR_INFORMATION)


def _way(service: Service, question: Question) -> StepKind:
    return StepKind.SEND if service.slug in question.receiving else StepKind.SEND_OUTSIDE


def _step(do: StepKind, service: Service, at: datetime, why: StepWhy) -> Step:
    state, phone = service.hours.state_at(at), service.phone_at(at)
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
    )


def _reasons(case: _Case, holder: Service | None, steps: tuple[Step, ...]) -> tuple[Reason, ...]:
    question, authority = case.question, case.leading.authority
    calls = [step for step in steps if step.do is StepKind.CALL]
    states = {service.hours.state_at(question.at) for service in case.able(authority)}
    here = holder is not None and holder.slug in question.receiving
    held = {
        Reason.DANGER_NOW: question.danger,
        Reason.MISSING_NOW: question.missing,
        **dict.fromkeys(case.leading.reasons, True),
        Reason.SERVICE_NAMED_IN_CONCERN: any(named_in_concern(s, question) for s in _pool(case)),
        Reason.STAFF_NAMED_IN_CONCERN: bool(question.conflicted_staff),
        Reason.OUT_OF_HOURS: holder is not None and holder.hours.state_at(question.at) is OpenState.CLOSED,
        Reason.HOURS_NOT_CONFIRMED: OpenState.UNKNOWN in states,
        Reason.NOBODY_ON_DUTY: states == {OpenState.CLOSED},
        Reason.NUMBER_NOT_VERIFIED: any(step.phone_unverified for step in calls),
        Reason.NOT_SENT_BY_US: not here,
        Reason.WRITTEN_WITHIN_24_HOURS: authority is not None
        and authority.nation is Nation.WALES
        and not here,
        Reason.EIGHTEEN_OR_OVER: question.age is not None and question.age >= _ADULT,
    }
    return tuple(reason for reason, holds in held.items() if holds)


def _considered(case: _Case, steps: tuple[Step, ...]) -> Iterator[Considered]:
    chosen = {step.service for step in steps}
    for service in _pool(case):
        state = service.hours.state_at(case.question.at)
        verdict = Verdict.CHOSEN if service.slug in chosen else _why_not(case, service, state)
        yield Considered(service.slug, service.name, state, verdict)


def _why_not(case: _Case, service: Service, state: OpenState) -> Verdict:
    authority = case.leading.authority
    if service.kind is ServiceKind.POLICE_EMERGENCY:
        return Verdict.NOT_IN_DANGER
    if named_in_concern(service, case.question):
        return Verdict.NAMED_IN_CONCERN
    if service.kind is ServiceKind.OTHER:
        return Verdict.FOR_ANOTHER_PURPOSE
    if service.covers and not (authority and authority.code in service.covers):
        return Verdict.NOT_LEADING
    return Verdict.CLOSED_NOW if state is OpenState.CLOSED else Verdict.NOT_NEEDED


def _pool(case: _Case) -> tuple[Service, ...]:
    """Give every service considered, each once: the police, and those of the authorities in question."""
    directory, leads = case.directory, case.leading
    places = [place.authority.code for place in (leads.home, leads.found) if place.authority]
    codes = [*places, *([leads.authority.code] if leads.authority else [])]
    pool = [directory.emergency, directory.police(leads.authority), directory.police_anywhere]
    pool += [service for code in codes for service in directory.by_authority.get(code, ())]
    return tuple({service.slug: service for service in pool}.values())


def _name(authority: Authority) -> AuthorityName:
    return AuthorityName(authority.code, authority.name, authority.nation)
