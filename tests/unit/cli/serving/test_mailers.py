"""Mail goes out through a named server, and never in the open."""

import pytest

from config import MailSettings
from intake.cli.serving.mailers import is_this_machine, mail_server
from intake.errors import NotConfigured
from intake.mail.smtp import SmtpMailer


def test_a_service_that_could_tell_nobody_does_not_start() -> None:
    with pytest.raises(NotConfigured, match="INTAKE_SMTP_HOST"):
        mail_server(MailSettings())


def test_mail_to_another_machine_never_goes_in_the_open() -> None:
    with pytest.raises(NotConfigured, match="in the open"):
        mail_server(MailSettings(host="mail.example"))


@pytest.mark.parametrize(
    "mail",
    [
        MailSettings(host="mail.example", port=587, starttls=True),
        MailSettings(host="mail.example", port=465),
        MailSettings(host="localhost"),
        MailSettings(host="127.0.0.1"),
    ],
)
def test_a_protected_way_to_the_mail_server_will_do(mail: MailSettings) -> None:
    assert isinstance(mail_server(mail), SmtpMailer)


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("127.0.0.0/8", True),
        ("::1/128", True),
        ("localhost", True),
        ("10.0.0.0/8", False),
        ("a.example", False),
    ],
)
def test_this_machine_is_known_by_its_addresses(address: str, ours: bool) -> None:  # noqa: FBT001 - a row
    assert is_this_machine(address) is ours
