"""What is asked of somebody who only wants to know whom to ring: a postcode, kept nowhere."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import Text


class RingForm(BaseForm[str]):
    """The postcode where the child lives."""

    postcode = Text(
        _l("Postcode where the child lives"),
        hint=_l("We do not keep it, and it does not show in the address of the page."),
        required=_l("Enter a postcode, or choose the council below"),
        most=20,
        width="10",
        autocomplete="off",
        spellcheck=False,
    )

    def draft(self) -> str:
        return str(self.postcode.data)
