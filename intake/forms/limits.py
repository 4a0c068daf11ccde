"""What is asked when a duty manager enters the authority's own time limits."""

import re
from collections.abc import Iterable
from typing import Any, Final

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.casework.limits import ColourLimit
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import Text
from intake.vocabulary import Colour

_LENGTH: Final = re.compile(r"(?P<number>\d{1,5}) ?(?P<unit>[a-z]*)", re.ASCII)
_UNITS: Final = {
    **dict.fromkeys(("", "m", "min", "mins", "minute", "minutes"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 60),
}
_LONGEST: Final = 20
_CLOCK: Final = "clock"
_OPEN: Final = "open"
_COUNTED: Final = {_CLOCK: _l("By the clock, day and night"), _OPEN: _l("Only while the service is open")}


class Length(Text):
    """A length of time as people write it: 90, 90 minutes, 4 hours; `data` stays as typed."""

    def __init__(self, label: str, **bound: Any) -> None:
        hint = _l("In minutes or hours: 90 minutes, 4 hours. Left empty, there is no limit.")
        super().__init__(label, hint=hint, most=_LONGEST, width="10", autocomplete="off", **bound)

    @property
    def minutes(self) -> int | None:
        """The length in minutes, or None where nothing was typed or it cannot be read."""
        found = _LENGTH.fullmatch(self.data.strip().lower())
        if found is None or found["unit"] not in _UNITS:
            return None
        return int(found["number"]) * _UNITS[found["unit"]]


def _counted(label: str) -> OneOf[str]:
    return OneOf(label, _COUNTED, inline=True)


Allowed = dict[Colour, tuple[int, bool]]
"""By colour, the minutes allowed and whether they are counted only while the service is open."""


class LimitsForm(BaseForm[Allowed]):
    """For each colour the time allowed, and how it is counted; left empty, there is no limit."""

    red = Length(_l("Red: decide within"))
    red_counted = _counted(_l("How is the time for red counted?"))
    amber = Length(_l("Amber: decide within"))
    amber_counted = _counted(_l("How is the time for amber counted?"))
    green = Length(_l("Green: decide within"))
    green_counted = _counted(_l("How is the time for green counted?"))
    blue = Length(_l("Blue: decide within"))
    blue_counted = _counted(_l("How is the time for blue counted?"))

    def check(self) -> None:
        """Ask for a time that can be read, and how it is counted, wherever a time is given."""
        for colour in Colour:
            length, counted = self._asked(colour)
            if length.empty:
                continue
            if not length.minutes:
                length.refuse(_("Enter a time like 90 minutes or 4 hours"))
            if counted.data is None:
                counted.refuse(_("Say how this time is counted"))

    def draft(self) -> Allowed:
        asked = {colour: self._asked(colour) for colour in Colour}
        return {
            colour: (length.minutes, counted.data == _OPEN)
            for colour, (length, counted) in asked.items()
            if length.minutes
        }

    def _asked(self, colour: Colour) -> tuple[Length, OneOf[str]]:
        length, counted = self[colour.value], self[f"{colour.value}_counted"]
        assert isinstance(length, Length)  # noqa: S101 - as the class says above
        assert isinstance(counted, OneOf)  # noqa: S101 - likewise
        return length, counted


def answers_of(limits: Iterable[ColourLimit]) -> dict[str, str]:
    """Return limits as the answers that fill the form, in the way it understands them."""
    answers: dict[str, str] = {}
    for limit in limits:
        colour, hours = limit.colour.value, limit.minutes // 60
        whole = hours * 60 == limit.minutes
        answers[colour] = f"{hours} hours" if whole else f"{limit.minutes} minutes"
        answers[f"{colour}_counted"] = _OPEN if limit.working_time else _CLOCK
    return answers
