"""What is asked of whoever marks a closed case as a decoy."""

from flask_babel import lazy_gettext as _l

from intake.casework.drafts import DecoyDraft
from intake.forms.base import BaseForm
from intake.forms.choices import Tick
from intake.forms.fields import Text, Words
from intake.words.refusals import refusal


class DecoyForm(BaseForm[DecoyDraft]):
    """Which case, by its reference: no address and no half-filled form names it."""

    reference = Text(
        _l("Which closed referral?"),
        hint=_l("Its reference, like R-7K3M-9QTX."),
        required=refusal("decoy.no_case"),
        most=40,
        width="10",
        autocomplete="off",
        spellcheck=False,
    )
    nobody = Tick(_l("There is no such child: the school and I made this referral up"))
    why = Words(
        _l("Why?"),
        hint=_l(
            "A second duty manager reads this and decides. Say which school sent it, and who there knows."
        ),
        required=refusal("second_person.reason_missing"),
        rows=3,
        most=2_000,
    )

    def check(self) -> None:
        if not self.nobody.data:
            self.refuse("nobody", refusal("decoy.nobody_missing"))

    def draft(self) -> DecoyDraft:
        return DecoyDraft(str(self.reference.data).strip().upper(), str(self.why.data))
