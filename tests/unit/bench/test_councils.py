"""The made-up councils that the check of a directory is measured with."""

import json

import pytest

from intake.bench.councils import councils
from intake.cli.main import main


def test_every_made_up_council_has_three_tiers_of_which_somebody_always_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert {len(services) for services in councils(5).by_authority.values()} == {3}
    assert main(["bench", "--councils", "5", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["councils"], said["days"], said["gaps"]) == (5, 400, 0)
    assert main(["bench", "--councils", "1"]) == 0
    assert "councils: 1\n" in capsys.readouterr().out
