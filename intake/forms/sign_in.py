"""What is asked at the door: who are you, are you really, and where are you working today."""

from uuid import UUID

from flask_babel import lazy_gettext as _l

from intake.forms.base import BaseForm
from intake.forms.choices import OneOf
from intake.forms.fields import Code, Email, Hidden, Password

_DIGITS = 6


class SignInForm(BaseForm[tuple[str, str]]):
    """An address and a password."""

    email = Email(
        _l("Email address"), autocomplete="username", required=_l("Enter the email address you sign in with")
    )
    password = Password(_l("Password"), required=_l("Enter your password"))

    def draft(self) -> tuple[str, str]:
        return self.email.data, self.password.data


class CodeForm(BaseForm[str]):
    """The six digits that the app shows now."""

    code = Code(
        _l("6-digit code"),
        hint=_l("Open the authenticator app on your telephone and type the code beside Pass It On."),
        required=_l("Enter the 6-digit code that your app shows"),
        inputmode="numeric",
    )

    def check(self) -> None:
        typed = self.code.data
        if typed and not (len(typed) == _DIGITS and typed.isascii() and typed.isdecimal()):
            self.refuse("code", str(_l("The code has 6 digits, and nothing else")))

    def draft(self) -> str:
        return str(self.code.data)


class RecoveryCodeForm(BaseForm[str]):
    """A code from the sheet of paper."""

    code = Code(
        _l("Recovery code"),
        hint=_l("One you have not used before, such as 7k3m-9qtx-2fgh."),
        required=_l("Enter one of your recovery codes"),
        autocomplete="off",
        width="20",
    )

    def draft(self) -> str:
        return str(self.code.data)


class LinkCodeForm(BaseForm[str]):
    """The code that somebody was handed to set a password with, typed or pasted."""

    code = Code(
        _l("Code"),
        hint=_l(
            "24 letters and figures, such as 7k3m-9qtx-2fgh-4wpd-c6rn-y3aj. Capitals, spaces and hyphens do"
            " not matter."
        ),
        required=_l("Enter the code you were given"),
        most=200,
        autocomplete="off",
        width="",
    )

    def draft(self) -> str:
        return str(self.code.data)


#: What a browser answers with is a few thousand letters.
_LONGEST_ANSWER = 20_000


class PasskeyForm(BaseForm[str]):
    """What a passkey answered; the page's script puts it in."""

    passkey_token = Hidden("", most=_LONGEST_ANSWER)

    def draft(self) -> str:
        return str(self.passkey_token.data or "")


class OrganisationForm(BaseForm[UUID]):
    """One of the organisations a person has a role in."""

    organisation: OneOf[UUID] = OneOf(
        _l("Where are you working now?"), required=_l("Choose where you are working now")
    )

    def draft(self) -> UUID:
        chosen = self.organisation.data
        assert isinstance(chosen, UUID)  # noqa: S101 - required, and only ever one of the list
        return chosen


class NewPasswordForm(BaseForm[str]):
    """A password nobody else knows, typed twice so that a slip does not shut its owner out."""

    password = Password(
        _l("New password"),
        hint=_l("At least 12 characters. Three or four words that do not belong together are easy to keep."),
        required=_l("Choose a password"),
        autocomplete="new-password",
    )
    again = Password(
        _l("New password again"), required=_l("Type the new password again"), autocomplete="new-password"
    )

    def check(self) -> None:
        if self.again.data and self.password.data != self.again.data:
            self.refuse("again", str(_l("The two passwords are not the same. Type them both again.")))

    def draft(self) -> str:
        return str(self.password.data)
