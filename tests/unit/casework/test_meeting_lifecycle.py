"""What may happen to a safety-plan meeting."""

import pytest

from intake.casework import meeting_lifecycle
from intake.casework.meeting_lifecycle import may, step
from intake.errors import IllegalTransition
from intake.vocabulary import MeetingAct as Act
from intake.vocabulary import MeetingState as State


def test_a_meeting_begins_as_arranged() -> None:
    assert meeting_lifecycle.FIRST is State.ARRANGED


def test_minutes_make_an_arranged_meeting_one_that_was_held() -> None:
    assert step(State.ARRANGED, Act.MINUTE) is State.HELD


def test_minutes_may_be_corrected_again_and_again() -> None:
    assert step(State.HELD, Act.CORRECT) is State.HELD


@pytest.mark.parametrize(("state", "act"), [(State.HELD, Act.MINUTE), (State.ARRANGED, Act.CORRECT)])
def test_a_meeting_has_one_set_of_minutes_and_nothing_to_correct_before_it(state: State, act: Act) -> None:
    assert not may(state, act)
    with pytest.raises(IllegalTransition):
        step(state, act)
