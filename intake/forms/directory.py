"""What an administrator is asked about a change to the directory, in simple forms and as a whole file."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import Hidden, Phone, Text, Words
from intake.forms.times import DateParts
from intake.routing import directory_edit
from intake.routing.directory_edit import Texts
from intake.vocabulary import DirectoryChange

_NO_CHILD = _l("It is kept with the change for good. Never write anything about a child here.")
_SOURCE = _l("Where did you read or hear it?")
_SOURCE_HINT = _l("For example, a letter from the council, or the address of its page, and its date.")
_NO_SOURCE = _l("Say where it comes from: nobody can rely on a fact without a source")
_WHICH = _l("Which number?")


class ReasonForm(BaseForm[str]):
    """Why something is proposed or decided."""

    reason = Words(_l("Why?"), hint=_NO_CHILD, required=_l("Say why"), rows=3, most=1000)

    def draft(self) -> str:
        return str(self.reason.data).strip()


class ChangeForm(ReasonForm):
    """A change to one service; it hands on the directory's texts as they would be."""

    #: Which question a field of the file belongs to, by the end of the field's name.
    ABOUT: ClassVar[Mapping[str, str]] = {}

    @abstractmethod
    def texts(self, texts: Texts, slug: str) -> dict[str, str]:
        """Return the texts with the change in them; raises `Refused` where the service has moved on."""


class NumberForm(ChangeForm):
    """Another number in place of one; `choices` gives those the service has."""

    ABOUT: ClassVar[Mapping[str, str]] = {"number": "instead", "source": "source"}

    number: OneOf[str] = OneOf(_WHICH, required=_l("Choose the number that is no longer right"))
    instead = Phone(_l("New number"), required=_l("Enter the new number"))
    source = Text(_SOURCE, hint=_SOURCE_HINT, required=_NO_SOURCE)

    def texts(self, texts: Texts, slug: str) -> dict[str, str]:
        said = self.instead.data.strip(), self.source.data.strip()
        return directory_edit.with_number(texts, slug, str(self.number.data), *said)


class CheckedForm(ChangeForm):
    """Somebody rang a number, or read it on the service's own page, and it is right."""

    ABOUT: ClassVar[Mapping[str, str]] = {"checked_by": "checked_by", "checked_on": "checked_on"}

    number: OneOf[str] = OneOf(_WHICH, required=_l("Choose the number that was checked"))
    checked_on = DateParts(_l("On which day?"), past=True, required=_l("Say on which day it was checked"))
    checked_by = Text(
        _l("Who checked it?"),
        hint=_l("Everybody sees this beside the number. A school or a team will do."),
        required=_l("Say who checked it"),
        most=80,
    )
    reason = Words(
        _l("How was it checked?"),
        hint=_l("For example: rang it at 10am and the duty team answered. Nothing about a child."),
        required=_l("Say how it was checked"),
        rows=3,
        most=1000,
    )

    def texts(self, texts: Texts, slug: str) -> dict[str, str]:
        said = self.checked_on.data, self.checked_by.data.strip()
        return directory_edit.with_check(texts, slug, str(self.number.data), *said)


class HoursForm(ChangeForm):
    """Other hours, or that they are not known."""

    ABOUT: ClassVar[Mapping[str, str]] = {"notation": "notation", "nation": "notation", "source": "source"}

    known: OneOf[str] = OneOf(
        _l("Do you know the hours?"),
        {"yes": _l("Yes"), "no": _l("No: nobody has confirmed them")},
        required=_l("Say whether the hours are known"),
    )
    notation = Text(
        _l("Hours"),
        hint=_l("Like this: Mo-Th 09:00-17:00; Fr 09:00-16:30; PH off. PH means bank holidays."),
        most=500,
        autocomplete="off",
        spellcheck=False,
    )
    source = Text(_SOURCE, hint=_SOURCE_HINT, required=_NO_SOURCE)

    def check(self) -> None:
        if self.known.data == "yes" and not self.notation.data.strip():
            self.refuse("notation", str(_("Write the hours")))

    def texts(self, texts: Texts, slug: str) -> dict[str, str]:
        notation = self.notation.data.strip() if self.known.data == "yes" else ""
        return directory_edit.with_hours(texts, slug, notation, self.source.data.strip())


class DayForm(ChangeForm):
    """One day that is not like the others."""

    ABOUT: ClassVar[Mapping[str, str]] = {"hours": "hours", "notation": "hours", "on": "on"}

    on = DateParts(_l("Which day?"), required=_l("Say which day"))
    open_then: OneOf[str] = OneOf(
        _l("What happens on that day?"),
        {"off": _l("It is closed all day"), "hours": _l("It has other hours")},
        required=_l("Say what happens on that day"),
    )
    hours = Text(
        _l("Hours on that day"),
        hint=_l("Like this: 09:00-12:00"),
        most=80,
        width="20",
        autocomplete="off",
        spellcheck=False,
    )

    def check(self) -> None:
        if self.open_then.data == "hours" and not self.hours.data.strip():
            self.refuse("hours", str(_("Write the hours of that day")))

    def texts(self, texts: Texts, slug: str) -> dict[str, str]:
        hours = self.hours.data.strip() if self.open_then.data == "hours" else "off"
        return directory_edit.with_day(texts, slug, self.on.data, hours)


class EndForm(ChangeForm):
    """The last day on which a service is there."""

    ABOUT: ClassVar[Mapping[str, str]] = {"valid_to": "last_day"}

    last_day = DateParts(_l("Last day"), required=_l("Say which day is its last"))

    def texts(self, texts: Texts, slug: str) -> dict[str, str]:
        return directory_edit.with_end(texts, slug, self.last_day.data)


class FileForm(ReasonForm):
    """A whole file as text; `base` is the version it was taken from."""

    base = Hidden("")
    name = Text(
        _l("Name of the file"),
        hint=_l("A council's file begins with its code: E06000006-halton.toml"),
        required=_l("Give the file a name"),
        most=80,
        spellcheck=False,
        autocomplete="off",
    )
    text = Words(_l("The file"), required=_l("The file is empty"), rows=30, most=400_000)

    def check(self) -> None:
        if self.name.data and not self.name.data.endswith(".toml"):
            self.refuse("name", str(_("The name of the file ends in .toml")))


class ApproveForm(BaseForm[str]):
    """Approving a change as it is shown; `shown` is the version that would be in force."""

    shown = Hidden("")
    answer = Words(_l("Anything to add? (optional)"), hint=_NO_CHILD, rows=2, most=1000)

    def draft(self) -> str:
        return str(self.answer.data).strip()


FORMS: Mapping[DirectoryChange, type[ChangeForm]] = {
    DirectoryChange.NUMBER: NumberForm,
    DirectoryChange.CHECKED: CheckedForm,
    DirectoryChange.HOURS: HoursForm,
    DirectoryChange.DAY: DayForm,
    DirectoryChange.END: EndForm,
}
