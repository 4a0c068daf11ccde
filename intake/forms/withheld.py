"""What is asked of whoever must see an address that is withheld."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import Words
from intake.words.refusals import refusal


class AddressForm(BaseForm[str]):
    """Why an address that is withheld must be seen."""

    why = Words(
        _l("Why must you see it?"),
        hint=_l("For example: to send somebody there tonight. Whoever looks after the case can read this."),
        required=refusal("address.reason_missing"),
        rows=3,
        most=2_000,
    )

    def draft(self) -> str:
        return str(self.why.data)
