"""A question and a decision as JSON: kept as they were, readable later."""

import json

import pytest

from intake.routing.places import at_postcode
from intake.routing.question import Question
from intake.routing.record import decision_from_json, decision_to_json, question_from_json, question_to_json
from tests.unit.routing.cases import AT_HALTON, MONDAY, ask, local

QUESTION = Question(home=at_postcode("WA8 7QF"), at=local(MONDAY), conflicted_staff=frozenset({"b", "a"}))


def test_what_is_written_is_plain_json() -> None:
    written = json.loads(json.dumps(question_to_json(QUESTION)))
    assert written["home"] == {"kind": "known", "authority": None, "postcode": "WA8 7QF"}
    assert written["conflicted_staff"] == ["a", "b"]
    assert question_from_json(written) == QUESTION
    decision = ask(AT_HALTON, age=3)
    assert decision_from_json(json.loads(json.dumps(decision_to_json(decision)))) == decision


def test_a_question_written_before_a_field_was_asked_is_still_read() -> None:
    written = dict(question_to_json(QUESTION))
    del written["urgent"]
    assert question_from_json(written) == QUESTION


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
