"""A telephone call that was made about a referral."""

from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.calendars.local_time import from_local
from intake.casework.drafts import CallDraft
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import Phone, Text, Words
from intake.forms.times import DateParts, TimeOfDay
from intake.words.refusals import refusal


class CallForm(BaseForm[CallDraft]):
    """Whom somebody rang, when, and what was said."""

    spoke_to = Text(
        _l("Whom did you ring?"),
        hint=_l("The name of the person if you have it, else their job or service."),
        required=refusal("call.spoke_to_missing"),
        autocomplete="off",
    )
    number = Phone(_l("On which number? (optional)"))
    called_on = DateParts(_l("On which day?"), required=_l("Say on which day you rang."), past=True)
    called_at = TimeOfDay(_l("At what time?"), required=_l("Say at what time you rang, roughly."))
    said = Words(
        _l("What was said? (optional)"),
        hint=_l("What they told you to do, any reference they gave you, and what happens next."),
        rows=4,
    )

    @property
    def at(self) -> datetime:
        """When the call was made, in UTC; the time given is read as local."""
        return from_local(datetime.combine(self.called_on.data, self.called_at.data))

    def draft(self) -> CallDraft:
        return CallDraft(
            spoke_to=self.spoke_to.data, number=self.number.data, said=self.said.data, called_at=self.at
        )


class ReferralCallForm(CallForm):
    """The same of a call about a referral: whether anybody was told, and was only told for information."""

    FIRST = ("whom", "spoke_to", "answered")
    #: The answer that it was none of those who are only told.
    OTHER: Final = "other"

    whom = OneOf[str](_l("Which service was the call to?"))
    answered = OneOf(
        _l("Did anybody answer?"),
        {"yes": _l("Yes"), "no": _l("No, nobody answered")},
        hint=_l("A message left on a machine is not an answer."),
        required=_l("Say whether anybody answered."),
    )
    #: Whether somebody waits to be told; a form made before that, or after, is taken without this answer.
    must_say_whom = False

    def check(self) -> None:
        if self.must_say_whom and self.whom.data is None:
            self.refuse(
                "whom", _("Say which service you rang: who is only told for information does not act on it.")
            )

    def draft(self) -> CallDraft:
        whom = self.whom.data
        telling_id = None if whom in {None, self.OTHER} else UUID(whom)
        return replace(super().draft(), telling_id=telling_id, answered=self.answered.data == "yes")
