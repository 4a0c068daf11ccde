"""Settings from the environment: what is not said means production, and half a setting starts nothing."""

from pathlib import Path

import pytest

from config import ROOT, Settings
from intake.errors import NotConfigured


def test_what_is_not_said_means_production() -> None:
    settings = Settings.from_env({})

    assert settings.secure
    assert not settings.sample
    assert settings.host == "127.0.0.1"
    assert settings.trusted_proxies == 0
    assert settings.database_url == f"sqlite:///{ROOT / 'instance' / 'intake.sqlite3'}"
    assert settings.key_ring == ROOT / "keys" / "keyring.json"
    assert settings.mail.host is None
    assert settings.checkpoints is None


def test_everything_can_be_said() -> None:
    settings = Settings.from_env(
        {
            "DATABASE_URL": "postgresql+psycopg:///intake",
            "INTAKE_KEY_RING": "/srv/keys/ring.json",
            "INTAKE_PUBLIC_URL": "https://intake.example/",
            "INTAKE_TRUSTED_PROXIES": "2",
            "INTAKE_PROXY_ADDRESSES": "10.0.0.5, 2001:db8::/64",
            "HOST": "0.0.0.0",  # noqa: S104 - an address like any other here
            "PORT": "9000",
            "INTAKE_SMTP_HOST": "mail.example",
            "INTAKE_SMTP_PORT": "587",
            "INTAKE_SMTP_STARTTLS": "yes",
            "INTAKE_SMTP_USER": "intake",
            "INTAKE_SMTP_PASSWORD": "kept out of sight",
            "INTAKE_MAIL_FROM": "no-reply@intake.example",
            "INTAKE_CHECKPOINTS": "/mnt/witness/checkpoints",
        }
    )

    assert settings.checkpoints == Path("/mnt/witness/checkpoints")
    assert settings.key_ring == Path("/srv/keys/ring.json")
    assert settings.public_url == "https://intake.example"
    assert settings.names == {"intake.example", "0.0.0.0"}  # noqa: S104 - as above
    assert (settings.trusted_proxies, settings.proxy_addresses) == (2, ("10.0.0.5/32", "2001:db8::/64"))
    assert (settings.port, settings.mail.port, settings.mail.starttls) == (9000, 587, True)
    assert "kept out of sight" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("INTAKE_SAMPLE", "perhaps"),
        ("PORT", "eight thousand"),
        ("PORT", "-1"),
        ("INTAKE_TRUSTED_PROXIES", "10.0.0.5"),
        ("INTAKE_PROXY_ADDRESSES", "the one in the cupboard"),
    ],
)
def test_a_setting_that_cannot_be_understood_is_named(name: str, value: str) -> None:
    with pytest.raises(NotConfigured, match=name):
        Settings.from_env({name: value})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "intake.example", "::"])  # noqa: S104 - refused
def test_the_practice_copy_serves_this_machine_only(host: str) -> None:
    with pytest.raises(NotConfigured, match="this machine only"):
        Settings.from_env({"INTAKE_SAMPLE": "1", "HOST": host})


@pytest.mark.parametrize(
    "url",
    [
        "https://intake.example",
        "http://192.0.2.1:8000",
        "http://localhost.example",
        "http://[2001:db8::1]/",
        "http://localhost@intake.example",
        "localhost:8000",
        "",
    ],
)
def test_the_practice_copy_is_known_by_no_name_but_this_machines(url: str) -> None:
    with pytest.raises(NotConfigured, match="INTAKE_PUBLIC_URL cannot be"):
        Settings.from_env({"INTAKE_SAMPLE": "1", "INTAKE_PUBLIC_URL": url})


@pytest.mark.parametrize("url", ["http://localhost:8131/", "http://127.0.0.1:8131", "http://[::1]:8131"])
def test_the_practice_copy_may_be_told_which_of_this_machines_names_to_use(url: str) -> None:
    assert Settings.from_env({"INTAKE_SAMPLE": "1", "INTAKE_PUBLIC_URL": url}).public_url == url.rstrip("/")


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.8.8.8", "::1"])
def test_the_practice_copy_speaks_plainly_to_this_machine(host: str) -> None:
    settings = Settings.from_env({"INTAKE_SAMPLE": "1", "HOST": host})

    assert settings.sample
    assert not settings.secure
