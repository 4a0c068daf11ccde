"""What may happen to a concern in the school, and in what order."""

from typing import Final

from intake.casework.lifecycle import Lifecycle, stays
from intake.vocabulary import ConcernAct, ConcernState

FIRST: Final = ConcernState.RECORDED

_RECORDED = ConcernState.RECORDED
_READ = ConcernState.READ
_REFERRED = ConcernState.REFERRED
_KEPT = ConcernState.KEPT

_TABLE: Final[Lifecycle[ConcernState, ConcernAct]] = Lifecycle(
    {
        # Who read it first, and when, is kept beside the state: a concern that its reporter referred before
        # the lead had seen it goes on being unread until the lead reads it.
        ConcernAct.READ: {_RECORDED: _READ, **stays(_READ, _REFERRED, _KEPT)},
        ConcernAct.ADD_DETAIL: stays(_RECORDED, _READ, _REFERRED, _KEPT),
        # A reporter may refer what nobody has read, a kept concern may be referred when more is known, and a
        # referred one may be referred again: nothing ever stands between a worry and the duty service.
        ConcernAct.REFER: {_RECORDED: _REFERRED, _READ: _REFERRED, _KEPT: _REFERRED, _REFERRED: _REFERRED},
        # A concern is never kept unread, and what went to the duty service is not the school's to keep.
        ConcernAct.KEEP: {_READ: _KEPT, _KEPT: _KEPT},
    }
)

step = _TABLE.step
may = _TABLE.may
