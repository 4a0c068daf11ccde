"""What a person is asked about their own account."""

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.fields import Code, Hidden, Password, Text
from intake.forms.sign_in import CodeForm, NewPasswordForm, PasskeyForm


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


class NewPasskeyForm(PasskeyForm):
    """A new passkey, and what its owner calls it."""

    name = Text(
        _l("What do you call this device? (optional)"),
        hint=_l("So that you know it again in your list: 'laptop in the office', say."),
        most=80,
        width="20",
    )

    def called(self) -> str:
        """Return the name, or what stands for one."""
        return str(self.name.data or "").strip() or str(_l("A device without a name"))


class HomePostcodeForm(BaseForm[str]):
    """Somebody's own home postcode, or nothing."""

    postcode = Text(
        _l("Your home postcode (optional)"),
        hint=_l("Leave this empty to give none, or to take it away."),
        most=20,
        width="10",
        autocomplete="postal-code",
    )


class PressForm(BaseForm[None]):
    """A button and nothing else."""
