"""The words of each kind of mail: a reference, a link to sign in, and nothing about anybody."""

from gettext import gettext as _

from intake.casework.documents.person import MailPayload
from intake.mail.mailer import Letter
from intake.vocabulary import MailKind


def letter(kind: MailKind, payload: MailPayload) -> Letter:
    """Return the mail for one payload."""
    subject, lines = _words(kind)
    said = {"reference": payload.reference, "link": payload.link}
    body = "\n\n".join(line.format_map(said) for line in (*lines, _foot()))
    return Letter(to=payload.to, subject=subject.format_map(said), body=f"{body}\n")


def _words(kind: MailKind) -> tuple[str, tuple[str, ...]]:
    match kind:
        case MailKind.CONCERN_TO_READ:
            return _("Please read {reference}"), (
                _("A concern has been recorded and is waiting for you: {reference}"),
                _("Sign in to read it: {link}"),
            )
        case MailKind.CONCERN_STILL_UNREAD:
            return _("Not read yet: {reference}"), (
                _("Nobody has read this concern yet, so it has come to you: {reference}"),
                _("Sign in to read it: {link}"),
            )
        case MailKind.REFERRAL_UPDATED:
            return _("News of {reference}"), (
                _("There is news of a referral: {reference}"),
                _("Sign in to read it: {link}"),
            )
        case MailKind.GLASS_BROKEN:
            return _("Look at {reference}"), (
                _("Something happened about a referral that you should know of: {reference}"),
                _("Sign in to see it: {link}"),
            )
        case MailKind.SHIFT_CODE_GIVEN:
            return _("A code was given for your account"), (
                _("At your duty service a code was given with which you can sign in for one shift."),
                _("You did not ask for one? Ring your manager now, on a number you know."),
                _("Sign in to see who gave it, and to end it: {link}"),
            )
        case MailKind.WAY_IN_CHANGED:
            return _("How you sign in was changed"), (
                _("Something about how you sign in to your account has been changed."),
                _("It was not you? Ring whoever looks after accounts where you work, on a number you know."),
                _("Sign in to see how it stands now, under 'Your account': {link}"),
            )


def _foot() -> str:
    return _("This mail says nothing about anybody on purpose. Please do not answer it.")
