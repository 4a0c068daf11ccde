"""What is asked when hub and school write to each other outside a decision."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import Words
from intake.words.refusals import refusal


class MessageForm(BaseForm[str]):
    """A question or a word to the school."""

    text = Words(
        _l("What do you want to ask or tell the school?"),
        hint=_l(
            "The sender, the lead and the deputies read this exactly as you write it, and may answer."
            " It is no decision, and no clock stops."
        ),
        required=refusal("message.empty"),
        rows=5,
    )

    def draft(self) -> str:
        return str(self.text.data)


class AnswerForm(BaseForm[str]):
    """The school's answer."""

    text = Words(
        _l("Your answer"),
        hint=_l("The duty service reads this exactly as you write it. If it cannot wait, ring as well."),
        required=refusal("message.empty"),
        rows=6,
    )

    def draft(self) -> str:
        return str(self.text.data)
