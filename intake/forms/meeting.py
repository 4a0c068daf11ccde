"""What is asked when a safety-plan meeting is arranged."""

from datetime import date, datetime
from typing import Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.calendars.local_time import from_local
from intake.casework.documents.meeting import Invitation, Invitee
from intake.casework.drafts import MeetingDraft
from intake.forms.base import Part, Rows
from intake.forms.fields import Text, Words
from intake.forms.row_forms import FormOfRows
from intake.forms.times import DateParts, TimeOfDay
from intake.words.refusals import refusal

#: Rows that stand ready; 'Add another' gives one more.
READY: Final = 4
MOST_INVITED: Final = 40
#: Further than this from today a day was mistyped.
A_YEAR: Final = 366


class InviteeRow(Part):
    """One person to be asked."""

    name = Text(_l("Name"), autocomplete="off", spellcheck=False)
    post = Text(_l("Job or relationship to the child"), autocomplete="off")
    agency = Text(_l("Agency"), autocomplete="off")


class MeetingForm(FormOfRows[MeetingDraft]):
    """When and where the meeting is, what it is for, and who is asked."""

    on = DateParts(
        _l("Which day?"),
        hint=_l("For example, 27 11 2026"),
        required=_l("Give the day of the meeting"),
    )
    at = TimeOfDay(_l("At what time?"), required=_l("Give the time the meeting starts"))
    place = Text(
        _l("Where?"),
        hint=_l("A room, an address, or how to join from elsewhere"),
        required=_l("Say where the meeting is, or how to join it"),
        autocomplete="off",
    )
    purpose = Words(
        _l("What is it for?"),
        hint=_l("What has to be settled at this meeting for the child to be safer."),
        required=_l("Say what the meeting is for"),
        rows=3,
    )
    invitees = Rows(InviteeRow, _l("Person"), least=READY, most=MOST_INVITED)

    def check(self) -> None:
        """Ask for a day that can be meant, and for at least one person, each named or described."""
        if self.on.data and self.today and (wrong := too_far_off(self.on.data, self.today)):
            self.refuse("on", wrong)
        rows = self.filled("invitees")
        if not rows:
            self.invitees.entries[0].form["name"].refuse(str(refusal("meeting.nobody_invited")))
        for place, row in enumerate(rows):
            if row["name"].empty and row.post.empty:
                self.refuse(f"invitees-{place}-name", str(refusal("meeting.invitee_unnamed")))

    def draft(self) -> MeetingDraft:
        invitees = tuple(
            Invitee(row["name"].data, row.post.data, row.agency.data) for row in self.filled("invitees")
        )
        starts_at = from_local(datetime.combine(self.on.data, self.at.data))
        return MeetingDraft(starts_at, Invitation(self.place.data, self.purpose.data, invitees))


def too_far_off(on: date, today: date) -> str:
    """Return what to say of a day nobody can have meant, or nothing."""
    if abs((on - today).days) <= A_YEAR:
        return ""
    return str(_("That is more than a year from today. Check the year"))
