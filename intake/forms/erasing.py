"""What is asked of whoever wants a case erased, or held against that."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import Words

_MOST = 2_000


class EraseForm(BaseForm[str]):
    """Why a case is to be erased."""

    why = Words(
        _l("Why can it be erased?"),
        hint=_l("This stays when everything else is gone. Do not name the child."),
        required=_l("Say why, for whoever approves it"),
        rows=3,
        most=_MOST,
    )

    def draft(self) -> str:
        return str(self.why.data)


class HoldForm(BaseForm[str]):
    """Why a case must not be erased."""

    reason = Words(
        _l("Why must it be kept?"),
        hint=_l("For example: which court, inquiry or police matter it is needed for."),
        required=_l("Say why it must be kept"),
        rows=3,
        most=_MOST,
    )

    def draft(self) -> str:
        return str(self.reason.data)


class LiftHoldForm(BaseForm[str]):
    """Why a case need not be kept any more."""

    why = Words(
        _l("Why need it not be kept any more?"),
        required=_l("Say why, for whoever approves it"),
        rows=3,
        most=_MOST,
    )

    def draft(self) -> str:
        return str(self.why.data)
