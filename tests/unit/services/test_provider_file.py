"""The file of providers is read as the runbook writes it, and anything else stops the start."""

from pathlib import Path

import pytest

from intake.errors import NotConfigured
from intake.services.provider_file import read_providers

NAMED = 'slug = "work"\nname = "your work account"\nissuer = "https://login.example"\nclient_id = "us"\n'
WHOLE = f'[[provider]]\n{NAMED}client_secret = "s3cret"\n'


def read(folder: Path, text: str) -> tuple[object, ...]:
    path = folder / "providers.toml"
    path.write_text(text)
    return read_providers(path)


def test_without_a_file_there_is_no_provider() -> None:
    assert read_providers(None) == ()


def test_what_is_written_down_is_what_was_agreed(tmp_path: Path) -> None:
    secret = tmp_path / "work.secret"
    secret.write_text("from a file\n")
    (tmp_path / "providers.toml").write_text(
        f'[[provider]]\n{NAMED}client_secret_file = "{secret}"\nscopes = ["email", "profile"]\n'
        'second_factor_amr = ["mfa", "hwk"]\nsecond_factor_acr = ["high"]\nverified_claim = "xms_edov"\n'
        + WHOLE.replace('"work"', '"council"')
    )
    work, council = read_providers(tmp_path / "providers.toml")
    assert (work.slug, work.client_secret, work.verified_claim) == ("work", "from a file", "xms_edov")
    assert work.scopes == ("openid", "email", "profile")
    assert (sorted(work.amr), sorted(work.acr)) == (["hwk", "mfa"], ["high"])
    assert (council.client_secret, council.amr, council.acr) == ("s3cret", frozenset(), frozenset())
    assert "s3cret" not in repr(council)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[provider]", "cannot be read"),
        ("", "must hold a table"),
        (f"{WHOLE}[more]\n", "and nothing else"),
        ("[provider]\n", "must hold a table"),
        (WHOLE + WHOLE, "the same slug"),
        (WHOLE.replace('issuer = "https://login.example"\n', ""), "does not say its issuer"),
        (WHOLE.replace('"us"', "3"), "a text, or a list of texts"),
        (f'{WHOLE}scopes = "email"\n', "a text, or a list of texts"),
        (f"{WHOLE}scopes = [3]\n", "a text, or a list of texts"),
        (WHOLE.replace('"work"', '"Work!"'), "small letters"),
        (WHOLE.replace("https:", "http:"), "an https:// address"),
        (f"{WHOLE}tenant = 'x'\n", "'tenant', which nobody knows"),
        (f'{WHOLE}client_secret_file = "x"\n', "and not both"),
        (f"[[provider]]\n{NAMED}", "and not both"),
        (f'[[provider]]\n{NAMED}client_secret_file = "nowhere"\n', "cannot be read from nowhere"),
        (WHOLE.replace('"s3cret"', '""'), "an empty secret"),
    ],
)
def test_a_file_that_says_less_or_something_else_is_refused(
    tmp_path: Path, text: str, complaint: str
) -> None:
    with pytest.raises(NotConfigured, match=complaint):
        read(tmp_path, text)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotConfigured, match="cannot be read"):
        read_providers(tmp_path / "providers.toml")
