"""The first page of a concern: six questions a frightened person can answer on a telephone in two minutes."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from uuid import UUID

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import ImmutableMultiDict, MultiDict

from intake.casework.drafts import ConcernDraft, KeptDraft
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import Hidden, HiddenNumber, Text, Words
from intake.forms.times import When
from intake.vocabulary import Answer, DayAnswer
from intake.words.vocabulary import label

#: Chosen where the child is not among those found on the roll: what was typed stands.
NOT_ON_ROLL: Final = "none"
NOT_ON_ROLL_WORDS: Final = _l("None of these: keep what I typed")

#: The three answers to a plain question, in the order in which they are always shown.
YES_NO_NOT_KNOWN: Final = {answer: label(answer) for answer in (Answer.YES, Answer.NO, Answer.NOT_KNOWN)}

_ASKED_ON: Final = "asked_on"
_OCCURRED: Final = "occurred_on"


class ConcernForm(BaseForm[ConcernDraft]):
    """What was seen or heard, about whom, and whether the child is in danger or missing now."""

    asked_on = Hidden("")
    child_name = Text(
        _l("Which child?"),
        hint=_l("The name you know. One name is enough. If you do not know it, describe the child."),
        required=_l("Say which child this is about. If you do not know the name, describe the child."),
        autocomplete="off",
        spellcheck=False,
    )
    on_roll = OneOf[str](_l("Is it one of these?"))
    danger_now = OneOf(
        _l("Is the child in danger now?"),
        YES_NO_NOT_KNOWN,
        required=_l("Say whether the child is in danger now. 'Not known' is an answer."),
    )
    missing_now = OneOf(
        _l("Is the child missing now?"),
        YES_NO_NOT_KNOWN,
        required=_l("Say whether the child is missing now. 'Not known' is an answer."),
    )
    happened = Words(
        _l("What did you see or hear?"),
        hint=_l(
            "Write the child's own words exactly, with who said them. If there is a picture, say so, but do"
            " not look for it, copy it or send it."
        ),
        required=_l("Write what you saw or heard. A few words are enough."),
        rows=6,
    )
    occurred_on = When(
        _l("When was it?"), required=_l("Say when it was. 'I do not know the day' is an answer.")
    )

    def __init__(
        self,
        posted: MultiDict[str, str] | None = None,
        *,
        today: date,
        saved: Mapping[str, Sequence[str]] | None = None,
        **options: Any,
    ) -> None:
        """Understand 'today' as the day on which the page was shown, however late it is sent."""
        asked_on = _day_asked(posted.get(_ASKED_ON) if posted is not None else None, today)
        if saved is not None:
            saved = said_again(saved, today)
        super().__init__(posted, today=asked_on, saved=saved, **options)
        if not self.submitted:
            self.asked_on.data = today.isoformat()

    def draft(self) -> ConcernDraft:
        chosen = self.on_roll.data
        return ConcernDraft(
            child_name=self.child_name.data,
            child_file_id=UUID(chosen) if chosen not in {None, NOT_ON_ROLL} else None,
            danger_now=self.danger_now.data,
            missing_now=self.missing_now.data,
            happened=self.happened.data,
            occurred_on=self.occurred_on.data.on,
            occurred_about=self.occurred_on.data.about,
        )


class KeepForm(BaseForm[KeptDraft]):
    """Why a concern stays in school, and what is being done instead."""

    version = HiddenNumber()
    reason = Words(
        _l("Why does this stay in school?"),
        hint=_l("Say what you weighed, and what would make you refer after all."),
        required=_l("Say why this stays in school, so that whoever reads it later understands."),
        rows=5,
    )
    doing_instead = Words(_l("What are you doing about it? (optional)"), rows=4)
    feedback_to_reporter = Words(
        _l("What do you want to tell the person who recorded it? (optional)"),
        hint=_l("They read this on their page. Thank them, and say what to look out for."),
        rows=3,
    )

    def draft(self) -> KeptDraft:
        return KeptDraft(self.reason.data, self.doing_instead.data, self.feedback_to_reporter.data)


def said_again(saved: Mapping[str, Sequence[str]], today: date) -> Mapping[str, Sequence[str]]:
    """Return a draft as it reads on a later day: what was 'today' when it was typed is a date by now."""
    asked_on = _day_asked(next(iter(saved.get(_ASKED_ON, ())), None), today)
    answer = next(iter(saved.get(_OCCURRED, ())), "")
    if asked_on == today or answer not in {DayAnswer.TODAY, DayAnswer.YESTERDAY}:
        return saved
    happened_on = date.fromordinal(asked_on.toordinal() - (answer == DayAnswer.YESTERDAY))
    parts = {"day": happened_on.day, "month": happened_on.month, "year": happened_on.year}
    boxes = {f"{_OCCURRED}-on-{part}": [str(number)] for part, number in parts.items()}
    return ImmutableMultiDict({**saved, _OCCURRED: [DayAnswer.ANOTHER.value], **boxes})


def _day_asked(said: str | None, today: date) -> date:
    """Return the day a page says it was shown on; today where it does not, or says a day still to come."""
    try:
        asked_on = date.fromisoformat(said or "")
    except ValueError:
        return today
    return min(asked_on, today)
