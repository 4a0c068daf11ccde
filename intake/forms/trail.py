"""What may be looked for in the trail; asked by address, so that a view of it can be come back to."""

from typing import Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms.meta import DefaultMeta

from intake.forms.base import BaseForm
from intake.forms.choices import OneOfMany, Tick
from intake.forms.fields import Text
from intake.forms.times import DateParts
from intake.queries.trail import TrailFilter
from intake.words.events import READINGS, SENTENCES

_ANY: Final = _l("Anything")
_ANYBODY: Final = _l("Anybody")


class TrailForm(BaseForm[TrailFilter]):
    """A reference, a person, a kind of event, a day: any of them, or none."""

    reference = Text(_l("Reference"), width="10", autocomplete="off", spellcheck=False, most=16)
    person = OneOfMany[UUID](_l("Who did it"), blank=_ANYBODY)
    event = OneOfMany(_l("What was done"), SENTENCES, blank=_ANY)
    on = DateParts(_l("On which day"))
    without_readings = Tick(_l("Leave out who only looked or read"))

    class Meta(DefaultMeta):
        """Looking changes nothing, so no token is asked for."""

        csrf = False

    def draft(self) -> TrailFilter:
        return TrailFilter(
            reference=self.reference.data.strip().upper(),
            person_id=self.person.data,
            event=self.event.data or "",
            on=self.on.data,
            but=READINGS if self.without_readings.data else frozenset(),
        )
