"""What is asked when somebody is put on duty."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask_babel import lazy_gettext as _l

from intake.calendars.local_time import from_local
from intake.casework.rota import Shift
from intake.forms.base import BaseForm
from intake.forms.choices import OneOfMany
from intake.forms.times import DateParts, TimeOfDay


class ShiftForm(BaseForm[Shift]):
    """Who is on duty, from which day and time, until what time."""

    person: OneOfMany[UUID] = OneOfMany(_l("Who is on duty?"), {}, required=_l("Choose who is on duty"))
    on = DateParts(_l("On which day does the shift begin?"), required=_l("Enter the day it begins"))
    since = TimeOfDay(_l("From what time?"), required=_l("Enter the time it begins"))
    until_time = TimeOfDay(
        _l("Until what time?"),
        hint=_l("For example, 6pm. After a night it is on the next day: 6am, say."),
        required=_l("Enter the time it ends"),
    )

    def draft(self) -> Shift:
        day: date = self.on.data
        since: time = self.since.data
        until: time = self.until_time.data
        last = day if until > since else day + timedelta(days=1)
        begins, ends = datetime.combine(day, since), datetime.combine(last, until)
        return Shift(self.person.data, from_local(begins), from_local(ends))
