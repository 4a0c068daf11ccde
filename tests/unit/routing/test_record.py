"""A question and a decision as JSON: kept as they were, readable later."""

import json
from dataclasses import replace
from datetime import date

import pytest

from intake.routing.codes import Reason
from intake.routing.places import AuthorityName, Located, at_postcode
from intake.routing.question import Question
from intake.routing.record import decision_from_json, decision_to_json, question_from_json, question_to_json
from intake.vocabulary import Nation
from tests.unit.routing.cases import AT_HALTON, MONDAY, ask, local

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
    del written["urgent"]
    written["home"] = {"kind": "known", "authority": None, "postcode": "WA8 7QF"}
    assert question_from_json(written) == QUESTION


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
