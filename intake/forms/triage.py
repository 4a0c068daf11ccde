"""What a duty worker is asked while triaging: one button, or a colour and why."""

from flask_babel import lazy_gettext as _l

from intake.casework.drafts import ColourDraft
from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import HiddenNumber, Words
from intake.vocabulary import Colour
from intake.words.refusals import refusal
from intake.words.vocabulary import label


class ActForm(BaseForm[int]):
    """One button, pressed on a page that showed the referral as it stood at a version."""

    version = HiddenNumber()

    def draft(self) -> int:
        return int(self.version.data)


class ColourForm(BaseForm[ColourDraft]):
    """The colour a duty worker gives, and why."""

    version = HiddenNumber()
    colour = OneOf(
        _l("Which colour?"),
        {colour: label(colour) for colour in Colour},
        required=_l("Choose a colour"),
    )
    reason = Words(
        _l("Why this colour?"),
        hint=_l("What you weighed, and what you do not know yet. Only your service reads this."),
        required=refusal("colour.reason_missing"),
        rows=4,
    )

    def draft(self) -> ColourDraft:
        return ColourDraft(self.colour.data, self.reason.data)
