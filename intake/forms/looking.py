"""Between which times looks are asked about; the report is asked by address, as the trail is."""

from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.meta import DefaultMeta

from intake.calendars.local_time import from_local, midnight
from intake.casework.pack_asked import PackAsked
from intake.forms.base import BaseForm
from intake.forms.choices import OneOfMany, Tick
from intake.forms.fields import Words
from intake.forms.times import DateParts, TimeOfDay
from intake.queries.looks import Period
from intake.words.refusals import refusal

#: More of it nobody reads on a page; the command makes it for any time.
MOST: Final = timedelta(days=31)
#: No trail of this program reaches further back.
_FIRST: Final = 2020


class PeriodForm(BaseForm[Period]):
    """Two days: what is asked about begins with the first and ends with the last."""

    since = DateParts(_l("From"), required=_l("Enter the day it begins"), past=True)
    until = DateParts(_l("To"), required=_l("Enter the day it ends"), past=True)

    def check(self) -> None:
        if any(self.problems()):
            return
        if self.since.data.year < _FIRST:
            self.refuse("since", _("There is no trail from that time"))
        elif self.draft().ends <= self.draft().begins:
            self.refuse("until", _("The end is before the beginning"))
        elif self.draft().ends - self.draft().begins > MOST:
            self.refuse("until", _("Choose at most 31 days"))

    def draft(self) -> Period:
        since: date = self.since.data
        until: date = self.until.data
        return Period(midnight(since), midnight(until + timedelta(days=1)))


class LookingForm(PeriodForm):
    """The days of which looks are asked about."""

    class Meta(DefaultMeta):
        """Looking changes nothing, so no token is asked for."""

        csrf = False


class PackForm(PeriodForm):
    """Between which times it is asked who saw what, of everybody or one person, where, and why."""

    FIRST = ("since", "since_time", "until")

    since_time = TimeOfDay(_l("From what time? (optional)"))
    until_time = TimeOfDay(_l("To what time? (optional)"))
    person = OneOfMany[UUID](_l("Who"), blank=_l("Everybody"))
    whole = Tick(
        _l("Whoever runs the machine is to make it there: cases that are closed to me are in it as well")
    )
    why = Words(
        _l("Why?"),
        hint=_l("A second person reads this and decides. Write nothing about a child."),
        required=refusal("second_person.reason_missing"),
        rows=3,
        most=2_000,
    )

    def asked(self) -> PackAsked:
        """Return precisely what is asked for."""
        period = self.draft()
        return PackAsked(period.begins, period.ends, self.person.data, whole=self.whole.data)

    def draft(self) -> Period:
        whole = super().draft()
        return Period(
            _instant(self.since.data, self.since_time.data) or whole.begins,
            _instant(self.until.data, self.until_time.data) or whole.ends,
        )


def _instant(day: date, at: time | None) -> datetime | None:
    return None if at is None else from_local(datetime.combine(day, at))
