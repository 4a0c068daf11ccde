"""What may become of a passing on, and of a breach."""

import pytest

from intake.casework.passing_lifecycle import WAITING, breach_may, breach_step, step
from intake.errors import IllegalTransition
from intake.vocabulary import BreachAct, BreachState, PassingAct, PassingState

PASSINGS = {
    (PassingState.OFFERED, PassingAct.ACCEPT): PassingState.ACCEPTED,
    (PassingState.OFFERED, PassingAct.DECLINE): PassingState.DECLINED,
    (PassingState.OFFERED, PassingAct.KEEP): PassingState.KEPT,
    (PassingState.TO_HAND_OVER, PassingAct.KEEP): PassingState.KEPT,
    (PassingState.TO_HAND_OVER, PassingAct.HAND_OVER): PassingState.HANDED_OVER,
}
OPEN = (BreachState.UNDECIDED, BreachState.TO_REPORT, BreachState.NOT_TO_REPORT)
BREACHES = {
    **{(state, act): state for state in OPEN for act in (BreachAct.DO, BreachAct.TELL)},
    (BreachState.UNDECIDED, BreachAct.REPORT): BreachState.TO_REPORT,
    (BreachState.NOT_TO_REPORT, BreachAct.REPORT): BreachState.TO_REPORT,
    (BreachState.UNDECIDED, BreachAct.NOT_REPORT): BreachState.NOT_TO_REPORT,
    (BreachState.TO_REPORT, BreachAct.NOT_REPORT): BreachState.NOT_TO_REPORT,
    (BreachState.TO_REPORT, BreachAct.CLOSE): BreachState.CLOSED,
    (BreachState.NOT_TO_REPORT, BreachAct.CLOSE): BreachState.CLOSED,
}


@pytest.mark.parametrize("state", PassingState)
@pytest.mark.parametrize("act", PassingAct)
def test_every_act_on_a_passing_is_as_written_down_here(state: PassingState, act: PassingAct) -> None:
    if (state, act) in PASSINGS:
        assert step(state, act) is PASSINGS[state, act]
        assert state in WAITING
    else:
        with pytest.raises(IllegalTransition):
            step(state, act)


@pytest.mark.parametrize("state", BreachState)
@pytest.mark.parametrize("act", BreachAct)
def test_every_act_on_a_breach_is_as_written_down_here(state: BreachState, act: BreachAct) -> None:
    assert breach_may(state, act) is ((state, act) in BREACHES)
    if (state, act) in BREACHES:
        assert breach_step(state, act) is BREACHES[state, act]
    else:
        with pytest.raises(IllegalTransition):
            breach_step(state, act)
