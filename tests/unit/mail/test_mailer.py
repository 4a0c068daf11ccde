"""A mail as it goes over the wire, and as it is written to the console."""

import pytest

from intake.mail.console import ConsoleMailer
from intake.mail.mailer import Letter, NotSent, as_message

LETTER = Letter("anna@example.test", "Please read C-7K3M-9QTX", "A concern waits.\n")


def test_a_message_has_what_mail_servers_ask_for() -> None:
    message = as_message(LETTER, sender="Pass It On <post@pass.example>", domain="pass.example")
    assert message["To"] == "anna@example.test"
    assert message["Auto-Submitted"] == "auto-generated"
    assert str(message["Message-ID"]).endswith("@pass.example>")
    assert message["Date"]
    assert message.get_content() == "A concern waits.\n"


@pytest.mark.parametrize(
    "address",
    [
        "anna@example.test\r\nBcc: all@example.test",
        "a\nb",
        "anna@[example.test",
        "!]?, :@%(_;(>@b.c",
        " .;\t=!__:@b.c",
        "anna@example.test, all@example.test",
    ],
)
def test_what_is_not_one_address_is_refused_and_not_quoted(address: str) -> None:
    with pytest.raises(NotSent) as refused:
        as_message(Letter(address, "s", "b"), sender="post@pass.example", domain="pass.example")
    assert str(refused.value) == "the address is not one"
    assert refused.value.__context__ is None


def test_an_address_is_not_in_what_a_letter_looks_like_in_a_log() -> None:
    assert "anna" not in repr(LETTER)


def test_the_console_is_written_the_whole_letter() -> None:
    written: list[str] = []
    ConsoleMailer(written.append).send(LETTER)
    assert written == [
        "--- mail to anna@example.test\nSubject: Please read C-7K3M-9QTX\n\nA concern waits.\n\n---"
    ]
