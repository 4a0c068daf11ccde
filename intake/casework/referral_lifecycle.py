"""What may happen to a referral on both sides of the door, and in what order."""

from typing import Final

from intake.casework.lifecycle import Lifecycle, stays
from intake.vocabulary import ReferralAct, ReferralState

_NOT_SENT = ReferralState.NOT_SENT_BY_US
_TOLD = ReferralState.TOLD_OUTSIDE
_RECEIVED = ReferralState.RECEIVED
_ACKNOWLEDGED = ReferralState.ACKNOWLEDGED
_DECIDED = ReferralState.DECIDED
_CLOSED = ReferralState.CLOSED
_PASSED_ON = ReferralState.PASSED_ON

#: States in which the duty service's clock runs and the referral stands in its queue.
WAITING_FOR_THE_HUB: Final = frozenset({_RECEIVED, _ACKNOWLEDGED})

_TABLE: Final[Lifecycle[ReferralState, ReferralAct]] = Lifecycle(
    {
        # The first call takes an unsent referral off the lead's page; every later one is kept as well.
        ReferralAct.RECORD_CALL: {
            _NOT_SENT: _TOLD,
            **stays(_TOLD, _RECEIVED, _ACKNOWLEDGED, _DECIDED, _CLOSED, _PASSED_ON),
        },
        ReferralAct.TAKE: stays(_RECEIVED, _ACKNOWLEDGED, _DECIDED),
        ReferralAct.HAND_BACK: stays(_RECEIVED, _ACKNOWLEDGED, _DECIDED),
        ReferralAct.ACKNOWLEDGE: {_RECEIVED: _ACKNOWLEDGED},
        # Judging needs reading, and the school hears that somebody has read before anybody judges.
        ReferralAct.COLOUR: stays(_ACKNOWLEDGED),
        # Asking the school for more puts a decided referral back under the clock; it never stops the clock.
        ReferralAct.AWAIT_INFORMATION: {_ACKNOWLEDGED: _ACKNOWLEDGED, _DECIDED: _ACKNOWLEDGED},
        ReferralAct.DECIDE: {_ACKNOWLEDGED: _DECIDED, _DECIDED: _DECIDED},
        # The school hears first that a person has it; to a closed referral nobody would read an answer.
        ReferralAct.WRITE_TO_SCHOOL: stays(_ACKNOWLEDGED, _DECIDED),
        ReferralAct.ANSWER: stays(_ACKNOWLEDGED, _DECIDED),
        ReferralAct.WRITE_NOTE: stays(_RECEIVED, _ACKNOWLEDGED, _DECIDED, _CLOSED, _PASSED_ON),
        ReferralAct.ARRANGE_MEETING: stays(_ACKNOWLEDGED, _DECIDED),
        # A closed referral stays closed: what comes later is a new referral that may name it.
        ReferralAct.CLOSE: {_DECIDED: _CLOSED, _TOLD: _CLOSED},
        # Passing on changes nothing yet: the first service has it until the next one accepts.
        ReferralAct.PASS_ON: stays(_RECEIVED, _ACKNOWLEDGED),
        # Accepting is a person saying 'I have this', and the sender is told so: it acknowledges.
        ReferralAct.ACCEPT: {_RECEIVED: _ACKNOWLEDGED, _ACKNOWLEDGED: _ACKNOWLEDGED},
        ReferralAct.HAND_OVER: {_RECEIVED: _PASSED_ON, _ACKNOWLEDGED: _PASSED_ON},
        # From the wrong place it begins anew: where to, and so which state, only the routing can tell.
        ReferralAct.SEND_ELSEWHERE: stays(_RECEIVED, _ACKNOWLEDGED, _DECIDED),
        # What is over stays over: the hold of the wrong place ends, and nothing is sent anywhere.
        ReferralAct.TAKE_BACK: stays(_CLOSED, _PASSED_ON),
    }
)

#: Saying that it went to the wrong place: while somebody works on it, and when nobody does any more.
WRONG_PLACE: Final = (ReferralAct.SEND_ELSEWHERE, ReferralAct.TAKE_BACK)

step = _TABLE.step
may = _TABLE.may


def first(*, sent_by_us: bool) -> ReferralState:
    """Return the state of a new referral: received, or left for the sender to pass on by other means."""
    return _RECEIVED if sent_by_us else _NOT_SENT
