"""Passing on, and what may be added to the record of a breach, in the words of the pages and forms."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake import vocabulary as v
from intake.vocabulary import BreachAct

#: As a choice; finding is not one, for it begins the record.
CHOICES: Final[Mapping[BreachAct, LazyString]] = MappingProxyType(
    {
        BreachAct.DO: _l("Something that was done about it"),
        BreachAct.TELL: _l("Somebody who was told"),
        BreachAct.REPORT: _l("That it will be reported to the Information Commissioner's Office"),
        BreachAct.NOT_REPORT: _l("That it need not be reported"),
        BreachAct.CLOSE: _l("That this record is closed"),
    }
)

PASSING: Final[tuple[Mapping[StrEnum, LazyString], ...]] = (
    {
        v.PassingWhy.WRONG_AREA: _l("The child lives in another council's area"),
        v.PassingWhy.WRONG_SERVICE: _l("Another service must deal with it"),
    },
    {
        v.PassingState.OFFERED: _l("Waiting for an answer"),
        v.PassingState.TO_HAND_OVER: _l("To be handed over by telephone"),
        v.PassingState.ACCEPTED: _l("Accepted"),
        v.PassingState.DECLINED: _l("Declined"),
        v.PassingState.KEPT: _l("Kept after all"),
        v.PassingState.HANDED_OVER: _l("Handed over by telephone"),
    },
    {
        v.PassingAct.ACCEPT: _l("Accept"),
        v.PassingAct.DECLINE: _l("Decline"),
        v.PassingAct.KEEP: _l("Keep it after all"),
        v.PassingAct.HAND_OVER: _l("Hand it over by telephone"),
    },
)
