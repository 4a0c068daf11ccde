"""The engine: from a question and a directory to what to do first, and everything after it."""

from dataclasses import replace

from intake.calendars.clocks import Clock, one_working_day
from intake.calendars.hours import soonest
from intake.routing.case import Case
from intake.routing.codes import Reason, Verdict
from intake.routing.considered import considered
from intake.routing.decision import Considered, Decision, Step
from intake.routing.directory import Authority, Directory, TimedAct
from intake.routing.leading import leading
from intake.routing.places import AuthorityName
from intake.routing.question import Question
from intake.routing.steps import steps
from intake.vocabulary import Nation, OpenState, StepKind


def route(question: Question, directory: Directory) -> Decision:
    """Decide who must be rung now, who receives the written referral, when they read it, and why.

    The same question and directory always give the same decision. The first step is always a call, and 999
    or 101 stands behind every call to a service that is not known to be open.
    """
    case = Case(question, directory, leading(question, directory))
    leads, holder = case.leading, case.holder
    to_do = steps(case)
    looked_at = tuple(considered(case, to_do))
    authority = leads.authority
    written = next((step for step in to_do if step.do is not StepKind.CALL), None)
    clock, own_time = _clock(case)
    return Decision(
        at=question.at,
        authority=_name(authority) if authority and not leads.on_behalf else None,
        steps=to_do,
        lead=holder.slug if holder else None,
        lead_receives_here=holder is not None and holder.slug in question.receiving,
        needs_allocation=leads.on_behalf,
        read_by=written.read_by if written else None,
        clock=clock,
        informed=tuple(service.slug for service in case.informed),
        kept_out=tuple(sorted(question.conflicted_staff)),
        reasons=_reasons(case, to_do, looked_at, own_time=own_time),
        considered=looked_at,
        candidates=leads.home.candidates or leads.found.candidates,
        home=leads.home.authority,
        directory_version=directory.version,
        caring=leads.caring.authority,
    )


def _clock(case: Case) -> tuple[Clock | None, bool]:
    """Give the clock for deciding, and whether it is the leading council's own: one below a working day.

    A council that is only asked to pass a referral on decides nothing, so its own time says nothing.
    """
    authority, holder, on_behalf = case.leading.authority, case.holder, case.leading.on_behalf
    if authority is None or holder is None:
        return None, False
    clock = one_working_day(case.question.at, authority.nation, holder.hours)
    times = [time for time in authority.clocks if time.of is TimedAct.DECIDE and not on_behalf]
    own = soonest(time.runs_out(clock.starts_at, holder.hours) for time in times)
    if own is None or own >= clock.due_at:
        return clock, False
    return replace(clock, due_at=own), True


def _reasons(
    case: Case, to_do: tuple[Step, ...], looked_at: tuple[Considered, ...], *, own_time: bool
) -> tuple[Reason, ...]:
    question, leads = case.question, case.leading
    verdicts = {looked.verdict for looked in looked_at}
    held = {
        Reason.DANGER_NOW: question.danger,
        Reason.MISSING_NOW: question.missing,
        Reason.URGENT_NOW: question.urgent,
        **dict.fromkeys(leads.reasons, True),
        Reason.SERVICE_NAMED_IN_CONCERN: Verdict.NAMED_IN_CONCERN in verdicts,
        Reason.PASSED_ON: Verdict.PASSED_IT_ON in verdicts,
        Reason.STAFF_NAMED_IN_CONCERN: bool(question.conflicted_staff),
        **_of_the_hour(case, to_do),
        Reason.EIGHTEEN_OR_OVER: question.adult,
        Reason.WORKER_ALLOCATED: question.allocated,
        Reason.CONCERN_ABOUT_STAFF: question.about_staff,
        Reason.LADO_NOT_LISTED: case.staff_in_england and case.officer is None,
        Reason.PRACTITIONER_IN_WALES: case.staff_in_wales,
        Reason.OWN_TIME_TO_DECIDE: own_time,
    }
    return tuple(reason for reason, holds in held.items() if holds)


def _of_the_hour(case: Case, to_do: tuple[Step, ...]) -> dict[Reason, bool]:
    """Say what follows from who is there at this hour, and from who receives here."""
    question, authority, holder = case.question, case.leading.authority, case.holder
    states = {service.hours.state_at(question.at) for service in case.able(authority)}
    here = holder is not None and holder.slug in question.receiving
    in_wales = authority is not None and authority.nation is Nation.WALES
    urgent_only = any(step.urgent_only for step in to_do)
    return {
        Reason.OUT_OF_HOURS: holder is not None and holder.hours.state_at(question.at) is OpenState.CLOSED,
        Reason.URGENT_ONLY_NOW: urgent_only and not question.pressing,
        Reason.HOURS_NOT_CONFIRMED: OpenState.UNKNOWN in states,
        Reason.NOBODY_ON_DUTY: states == {OpenState.CLOSED},
        Reason.NUMBER_NOT_VERIFIED: any(step.phone_unverified for step in to_do if step.do is StepKind.CALL),
        Reason.NOT_SENT_BY_US: not here,
        Reason.WRITTEN_WITHIN_24_HOURS: in_wales and not here,
    }


def _name(authority: Authority) -> AuthorityName:
    return AuthorityName(authority.code, authority.name, authority.nation)
