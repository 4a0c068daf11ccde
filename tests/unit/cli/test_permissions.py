"""The printed table of who may."""

import json
from pathlib import Path

import pytest

from intake.cli.main import main
from intake.policy.permissions import DESCRIPTIONS, Permission

PRINTED = Path(__file__).parents[3] / "docs" / "permissions.md"


def test_the_document_is_what_the_program_runs_by(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["permissions"]) == 0
    assert capsys.readouterr().out == PRINTED.read_text()


def test_a_program_can_read_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["permissions", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {permission.value for permission in Permission}
    assert said["referral.open"] == [
        {"roles": ["duty_manager", "duty_worker"], "must": ["of_own_hub", "open_to_actor"]}
    ]


def test_every_act_is_described() -> None:
    assert set(DESCRIPTIONS) == set(Permission)
