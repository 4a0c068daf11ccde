"""Sending mail through the organisation's own mail server."""

import smtplib
import ssl
from dataclasses import dataclass, field
from enum import Enum, unique

from intake.mail.mailer import Letter, NotSent, as_message


@unique
class Tls(Enum):
    """How the connection to the mail server is kept private."""

    STARTTLS = "starttls"
    FROM_THE_START = "tls"
    #: For a mail server on this machine only.
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where the mail server is and how to sign in to it; `sender` is the address mail comes from."""

    host: str
    port: int
    sender: str
    tls: Tls = Tls.STARTTLS
    user: str = ""
    password: str = field(default="", repr=False)
    seconds: float = 20.0


class SmtpMailer:
    """Hands each letter to the mail server over a connection of its own."""

    def __init__(self, server: MailServer, context: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._context = context or ssl.create_default_context()

    def send(self, letter: Letter) -> None:
        """Send one letter; raises `NotSent` where the server is not there, not trusted, or refuses it."""
        domain = self._server.sender.rpartition("@")[2].rstrip(">")
        message = as_message(letter, sender=self._server.sender, domain=domain or "localhost")
        trouble = ""
        try:
            with self._connection() as connection:
                self._greet(connection)
                connection.send_message(message)
        except smtplib.SMTPResponseException as refused:
            trouble = f"the mail server answered {refused.smtp_code}"
        except smtplib.SMTPRecipientsRefused as refused:
            codes = sorted({code for code, _words in refused.recipients.values()})
            trouble = f"the mail server refused the address with {codes[0]}"
        except (smtplib.SMTPException, OSError) as broken:
            trouble = f"the mail server could not be used: {type(broken).__name__}"
        if trouble:
            raise NotSent(trouble)

    def _connection(self) -> smtplib.SMTP:
        server = self._server
        if server.tls is Tls.FROM_THE_START:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=server.seconds, context=self._context)
        return smtplib.SMTP(server.host, server.port, timeout=server.seconds)

    def _greet(self, connection: smtplib.SMTP) -> None:
        if self._server.tls is Tls.STARTTLS:
            # Raises where the server does not offer it: nothing is ever sent in the open instead.
            connection.starttls(context=self._context)
        if self._server.user:
            connection.login(self._server.user, self._server.password)
