"""What may happen to a safety-plan meeting, and in what order."""

from typing import Final

from intake.casework.lifecycle import Lifecycle, stays
from intake.vocabulary import MeetingAct, MeetingState

FIRST: Final = MeetingState.ARRANGED

_TABLE: Final[Lifecycle[MeetingState, MeetingAct]] = Lifecycle(
    {
        # A meeting has one set of minutes; whatever is written after that says what it corrects.
        MeetingAct.MINUTE: {MeetingState.ARRANGED: MeetingState.HELD},
        MeetingAct.CORRECT: stays(MeetingState.HELD),
        # A meeting that was called off is not brought back: another is arranged, and both are in the history.
        MeetingAct.MOVE: stays(MeetingState.ARRANGED),
        MeetingAct.CALL_OFF: {MeetingState.ARRANGED: MeetingState.CALLED_OFF},
    }
)

step = _TABLE.step
may = _TABLE.may
