"""What may happen to a referral."""

import pytest

from intake.casework.referral_lifecycle import WAITING_FOR_THE_HUB, first, may, step
from intake.errors import IllegalTransition
from intake.vocabulary import ReferralAct as Act
from intake.vocabulary import ReferralState as State

EXPECTED = {
    (State.NOT_SENT_BY_US, Act.RECORD_CALL): State.TOLD_OUTSIDE,
    (State.TOLD_OUTSIDE, Act.RECORD_CALL): State.TOLD_OUTSIDE,
    (State.TOLD_OUTSIDE, Act.CLOSE): State.CLOSED,
    (State.RECEIVED, Act.RECORD_CALL): State.RECEIVED,
    (State.RECEIVED, Act.TAKE): State.RECEIVED,
    (State.RECEIVED, Act.HAND_BACK): State.RECEIVED,
    (State.RECEIVED, Act.ACKNOWLEDGE): State.ACKNOWLEDGED,
    (State.RECEIVED, Act.WRITE_NOTE): State.RECEIVED,
    (State.RECEIVED, Act.PASS_ON): State.RECEIVED,
    (State.RECEIVED, Act.ACCEPT): State.ACKNOWLEDGED,
    (State.RECEIVED, Act.HAND_OVER): State.PASSED_ON,
    (State.RECEIVED, Act.SEND_ELSEWHERE): State.RECEIVED,
    (State.ACKNOWLEDGED, Act.RECORD_CALL): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.TAKE): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.HAND_BACK): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.COLOUR): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.AWAIT_INFORMATION): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.DECIDE): State.DECIDED,
    (State.ACKNOWLEDGED, Act.WRITE_TO_SCHOOL): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.ANSWER): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.WRITE_NOTE): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.ARRANGE_MEETING): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.PASS_ON): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.ACCEPT): State.ACKNOWLEDGED,
    (State.ACKNOWLEDGED, Act.HAND_OVER): State.PASSED_ON,
    (State.ACKNOWLEDGED, Act.SEND_ELSEWHERE): State.ACKNOWLEDGED,
    (State.DECIDED, Act.SEND_ELSEWHERE): State.DECIDED,
    (State.DECIDED, Act.RECORD_CALL): State.DECIDED,
    (State.DECIDED, Act.TAKE): State.DECIDED,
    (State.DECIDED, Act.HAND_BACK): State.DECIDED,
    (State.DECIDED, Act.AWAIT_INFORMATION): State.ACKNOWLEDGED,
    (State.DECIDED, Act.DECIDE): State.DECIDED,
    (State.DECIDED, Act.WRITE_TO_SCHOOL): State.DECIDED,
    (State.DECIDED, Act.ANSWER): State.DECIDED,
    (State.DECIDED, Act.WRITE_NOTE): State.DECIDED,
    (State.DECIDED, Act.ARRANGE_MEETING): State.DECIDED,
    (State.DECIDED, Act.CLOSE): State.CLOSED,
    (State.CLOSED, Act.RECORD_CALL): State.CLOSED,
    (State.CLOSED, Act.WRITE_NOTE): State.CLOSED,
    (State.CLOSED, Act.TAKE_BACK): State.CLOSED,
    (State.PASSED_ON, Act.TAKE_BACK): State.PASSED_ON,
    (State.PASSED_ON, Act.RECORD_CALL): State.PASSED_ON,
    (State.PASSED_ON, Act.WRITE_NOTE): State.PASSED_ON,
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


def test_a_referral_begins_received_or_left_for_the_sender_to_pass_on() -> None:
    assert first(sent_by_us=True) is State.RECEIVED
    assert first(sent_by_us=False) is State.NOT_SENT_BY_US


@pytest.mark.parametrize("state", State)
def test_a_call_may_be_recorded_whatever_the_state(state: State) -> None:
    assert may(state, Act.RECORD_CALL)


def test_nothing_is_judged_before_the_school_hears_that_somebody_has_read_it() -> None:
    assert not may(State.RECEIVED, Act.COLOUR)
    assert not may(State.RECEIVED, Act.DECIDE)


def test_two_people_cannot_both_acknowledge() -> None:
    assert not may(State.ACKNOWLEDGED, Act.ACKNOWLEDGE)


def test_asking_for_more_puts_a_decided_referral_back_in_the_queue() -> None:
    assert State.DECIDED not in WAITING_FOR_THE_HUB
    assert step(State.DECIDED, Act.AWAIT_INFORMATION) in WAITING_FOR_THE_HUB


@pytest.mark.parametrize("act", Act)
def test_a_closed_referral_stays_closed(act: Act) -> None:
    assert not may(State.CLOSED, act) or step(State.CLOSED, act) is State.CLOSED
