"""`intake serve`: what it asks for before it starts, each in a line an operator can act on."""

from pathlib import Path

import pytest

from config import Settings
from intake.cli.main import main
from intake.cli.serve import require_private
from intake.errors import NotConfigured

_HERE = "postgresql+psycopg://"
_AFAR = f"{_HERE}intake@db.example/x"
_BEHIND_A_PROXY = {"INTAKE_PUBLIC_URL": "https://intake.example", "INTAKE_TRUSTED_PROXIES": "1"}
_ON_TWO_MACHINES = {"HOST": "10.0.0.7", "INTAKE_PROXY_ADDRESSES": "10.0.0.5"}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ({"INTAKE_SAMPLE": "1"}, "make run"),
        ({}, "INTAKE_TRUSTED_PROXIES"),
        ({"INTAKE_TRUSTED_PROXIES": "1"}, "https://"),
        ({"INTAKE_PLAIN_HTTP": "1", "HOST": "10.0.0.7"}, "INTAKE_PLAIN_HTTP"),
        ({**_BEHIND_A_PROXY, "HOST": "0.0.0.0"}, "INTAKE_PROXY_ADDRESSES"),  # noqa: S104 - refused
        ({**_BEHIND_A_PROXY, **_ON_TWO_MACHINES}, "INTAKE_CERTIFICATE"),
        ({**_BEHIND_A_PROXY, "DATABASE_URL": f"{_AFAR}"}, "sslmode=verify-full"),
        ({**_BEHIND_A_PROXY, "DATABASE_URL": f"{_AFAR}?sslmode=require"}, "sslmode=verify-full"),
        ({**_BEHIND_A_PROXY, "DATABASE_URL": f"{_HERE}/x?host=db.example"}, "PostgreSQL on db.example"),
    ],
)
def test_it_does_not_start_where_words_could_be_read_on_their_way(said: dict[str, str], asked: str) -> None:
    with pytest.raises(NotConfigured, match=asked):
        require_private(Settings.from_env(said))


@pytest.mark.parametrize(
    "said",
    [
        _BEHIND_A_PROXY,
        {**_BEHIND_A_PROXY, **_ON_TWO_MACHINES, "INTAKE_CERTIFICATE": "chain.pem"},
        {**_BEHIND_A_PROXY, **_ON_TWO_MACHINES, "INTAKE_PLAIN_TO_PROXY": "1"},
        {"INTAKE_PLAIN_HTTP": "1"},
        {**_BEHIND_A_PROXY, "DATABASE_URL": f"{_AFAR}?sslmode=verify-full"},
        {**_BEHIND_A_PROXY, "DATABASE_URL": f"{_HERE}/x?host=/run/postgresql"},
        {**_BEHIND_A_PROXY, "DATABASE_URL": f"{_HERE}127.0.0.1/x"},
    ],
)
def test_behind_a_named_proxy_or_in_a_trial_it_may_start(said: dict[str, str]) -> None:
    require_private(Settings.from_env(said))


def test_without_a_mail_server_it_does_not_start(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("INTAKE_PLAIN_HTTP", "1")
    monkeypatch.setenv("INTAKE_INSTANCE", str(tmp_path))
    monkeypatch.delenv("INTAKE_SMTP_HOST", raising=False)

    assert main(["serve"]) == 2

    assert "INTAKE_SMTP_HOST" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
