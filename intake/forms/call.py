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


class CallForm(BaseForm[CallDraft]):
    """Whom the school spoke to, when, and what was said."""

    spoke_to = Text(
        _l("Whom did you speak to?"),
        hint=_l("Their name if they gave one, else their job. Write 'no answer' if nobody answered."),
        required=_l("Say whom you spoke to. If they gave no name, write their job, or 'no answer'."),
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
    """The same of a call about a referral, and whether it told one who is only told for information."""

    #: The answer that it was none of those who are only told.
    OTHER: Final = "other"

    whom = OneOf[str](_l("Whom did you tell?"))
    #: Whether somebody waits to be told; a form made before that, or after, is taken without this answer.
    must_say_whom = False

    def check(self) -> None:
        if self.must_say_whom and self.whom.data is None:
            self.refuse("whom", _("Say whom you told: who is only told for information does not act on it."))

    def draft(self) -> CallDraft:
        told = self.whom.data
        return replace(super().draft(), telling_id=None if told in {None, self.OTHER} else UUID(told))
