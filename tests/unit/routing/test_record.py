"""A question and a decision as JSON: kept as they were, readable later."""

import json
from dataclasses import replace
from datetime import date

import pytest

from intake.routing.codes import Reason, WrittenChannel
from intake.routing.explanation import explain
from intake.routing.places import AuthorityName, Located, at_postcode
from intake.routing.question import Question
from intake.routing.record import decision_from_json, decision_to_json, question_from_json, question_to_json
from intake.vocabulary import Nation
from tests.unit.routing.cases import AT_HALTON, MONDAY, MONDAY_EVENING, ask, local

QUESTION = Question(home=at_postcode("WA8 7QF"), at=local(MONDAY), conflicted_staff=frozenset({"b", "a"}))


def test_what_is_written_is_plain_json() -> None:
    written = json.loads(json.dumps(question_to_json(QUESTION)))
    assert written["home"] == {"kind": "known", "authority": None, "postcode": "WA8 7QF", "located": None}
    assert written["conflicted_staff"] == ["a", "b"]
    assert question_from_json(written) == QUESTION
    decision = ask(AT_HALTON, age=3)
    assert decision_from_json(json.loads(json.dumps(decision_to_json(decision)))) == decision


def test_a_question_written_before_a_field_was_asked_is_still_read() -> None:
    written = dict(question_to_json(QUESTION))
    for name in ("urgent", "due_on", "in_care", "caring", "allocated", "about_staff", "passed_on"):
        del written[name]
    written["home"] = {"kind": "known", "authority": None, "postcode": "WA8 7QF"}
    assert question_from_json(written) == QUESTION


def test_what_is_asked_of_care_birth_and_staff_comes_back() -> None:
    question = replace(
        QUESTION,
        due_on=date(2027, 2, 1),
        in_care=True,
        caring="W06000015",
        allocated=True,
        about_staff=True,
        passed_on=frozenset({"halton-icart"}),
    )
    assert question_from_json(json.loads(json.dumps(question_to_json(question)))) == question


def test_a_decision_written_before_its_steps_said_when_they_are_read_is_still_read_and_said() -> None:
    decision = ask(AT_HALTON, MONDAY_EVENING, receiving=frozenset({"halton-icart"}))
    written = json.loads(json.dumps(decision_to_json(decision)))
    del written["caring"]
    for step in written["steps"]:
        for name in ("read_by", "urgent_only", "channel", "where", "other_phones"):
            del step[name]
    old = decision_from_json(written)
    assert (old.caring, old.steps[-1].read_by, old.steps[-1].other_phones) == (None, None, ())
    assert explain(old) == explain(decision)


def test_the_other_numbers_and_ways_of_a_step_come_back() -> None:
    step = replace(
        ask(AT_HALTON).steps[-1],
        channel=WrittenChannel.SECURE_EMAIL,
        where="duty@council.invalid",
        urgent_only=True,
        other_phones=(("cy", "029 2000 0000"),),
    )
    decision = replace(ask(AT_HALTON), steps=(step,))
    assert decision_from_json(json.loads(json.dumps(decision_to_json(decision)))) == decision


def test_what_a_table_said_of_the_postcode_is_kept_with_the_question() -> None:
    halton = AuthorityName("E06000006", "Halton", Nation.ENGLAND)
    found = Located(halton, (), None, terminated_on=date(2019, 3, 1), police_force="cheshire")
    either = Located(None, (halton,), Reason.WHICH_COUNCIL)
    question = replace(QUESTION, home=at_postcode("WA8 7QF", found), found=at_postcode("WA8", either))
    written = json.loads(json.dumps(question_to_json(question)))
    assert written["home"]["located"]["terminated_on"] == "2019-03-01"
    assert question_from_json(written) == question
    for name in ("terminated_on", "police_force"):
        del written["found"]["located"][name]
    assert question_from_json(written) == question


@pytest.mark.parametrize(
    "spoilt",
    [
        {"at": 5},
        {"at": "yesterday"},
        {"danger": "yes"},
        {"home": {"kind": "elsewhere"}},
        {"home": None},
        {"receiving": [1]},
        {"unknown": 1},
    ],
)
def test_what_is_not_a_question_is_refused(spoilt: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        question_from_json({**question_to_json(QUESTION), **spoilt})


def test_a_question_that_lacks_what_it_must_have_is_refused() -> None:
    with pytest.raises(ValueError, match="not a Question"):
        question_from_json({"danger": True})
    with pytest.raises(ValueError, match="not a Decision"):
        decision_from_json({})
