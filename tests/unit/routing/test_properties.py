"""What holds of every decision, whatever is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings

from intake.routing.codes import StepWhy, Verdict
from intake.routing.engine import route
from intake.routing.places import in_authority
from intake.routing.question import Question
from intake.routing.record import decision_from_json, decision_to_json, question_from_json, question_to_json
from intake.vocabulary import OpenState, StepKind
from tests.unit.routing.cases import CARDIFF, DIRECTORY, HALTON
from tests.unit.routing.invented import EVERYTHING
from tests.unit.routing.questions import INSTANTS, QUESTIONS

pytestmark = pytest.mark.unmeasured


@settings(deadline=None)
@given(QUESTIONS)
def test_the_same_question_has_the_same_answer(question: Question) -> None:
    assert route(question, EVERYTHING) == route(question, EVERYTHING)


@settings(deadline=None)
@given(QUESTIONS)
def test_there_is_exactly_one_first_step_and_it_is_a_call_with_a_number(question: Question) -> None:
    decision = route(question, EVERYTHING)
    assert decision.first is decision.steps[0]
    assert decision.first.do is StepKind.CALL
    assert decision.first.state is not OpenState.CLOSED
    assert (decision.first.service == "police-999") is question.danger


@settings(deadline=None)
@given(QUESTIONS)
def test_a_service_named_in_the_concern_or_that_passed_it_on_is_never_chosen(question: Question) -> None:
    decision = route(question, EVERYTHING)
    out = question.conflicted_services | question.passed_on
    assert not out & {step.service for step in decision.steps}
    assert not out & {decision.lead, *decision.informed}
    for looked in decision.considered:
        if looked.service in question.conflicted_services:
            assert looked.verdict is Verdict.NAMED_IN_CONCERN
        elif looked.service in question.passed_on:
            assert looked.verdict is Verdict.PASSED_IT_ON


@settings(deadline=None)
@given(QUESTIONS)
def test_the_trace_is_complete_and_says_each_service_once(question: Question) -> None:
    decision = route(question, EVERYTHING)
    looked = [considered.service for considered in decision.considered]
    assert len(looked) == len(set(looked))
    chosen = {c.service for c in decision.considered if c.verdict is Verdict.CHOSEN}
    assert chosen == {step.service for step in decision.steps}
    assert len(decision.reasons) == len(set(decision.reasons))
    councils = (decision.authority, decision.home, decision.caring)
    for council in (council for council in councils if council):
        listed = EVERYTHING.by_authority.get(council.code, ())
        assert {service.slug for service in listed} <= set(looked)


@settings(deadline=None)
@given(QUESTIONS)
def test_somebody_known_to_be_there_can_always_be_rung(question: Question) -> None:
    calls = [step for step in route(question, EVERYTHING).steps if step.do is StepKind.CALL]
    now = [step for step in calls if step.why is not StepWhy.ABOUT_STAFF]
    assert any(step.open for step in now if step.why is not StepWhy.WORKER_ALLOCATED)
    assert len({step.service for step in calls}) == len(calls)
    assert all(step.state is not OpenState.CLOSED for step in now)


@settings(deadline=None)
@given(QUESTIONS)
def test_danger_and_missing_come_first_whatever_else_is_so(question: Question) -> None:
    first = route(question, EVERYTHING).first
    if question.missing and not question.danger:
        assert first.why is StepWhy.CHILD_MISSING
    assert (first.why is StepWhy.IN_DANGER) is question.danger


@settings(deadline=None)
@given(QUESTIONS)
def test_nothing_is_read_before_it_is_sent_nor_while_the_desk_is_closed(question: Question) -> None:
    decision = route(question, EVERYTHING)
    for step in decision.steps:
        if step.do is StepKind.CALL:
            assert step.read_by is None
        elif step.read_by is not None:
            assert step.read_by >= question.at
            assert EVERYTHING.services[step.service].hours.state_at(step.read_by) is OpenState.OPEN
    words = [step for step in decision.steps if step.do is not StepKind.CALL]
    assert decision.read_by == (words[0].read_by if words else None)


@settings(deadline=None)
@given(QUESTIONS)
def test_no_number_is_ever_invented(question: Question) -> None:
    for step in route(question, DIRECTORY).steps:
        assert step.phone == DIRECTORY.services[step.service].phones[0].number


@settings(deadline=None)
@given(QUESTIONS)
def test_only_who_receives_here_is_sent_to_and_one_service_leads(question: Question) -> None:
    decision = route(question, EVERYTHING)
    sent = [step for step in decision.steps if step.do is StepKind.SEND]
    assert {step.service for step in sent} <= question.receiving
    words = [step.service for step in decision.steps if step.do is not StepKind.CALL]
    assert words == ([decision.lead] if decision.lead else []) + list(decision.informed)
    assert decision.needs_allocation is (decision.authority is None)


@settings(deadline=None)
@given(QUESTIONS)
def test_a_question_and_its_decision_come_back_from_json_as_they_were(question: Question) -> None:
    decision = route(question, EVERYTHING)
    assert question_from_json(question_to_json(question)) == question
    assert decision_from_json(decision_to_json(decision)) == decision


def test_at_every_minute_of_a_year_exactly_one_of_haltons_teams_is_on_duty() -> None:
    office, emergency = DIRECTORY.services["halton-icart"].hours, DIRECTORY.services["halton-edt"].hours
    at, end, minute = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), timedelta(minutes=1)
    wrong = []
    while at < end:
        if {office.state_at(at), emergency.state_at(at)} != {OpenState.OPEN, OpenState.CLOSED}:
            wrong.append(at)
        at += minute
    assert wrong == []


def test_one_minute_either_side_of_every_change_haltons_first_call_is_whoever_is_there() -> None:
    at, minute = datetime(2026, 1, 1, tzinfo=UTC), timedelta(minutes=1)
    office = DIRECTORY.services["halton-icart"].hours
    while at.year < 2029:
        change = office.next_change(at)
        assert change is not None
        for moment in (change - minute, change, change + minute):
            open_now = office.state_at(moment) is OpenState.OPEN
            first = route(Question(home=in_authority(HALTON), at=moment), DIRECTORY).first
            assert first.service == ("halton-icart" if open_now else "halton-edt")
        at = change


@settings(deadline=None)
@given(INSTANTS)
def test_at_every_instant_cardiffs_numbers_are_said_with_their_doubts_and_101_stands_behind(
    at: datetime,
) -> None:
    decision = route(Question(home=in_authority(CARDIFF), at=at), DIRECTORY)
    assert [(step.phone, step.open, step.phone_unverified) for step in decision.steps[:3]] == [
        ("029 2053 6490", None, False),
        ("029 2078 8570", None, True),
        ("101", True, False),
    ]
    assert decision.first.why is StepWhy.HOURS_NOT_CONFIRMED
