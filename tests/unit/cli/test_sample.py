"""`intake sample`: who there is to sign in as, what their code is, and what it will not do."""

import json

import pyotp
import pytest

from intake.cli.main import main
from intake.samples.people import PASSWORD, PEOPLE, TOTP_SECRET
from intake.vocabulary import Role


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is said in the environment, and no database is near."""
    for name in ("INTAKE_SAMPLE", "HOST", "DATABASE_URL", "INTAKE_INSTANCE"):
        monkeypatch.delenv(name, raising=False)


def test_people_are_listed_for_a_program(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "people", "--json"]) == 0

    people = json.loads(capsys.readouterr().out)

    assert len(people) == len(PEOPLE)
    for somebody in people:
        assert set(somebody) == {"name", "email", "role", "organisation", "password", "totp_secret"}
        assert somebody["password"] == PASSWORD
        assert somebody["organisation"].endswith("(sample)")
        assert (somebody["totp_secret"] is None) == (Role(somebody["role"]) is Role.REPORTER)


def test_people_are_listed_for_a_person(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "people"]) == 0

    said = capsys.readouterr().out

    assert all(somebody.email in said for somebody in PEOPLE)
    assert PASSWORD in said
    assert TOTP_SECRET in said
    assert "deputy lead 2" in said


@pytest.mark.parametrize("email", [(), ("ruth@otterbrook.example",), ("RUTH@otterbrook.example",)])
def test_the_code_of_the_moment_is_six_digits(
    capsys: pytest.CaptureFixture[str], email: tuple[str, ...]
) -> None:
    assert main(["sample", "code", *email]) == 0

    assert pyotp.TOTP(TOTP_SECRET).verify(capsys.readouterr().out.strip(), valid_window=1)


def test_a_reporter_is_told_that_no_code_is_asked_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "code", "tomasz@otterbrook.example"]) == 0

    assert "password alone" in capsys.readouterr().out


def test_a_stranger_is_sent_to_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sample", "code", "somebody@otterbrook.example"]) == 2

    assert "intake sample people" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["load", "serve"])
def test_nothing_is_done_where_the_environment_says_it_is_no_practice_copy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setenv("INTAKE_SAMPLE", "0")

    assert main(["sample", part]) == 2

    assert "INTAKE_SAMPLE" in capsys.readouterr().err


@pytest.mark.parametrize("part", ["load", "serve"])
def test_nothing_is_done_for_another_machine(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setenv("HOST", "0.0.0.0")  # noqa: S104 - refused

    assert main(["sample", part]) == 2

    assert "this machine only" in capsys.readouterr().err
