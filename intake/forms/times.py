"""Questions answered with a day or a time, typed the way people say them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.form import BaseForm
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from intake.forms.fields import Question, Text, as_typed
from intake.vocabulary import DayAnswer
from intake.words.spoken_times import time_of_day

PARTS = ("day", "month", "year")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = re.compile(r"(?P<hour>\d{1,2})(?:[:.]?(?P<minute>\d{2}))?\s*(?P<half>am|pm)?", re.ASCII)
_LONGEST_PART = 12
_NOON = 12

#: Enough for 'just after the second lesson, perhaps earlier'.
MOST_ABOUT = 80


class DateParts(Question):
    """A day, typed as day, month and year; `data` is a date or None, `typed` what stood in each box."""

    component = "date-input"

    def __init__(self, label: str, *, past: bool = False, **options: Any) -> None:
        """Refuse a day after the form's `today` when `past` is said."""
        super().__init__(label, **options)
        self.past = past
        self.typed: dict[str, str] = dict.fromkeys(PARTS, "")
        self.wrong: frozenset[str] = frozenset()

    @property
    def anchor(self) -> str:
        first = next((part for part in PARTS if part in self.wrong), PARTS[0])
        return f"{self.id}-{first}"

    @property
    def empty(self) -> bool:
        return not any(self.typed.values())

    def process(
        self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None
    ) -> None:
        """Read the three boxes; a missing, doubled or overlong box is a wrong date, not a fault."""
        super().process(None, data, extra_filters)
        if isinstance(self.data, date):
            self.typed = {part: str(getattr(self.data, part)) for part in PARTS}
        if formdata is not None:
            self.raw_data = []
            self.typed = {part: self._box(formdata, part) for part in PARTS}
            self.data = self._read()

    def part_names(self) -> dict[str, str]:
        """Return what is written over each box."""
        return {"day": _("Day"), "month": _("Month"), "year": _("Year")}

    def _box(self, formdata: Any, part: str) -> str:
        values = formdata.getlist(f"{self.name}-{part}")
        return as_typed(values[0]).strip()[:_LONGEST_PART] if values else ""

    def _read(self) -> date | None:
        if self.empty:
            return None
        day, month, year = (_NUMBERS[part](self.typed[part]) for part in PARTS)
        self.wrong = frozenset(
            part for part, number in zip(PARTS, (day, month, year), strict=True) if number is None
        )
        if day is None or month is None or year is None:
            self.process_errors = [_("Enter the date as a day, a month and a year, like 27 3 2026")]
            return None
        try:
            return date(year, month, day)
        except (ValueError, OverflowError):
            self.wrong = frozenset(PARTS)
            self.process_errors = [_("There is no such date. Check the day, the month and the year")]
            return None

    def pre_validate(self, form: BaseForm) -> None:
        super().pre_validate(form)
        today = getattr(form, "today", None)
        if self.past and today is not None and self.data > today:
            self.wrong = frozenset(PARTS)
            raise StopValidation(_("This date is in the future. Enter today or a day before it"))

    def posted(self) -> dict[str, list[str]]:
        return {f"{self.name}-{part}": [said] for part, said in self.typed.items() if said}


class TimeOfDay(Text):
    """A time of day, typed as 14:30, 2.30pm or noon; `data` is a time or None, `typed` what was typed."""

    width = "5"
    autocomplete = "off"
    spellcheck = False

    def __init__(self, label: str, *, hint: str | None = None, **options: Any) -> None:
        super().__init__(label, hint=_l("For example, 9am or 2:30pm") if hint is None else hint, **options)
        self.typed = ""

    @property
    def empty(self) -> bool:
        return not self.typed

    def process_data(self, value: object) -> None:
        self.data = value if isinstance(value, time) else None
        self.typed = time_of_day(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = as_typed(valuelist[0]).strip()[:_LONGEST_PART] if valuelist else ""
        self.data = time_said(self.typed)
        if self.typed and self.data is None:
            raise ValueError(_("Enter a time like 9am or 2:30pm"))

    def post_validate(self, form: BaseForm, validation_stopped: bool) -> None:  # noqa: FBT001 - WTForms' own
        """Ask nothing of the length: a time that was understood is short."""


@dataclass(frozen=True, slots=True)
class Occurred:
    """When something happened, as far as it is known: `about` is in the person's own words."""

    on: date | None
    about: str


class When(Question):
    """On which day something happened, and about what time; `data` is an `Occurred`, or None if not answered.

    The form must be made with `today`, against which 'today' and 'yesterday' are understood.
    """

    component = "when"

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, **options)
        self.answer: DayAnswer | None = None
        self.about = ""
        self._asking = options["_form"]
        day: dict[str, Any] = {"name": f"{self.name}-on", "_form": self._asking}
        self.day = DateParts(_l("Which day?"), past=True, hint=_l("For example, 27 3 2026"), **day)

    @property
    def anchor(self) -> str:
        return self.day.anchor if self.day.errors else self.id

    def process(
        self, formdata: Any, data: Any = unset_value, extra_filters: Sequence[Any] | None = None
    ) -> None:
        super().process(None, data, extra_filters)
        self.day.process(formdata)
        if formdata is None:
            self._fill(self.data)
            return
        self.raw_data = formdata.getlist(self.name)
        self.answer = next((day for day in DayAnswer if self.raw_data[:1] == [day.value]), None)
        about = formdata.getlist(f"{self.name}-about")
        self.about = as_typed(about[0])[:MOST_ABOUT] if about else ""
        self.data = None if self.answer is None else Occurred(self._on(), self.about)

    def _fill(self, occurred: Occurred | None) -> None:
        if occurred is not None:
            self.answer = DayAnswer.NOT_KNOWN if occurred.on is None else DayAnswer.ANOTHER
            self.about = occurred.about
            self.day.process(None, occurred.on)

    def _on(self) -> date | None:
        if self.answer is DayAnswer.ANOTHER:
            other: date | None = self.day.data
            return other
        if self.answer is DayAnswer.NOT_KNOWN:
            return None
        today: date = self._asking.today
        return today if self.answer is DayAnswer.TODAY else today - timedelta(days=1)

    def pre_validate(self, form: BaseForm) -> None:
        super().pre_validate(form)
        self.day.required = _("Enter the day it happened")
        if self.answer is DayAnswer.ANOTHER and not self.day.validate(form):
            raise StopValidation(self.day.errors[0])

    def posted(self) -> dict[str, list[str]]:
        said = {self.name: list(self.raw_data or ()), f"{self.name}-about": [self.about]}
        return said | self.day.posted()


_BY_NAME = {"noon": time(12), "midday": time(12), "midnight": time(0)}


def time_said(words: str) -> time | None:
    """Understand a time as people type it; None when it is not one."""
    said = words.lower().replace(" ", "")
    if said in _BY_NAME:
        return _BY_NAME[said]
    found = _CLOCK.fullmatch(said)
    if found is None:
        return None
    hour, minute, half = int(found["hour"]), int(found["minute"] or 0), found["half"]
    if (half and not 1 <= hour <= _NOON) or (half is None and found["minute"] is None):
        return None
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        return None


def _day(said: str) -> int | None:
    return int(said) if said.isascii() and said.isdecimal() else None


def _month(said: str) -> int | None:
    short = said[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else _day(said)


def _year(said: str) -> int | None:
    """Four figures: a year typed as 26 could be any century's."""
    number = _day(said)
    return number if number is not None and len(said) == len("2026") else None


_NUMBERS = {"day": _day, "month": _month, "year": _year}
