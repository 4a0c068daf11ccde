"""What mails say, and what they never can."""

import pytest

from intake.casework.documents.person import MailPayload
from intake.mail.letters import letter
from intake.vocabulary import MailKind

PAYLOAD = MailPayload(to="anna@example.test", reference="C-7K3M-9QTX", link="https://pass.example/sign-in")


#: What is about nobody but whoever it goes to.
OF_ONESELF = (MailKind.SHIFT_CODE_GIVEN, MailKind.WAY_IN_CHANGED)


@pytest.mark.parametrize("kind", OF_ONESELF)
def test_a_mail_about_ones_own_account_carries_the_way_to_sign_in_and_nothing_else(kind: MailKind) -> None:
    made = letter(kind, PAYLOAD)
    assert "C-7K3M-9QTX" not in f"{made.subject} {made.body}"
    assert "https://pass.example/sign-in" in made.body


@pytest.mark.parametrize("kind", [kind for kind in MailKind if kind not in OF_ONESELF])
def test_a_mail_carries_the_reference_and_the_way_to_sign_in(kind: MailKind) -> None:
    made = letter(kind, PAYLOAD)
    assert made.to == "anna@example.test"
    assert "C-7K3M-9QTX" in made.subject
    assert "C-7K3M-9QTX" in made.body
    assert "https://pass.example/sign-in" in made.body


@pytest.mark.parametrize("kind", list(MailKind))
def test_every_mail_fits_on_short_lines_without_markup(kind: MailKind) -> None:
    made = letter(kind, PAYLOAD)
    assert "<" not in made.body
    assert max(map(len, made.body.splitlines())) < 100


def test_braces_in_what_is_carried_are_left_as_they_are() -> None:
    made = letter(
        MailKind.CONCERN_TO_READ, MailPayload("a@example.test", "C-{link}", "https://x/{reference}")
    )
    assert "C-{link}" in made.body
    assert "https://x/{reference}" in made.body
