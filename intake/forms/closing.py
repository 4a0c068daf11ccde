"""What is asked when a referral is closed."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import HiddenNumber, Words
from intake.words.refusals import refusal


class ClosingForm(BaseForm[str]):
    """Why the work here is done."""

    version = HiddenNumber()
    reason = Words(
        _l("Why is the work here done?"),
        hint=_l("What became of it, and who is with the child now. Only your service reads this."),
        required=refusal("closing.reason_missing"),
        rows=5,
    )

    def draft(self) -> str:
        return str(self.reason.data)
