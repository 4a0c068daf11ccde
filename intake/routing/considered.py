"""The trace of a decision: every service looked at, once, with why it was chosen or was not."""

from collections.abc import Iterator

from intake.routing.case import Case
from intake.routing.codes import Verdict
from intake.routing.decision import Considered, Step
from intake.routing.directory import DUTY_KINDS, Authority, Service
from intake.routing.leading import left_out
from intake.vocabulary import OpenState, ServiceKind

#: Why the police are not chosen: they are never left out, and cover no council.
_POLICE = {
    ServiceKind.POLICE_EMERGENCY: Verdict.NOT_IN_DANGER,
    ServiceKind.POLICE: Verdict.NOT_NEEDED,
}


def considered(case: Case, steps: tuple[Step, ...]) -> Iterator[Considered]:
    """Say of every service considered what was made of it."""
    chosen = {step.service for step in steps}
    for service in _pool(case):
        state = service.hours.state_at(case.question.at)
        verdict = Verdict.CHOSEN if service.slug in chosen else _why_not(case, service, state)
        yield Considered(service.slug, service.name, state, verdict)


def _pool(case: Case) -> tuple[Service, ...]:
    """Give every service considered, each once: the police, and those of the authorities in question."""
    directory, leads = case.directory, case.leading
    places = (leads.home, leads.found, leads.caring)
    codes = [place.authority.code for place in places if place.authority]
    codes += [leads.authority.code] if leads.authority else []
    codes += [case.question.school_authority or ""] if case.question.about_staff else []
    pool = [directory.emergency, case.police, directory.police_anywhere]
    pool += [service for code in codes for service in directory.by_authority.get(code, ())]
    return tuple({service.slug: service for service in pool}.values())


def _why_not(case: Case, service: Service, state: OpenState) -> Verdict:
    if service.kind in _POLICE:
        return _POLICE[service.kind]
    if left_out(service, case.question):
        named = service.slug in case.question.conflicted_services
        return Verdict.NAMED_IN_CONCERN if named else Verdict.PASSED_IT_ON
    if not service.term.holds_at(case.question.at):
        return Verdict.NOT_IN_FORCE
    return _not_tried(case, service, state)


def _not_tried(case: Case, service: Service, state: OpenState) -> Verdict:
    wanted = _wanted(case)
    if service.kind not in wanted:
        return Verdict.FOR_ANOTHER_PURPOSE
    asked = wanted[service.kind]
    if asked is None or asked.code not in service.covers:
        return Verdict.NOT_LEADING
    return Verdict.CLOSED_NOW if state is OpenState.CLOSED else Verdict.NOT_NEEDED


def _wanted(case: Case) -> dict[ServiceKind, Authority | None]:
    """Say which kinds of service this is for, and of which authority."""
    question, leads = case.question, case.leading
    kinds = (ServiceKind.ADULT,) if question.adult else DUTY_KINDS
    wanted: dict[ServiceKind, Authority | None] = dict.fromkeys(kinds, leads.authority)
    if question.allocated:
        wanted[ServiceKind.OPEN_CASES] = leads.principal
    if case.staff_in_england:
        wanted[ServiceKind.LADO] = case.directory.authority(question.school_authority)
    return wanted
