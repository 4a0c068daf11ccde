"""What is asked of whoever gives a colleague a code for one shift, and of whoever reviews that."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from intake.casework.drafts import ShiftCodeDraft
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import Words
from intake.words.refusals import refusal

_MOST = 2_000


class ShiftCodeForm(BaseForm[ShiftCodeDraft]):
    """Who needs a code, and why."""

    person: OneOf[UUID] = OneOf(_l("Who cannot get in?"), {}, required=_l("Choose who cannot get in"))
    reason = Words(
        _l("Why do they need it?"),
        hint=_l(
            "What they do not have with them, and how you knew that it was them. A colleague reads this"
            " afterwards. Write nothing about a child."
        ),
        required=_l("Say why they need it: a colleague reads this afterwards"),
        rows=4,
        most=_MOST,
    )

    def draft(self) -> ShiftCodeDraft:
        return ShiftCodeDraft(self.person.data, self.reason.data)


class ShiftCodeReviewForm(BaseForm[str]):
    """What was found about a code for one shift."""

    words = Words(
        _l("What did you find out?"),
        hint=_l("Whom you asked, what they said, and what follows from it."),
        required=refusal("glass.words_missing"),
        rows=5,
        most=_MOST,
    )

    def draft(self) -> str:
        return str(self.words.data)
