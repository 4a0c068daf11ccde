"""Who carries the mail: the organisation's own mail server, and never one that is spoken to in the open."""

import ipaddress

from config import MailSettings
from intake.errors import NotConfigured
from intake.mail.smtp import MailServer, SmtpMailer, Tls

_TLS_FROM_THE_START = 465

_NO_SERVER = (
    "No mail server is named, so nobody would be told that a concern waits to be read. Name one with "
    "INTAKE_SMTP_HOST (and INTAKE_SMTP_PORT, INTAKE_MAIL_FROM)."
)
_IN_THE_OPEN = (
    "Mail to {host} would go in the open, with colleagues' addresses in it. Set INTAKE_SMTP_STARTTLS=1, "
    "or use port 465."
)


def mail_server(mail: MailSettings) -> SmtpMailer:
    """Return the mail server of the settings; raises `NotConfigured` where it is unnamed or unprotected."""
    if mail.host is None:
        raise NotConfigured(_NO_SERVER)
    return SmtpMailer(
        MailServer(
            host=mail.host,
            port=mail.port,
            sender=mail.sender,
            tls=_tls(mail, mail.host),
            user=mail.username or "",
            password=mail.password or "",
        )
    )


def _tls(mail: MailSettings, host: str) -> Tls:
    if mail.starttls:
        return Tls.STARTTLS
    if mail.port == _TLS_FROM_THE_START:
        return Tls.FROM_THE_START
    if is_this_machine(host):
        return Tls.NONE
    raise NotConfigured(_IN_THE_OPEN.format(host=host))


def is_this_machine(host: str) -> bool:
    """Whether an address, or a network written as one, is this machine's own."""
    try:
        return ipaddress.ip_network(host).is_loopback
    except ValueError:
        return host == "localhost"
