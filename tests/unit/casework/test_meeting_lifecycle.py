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


def test_a_meeting_may_be_moved_again_and_again_until_it_is_called_off() -> None:
    assert step(State.ARRANGED, Act.MOVE) is State.ARRANGED
    assert step(State.ARRANGED, Act.CALL_OFF) is State.CALLED_OFF


@pytest.mark.parametrize("act", Act)
def test_a_meeting_that_was_called_off_is_not_brought_back(act: Act) -> None:
    assert not may(State.CALLED_OFF, act)


@pytest.mark.parametrize("act", [Act.MOVE, Act.CALL_OFF])
def test_a_meeting_that_was_held_is_neither_moved_nor_called_off(act: Act) -> None:
    assert not may(State.HELD, act)


@pytest.mark.parametrize(("state", "act"), [(State.HELD, Act.MINUTE), (State.ARRANGED, Act.CORRECT)])
def test_a_meeting_has_one_set_of_minutes_and_nothing_to_correct_before_it(state: State, act: Act) -> None:
    assert not may(state, act)
    with pytest.raises(IllegalTransition):
        step(state, act)
