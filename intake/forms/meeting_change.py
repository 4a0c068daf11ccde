"""What is asked when a safety-plan meeting is moved or called off."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from intake.calendars.local_time import from_local
from intake.casework.drafts import MoveDraft
from intake.forms.base import BaseForm
from intake.forms.fields import HiddenNumber, Text, Words
from intake.forms.meeting import too_far_off
from intake.forms.times import DateParts, TimeOfDay
from intake.words.refusals import refusal


class MoveForm(BaseForm[MoveDraft]):
    """The new day and time, the place if it changes too, and why."""

    version = HiddenNumber()
    on = DateParts(_l("On which day now?"), required=_l("Give the day of the meeting"))
    at = TimeOfDay(_l("At what time?"), required=_l("Give the time the meeting starts"))
    place = Text(
        _l("Where, if that changes too? (optional)"),
        hint=_l("Left empty, it stays where it was."),
        autocomplete="off",
    )
    reason = Words(
        _l("Why is it moved?"),
        hint=_l("Only your service reads this."),
        required=refusal("meeting.why_moved_missing"),
        rows=3,
    )

    def check(self) -> None:
        """Ask for a day that can be meant."""
        if self.on.data and self.today and (wrong := too_far_off(self.on.data, self.today)):
            self.refuse("on", wrong)

    def draft(self) -> MoveDraft:
        starts_at = from_local(datetime.combine(self.on.data, self.at.data))
        return MoveDraft(starts_at, self.place.data.strip(), self.reason.data)


class CallOffForm(BaseForm[str]):
    """Why the meeting is not held."""

    version = HiddenNumber()
    reason = Words(
        _l("Why is it called off?"),
        hint=_l("And what happens for the child instead. Only your service reads this."),
        required=refusal("meeting.why_called_off_missing"),
        rows=4,
    )

    def draft(self) -> str:
        return str(self.reason.data)
