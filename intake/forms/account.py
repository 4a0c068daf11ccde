"""What a person is asked about their own account."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import Code, Hidden, Password
from intake.forms.sign_in import CodeForm, NewPasswordForm


class ChangePasswordForm(NewPasswordForm):
    """The password of until now, and the new one twice."""

    current_password = Password(
        _l("The password you have now"), required=_l("Enter the password you have now")
    )


class AppForm(CodeForm):
    """The first code of an app that was just given its secret; the page carries the secret, signed."""

    secret_offer = Hidden("")
    code = Code(
        _l("6-digit code"),
        hint=_l("Type the code the app shows now."),
        required=_l("Enter the 6-digit code that your app shows"),
        inputmode="numeric",
    )


class PressForm(BaseForm[None]):
    """A button and nothing else."""
