"""Questions answered in words: each takes whatever is posted without falling over."""

from typing import Any, ClassVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

#: What nobody can type, but a paste or a hand-made request may hold: line ends of other kinds become line
#: ends, the other control characters go.
_UNTYPABLE: dict[int, str | None] = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)))
_UNTYPABLE |= {ord("\t"): "\t", ord("\n"): "\n"} | dict.fromkeys((0x0B, 0x0C, 0x0D, 0x85), "\n")

#: A whole number that a page carries has no more.
_DIGITS = 10


def as_typed(posted: object) -> str:
    """Return a posted value as the person typed it, with line ends as one character each."""
    return str(posted).replace("\r\n", "\n").translate(_UNTYPABLE)


class Question(Field):
    """One question; `required` is the sentence shown when it is left empty, or None when it may be.

    Subclasses say which component shows them and turn the posted values into `data`.
    """

    component: ClassVar[str] = "input"

    def __init__(self, label: str, *, hint: str = "", required: str | None = None, **bound: Any) -> None:
        super().__init__(label, **bound)
        self.hint = hint
        self.required = required

    @property
    def anchor(self) -> str:
        """The id of the control that a line of the error summary leads to; '' where there is none to see."""
        return "" if self.component == "hidden" else self.id

    @property
    def empty(self) -> bool:
        """Whether nothing was answered."""
        return self.data is None

    def pre_validate(self, form: BaseForm) -> None:
        if self.process_errors:
            raise StopValidation
        if self.empty:
            raise StopValidation(self.required or "")

    def posted(self) -> dict[str, list[str]]:
        """Return what was typed, by the names it was posted under."""
        return {self.name: list(self.raw_data or ())}

    def refuse(self, message: str) -> None:
        """Add an error found after the answer was taken, by another answer or by the service."""
        self.errors = [*self.errors, message]


class Text(Question):
    """A line of text, kept as typed; `data` is '' when nothing was typed."""

    input_type: ClassVar[str] = "text"
    #: What holds unless the form says otherwise.
    most: int = 200
    width: str = ""
    autocomplete: str | None = None
    inputmode: str | None = None
    spellcheck: bool | None = None

    def __init__(
        self,
        label: str,
        *,
        most: int | None = None,
        width: str | None = None,
        autocomplete: str | None = None,
        inputmode: str | None = None,
        spellcheck: bool | None = None,
        **asked: Any,
    ) -> None:
        super().__init__(label, **asked)
        self.most = self.most if most is None else most
        self.width = self.width if width is None else width
        self.autocomplete = autocomplete or self.autocomplete
        self.inputmode = inputmode or self.inputmode
        self.spellcheck = self.spellcheck if spellcheck is None else spellcheck

    @property
    def empty(self) -> bool:
        return not self.data.strip()

    def process_data(self, value: object) -> None:
        self.data = "" if value is None else str(value)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Take the first value, whatever else was posted under the same name."""
        if valuelist:
            self.data = as_typed(valuelist[0])

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:  # noqa: FBT001 - WTForms' own
        typed = len(self.data)
        if typed > self.most:
            self.refuse(
                _(
                    "Shorten this to %(most)s characters or fewer. You have %(typed)s.",
                    most=f"{self.most:,}",
                    typed=f"{typed:,}",
                )
            )


class Words(Text):
    """Several lines of somebody's own words."""

    component = "textarea"
    most = 20_000

    def __init__(self, label: str, *, rows: int = 6, **options: Any) -> None:
        super().__init__(label, **options)
        self.rows = rows


class Email(Text):
    """An e-mail address: shape only, whether it exists is found out by writing to it."""

    input_type = "email"
    most = 254
    autocomplete = "email"
    spellcheck = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = self.data.strip()
        before, at, after = self.data.rpartition("@")
        if self.data and not (before and at and "." in after and " " not in self.data):
            raise ValueError(_("Enter an email address like name@example.org"))


class Phone(Text):
    """A telephone number as people write it; never refused for its shape."""

    input_type = "tel"
    most = 40
    width = "20"
    autocomplete = "off"


class Password(Text):
    """A password: taken exactly as typed and never shown again."""

    component = "password-input"
    most = 1_000
    autocomplete = "current-password"

    @property
    def empty(self) -> bool:
        return not self.data


class Code(Text):
    """A short code from a telephone or a list; spaces and hyphens in it do not matter."""

    most = 40
    width = "10"
    autocomplete = "one-time-code"
    spellcheck = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.data = "".join(self.data.split()).replace("-", "")


class Hidden(Text):
    """Something the page carries and nobody is asked, such as a once-key."""

    component = "hidden"


class HiddenNumber(Question):
    """A whole number the page carries, such as the version it was made from."""

    component = "hidden"

    def __init__(self, label: str = "", *, required: str | None = None, **bound: Any) -> None:
        stale = _l("This page is out of date. Open it again; your words can be copied from here first.")
        super().__init__(label, required=required or stale, **bound)

    def process_formdata(self, valuelist: list[Any]) -> None:
        said = str(valuelist[0]) if valuelist else ""
        self.data = int(said) if said.isascii() and said.isdecimal() and len(said) <= _DIGITS else None
