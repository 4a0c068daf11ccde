"""What may be added to the record of a breach, in the words of its form."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

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
