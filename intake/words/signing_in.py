"""The words for how a sign-in is proved, and what it may fail of: that for the trail, never for who tries."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.vocabulary import ProvedBy, SignInFailure

FAILURES: Final[Mapping[StrEnum, LazyString]] = {
    SignInFailure.UNKNOWN: _l("No such account"),
    SignInFailure.WRONG_PASSWORD: _l("Wrong password"),
    SignInFailure.WRONG_CODE: _l("Wrong code from the second factor"),
    SignInFailure.WRONG_PASSKEY: _l("A passkey that did not answer as it must"),
    SignInFailure.COPIED_PASSKEY: _l("A passkey that counts as if there were a copy of it"),
    SignInFailure.NO_LINK: _l("A code to set a password that nobody has, or not any more"),
    SignInFailure.NOT_LINKED: _l("Signed in elsewhere, as nobody who is linked to an account"),
    SignInFailure.NO_SECOND_FACTOR: _l("Signed in elsewhere, without a second factor"),
    SignInFailure.NOT_LATELY: _l("Signed in elsewhere, and it was not said to be just now"),
    SignInFailure.DISABLED: _l("Account not in use"),
    SignInFailure.NO_ROLE: _l("No role at present"),
}

PROOFS: Final[Mapping[StrEnum, LazyString]] = {
    ProvedBy.CODE: _l("A code from an app"),
    ProvedBy.RECOVERY_CODE: _l("A recovery code"),
    ProvedBy.PASSKEY: _l("A passkey"),
    ProvedBy.SINGLE_SIGN_ON: _l("Single sign-on"),
    ProvedBy.SHIFT_CODE: _l("A code for one shift"),
}
