"""The words for what a sign-in may fail of: for the trail, never for the page of whoever tries."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from intake.vocabulary import SignInFailure

FAILURES: Final[Mapping[StrEnum, LazyString]] = {
    SignInFailure.UNKNOWN: _l("No such account"),
    SignInFailure.WRONG_PASSWORD: _l("Wrong password"),
    SignInFailure.WRONG_CODE: _l("Wrong code from the second factor"),
    SignInFailure.WRONG_PASSKEY: _l("A passkey that did not answer as it must"),
    SignInFailure.COPIED_PASSKEY: _l("A passkey that counts as if there were a copy of it"),
    SignInFailure.NOT_LINKED: _l("Signed in elsewhere, as nobody who is linked to an account"),
    SignInFailure.DISABLED: _l("Account not in use"),
    SignInFailure.NO_ROLE: _l("No role at present"),
}
