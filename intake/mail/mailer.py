"""What a mail is, and what anything that sends one must be able to do."""

from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import localtime, make_msgid
from typing import Protocol

from intake.errors import IntakeError


class NotSent(IntakeError):
    """The mail server did not take a mail; the message names what went wrong and never the address."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail, ready to be sent; its address is a colleague's and stays out of every log."""

    to: str = field(repr=False)
    subject: str
    body: str


class Mailer(Protocol):
    """Something that sends letters."""

    def send(self, letter: Letter) -> None:
        """Hand the letter over; raises `NotSent`, and then it was not."""
        ...


def as_message(letter: Letter, *, sender: str, domain: str) -> EmailMessage:
    """Return the letter as a mail message; raises `NotSent` for an address that cannot be written to."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = sender
        message["To"] = letter.to
        message["Subject"] = letter.subject
        message.as_bytes()
    except Exception:  # noqa: BLE001 - the parser falls over addresses in many ways; none may stop the post
        malformed = True
    else:
        malformed = len(message["To"].addresses) != 1
    if malformed:
        # Raised outside the `except`: the parser's own error quotes the address.
        raise NotSent("the address is not one")
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain=domain)
    # Nobody is to be answered by a holiday notice, and nobody is to answer a machine.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message
