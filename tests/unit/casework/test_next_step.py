"""One clear next thing, for every state a referral can be in."""

import pytest

from intake.casework.next_step import next_step
from intake.casework.referral_lifecycle import may
from intake.vocabulary import Colour, ReferralAct, ReferralState


@pytest.mark.parametrize("state", [ReferralState.RECEIVED, ReferralState.ACKNOWLEDGED])
def test_whoever_acts_takes_it_first(state: ReferralState) -> None:
    assert next_step(state, None, is_mine=False) is ReferralAct.TAKE


def test_the_order_is_acknowledge_then_colour_then_decide() -> None:
    assert next_step(ReferralState.RECEIVED, None, is_mine=True) is ReferralAct.ACKNOWLEDGE
    assert next_step(ReferralState.ACKNOWLEDGED, None, is_mine=True) is ReferralAct.COLOUR
    assert next_step(ReferralState.ACKNOWLEDGED, Colour.RED, is_mine=True) is ReferralAct.DECIDE


@pytest.mark.parametrize("state", [ReferralState.DECIDED, ReferralState.CLOSED])
def test_nothing_presses_once_it_is_decided(state: ReferralState) -> None:
    assert next_step(state, Colour.RED, is_mine=True) is None


@pytest.mark.parametrize("state", ReferralState)
@pytest.mark.parametrize("colour", [None, *Colour])
@pytest.mark.parametrize("is_mine", [True, False])
def test_the_next_step_is_always_one_that_may_be_done(
    state: ReferralState, colour: Colour | None, *, is_mine: bool
) -> None:
    step = next_step(state, colour, is_mine=is_mine)

    assert step is None or may(state, step)
