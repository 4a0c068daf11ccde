"""What may become of a passing on, and of a breach."""

from typing import Final

from intake.casework.lifecycle import Lifecycle, stays
from intake.vocabulary import BreachAct, BreachState, PassingAct, PassingState

_OFFERED = PassingState.OFFERED
_OUTSIDE = PassingState.TO_HAND_OVER

#: States in which nobody has taken it over yet: the service that passes it on has it and answers for it.
WAITING: Final = frozenset({_OFFERED, _OUTSIDE})

_PASSING: Final[Lifecycle[PassingState, PassingAct]] = Lifecycle(
    {
        PassingAct.ACCEPT: {_OFFERED: PassingState.ACCEPTED},
        PassingAct.DECLINE: {_OFFERED: PassingState.DECLINED},
        PassingAct.KEEP: {_OFFERED: PassingState.KEPT, _OUTSIDE: PassingState.KEPT},
        # Whoever receives here answers here; only somebody who does not is handed it by telephone.
        PassingAct.HAND_OVER: {_OUTSIDE: PassingState.HANDED_OVER},
    }
)

_UNDECIDED = BreachState.UNDECIDED
_TO_REPORT = BreachState.TO_REPORT
_NOT_TO_REPORT = BreachState.NOT_TO_REPORT

_BREACH: Final[Lifecycle[BreachState, BreachAct]] = Lifecycle(
    {
        BreachAct.FIND: {},
        BreachAct.DO: stays(_UNDECIDED, _TO_REPORT, _NOT_TO_REPORT),
        BreachAct.TELL: stays(_UNDECIDED, _TO_REPORT, _NOT_TO_REPORT),
        # What is learned later may change the decision either way; each stays written with its reason.
        BreachAct.REPORT: {_UNDECIDED: _TO_REPORT, _NOT_TO_REPORT: _TO_REPORT},
        BreachAct.NOT_REPORT: {_UNDECIDED: _NOT_TO_REPORT, _TO_REPORT: _NOT_TO_REPORT},
        BreachAct.CLOSE: {_TO_REPORT: BreachState.CLOSED, _NOT_TO_REPORT: BreachState.CLOSED},
    }
)

step = _PASSING.step
breach_step = _BREACH.step
breach_may = _BREACH.may
