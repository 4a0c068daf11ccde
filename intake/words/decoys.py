"""Why a case cannot be marked as a decoy, and what is said to whoever would act on one, in words."""

from typing import Final

from flask_babel import lazy_gettext as _l

REFUSED: Final = {
    "decoy.no_case": _l("Enter the reference of a closed referral of this service."),
    "decoy.not_closed": _l("This referral is not closed. Close it first, as you would any other."),
    "decoy.restricted": _l("This referral is restricted to named people, so it cannot be a decoy."),
    "decoy.held": _l("This referral is under a legal hold, so it cannot be a decoy."),
    "decoy.others_concerned": _l(
        "Others were brought in on this referral: it was copied, passed on or told of, or a meeting was "
        "arranged. It cannot be a decoy."
    ),
    "decoy.stands": _l("This referral is a decoy, or waits for a colleague to approve that."),
    "decoy.nobody_missing": _l("Tick that there is no such child. Ask the school if you are not sure."),
    "decoy.no_such_child": _l(
        "There is no such child. This referral was made up, and a duty manager knows why. There is nothing "
        "to do: it cannot be written to, given out or sent on. Ask a duty manager if you are not sure."
    ),
}
