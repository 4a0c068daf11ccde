"""What may happen to a concern."""

import pytest

from intake.casework import concern_lifecycle
from intake.casework.concern_lifecycle import may, step
from intake.errors import IllegalTransition
from intake.vocabulary import ConcernAct as Act
from intake.vocabulary import ConcernState as State

EXPECTED = {
    (State.RECORDED, Act.READ): State.READ,
    (State.RECORDED, Act.ADD_DETAIL): State.RECORDED,
    (State.RECORDED, Act.REFER): State.REFERRED,
    (State.READ, Act.READ): State.READ,
    (State.READ, Act.ADD_DETAIL): State.READ,
    (State.READ, Act.REFER): State.REFERRED,
    (State.READ, Act.KEEP): State.KEPT,
    (State.REFERRED, Act.READ): State.REFERRED,
    (State.REFERRED, Act.ADD_DETAIL): State.REFERRED,
    (State.REFERRED, Act.REFER): State.REFERRED,
    (State.KEPT, Act.READ): State.KEPT,
    (State.KEPT, Act.ADD_DETAIL): State.KEPT,
    (State.KEPT, Act.REFER): State.REFERRED,
    (State.KEPT, Act.KEEP): State.KEPT,
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("act", Act)
def test_every_state_and_act_is_as_written_down_here(state: State, act: Act) -> None:
    if (state, act) in EXPECTED:
        assert may(state, act)
        assert step(state, act) is EXPECTED[state, act]
    else:
        assert not may(state, act)
        with pytest.raises(IllegalTransition):
            step(state, act)


def test_a_concern_begins_as_recorded() -> None:
    assert concern_lifecycle.FIRST is State.RECORDED


@pytest.mark.parametrize("state", State)
def test_a_concern_may_be_referred_whatever_its_state(state: State) -> None:
    assert may(state, Act.REFER)


@pytest.mark.parametrize("state", State)
def test_words_may_be_added_to_a_concern_whatever_its_state(state: State) -> None:
    assert may(state, Act.ADD_DETAIL)


def test_a_concern_nobody_has_read_cannot_be_kept() -> None:
    assert not may(State.RECORDED, Act.KEEP)
