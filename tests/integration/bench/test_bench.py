"""The whole of a small run, as an operator types it, on either database."""

import json
import shutil
from pathlib import Path

import pytest

from intake.bench import decisions
from intake.bench.results import UNDER
from intake.cli.main import main


def test_every_act_is_measured_at_every_size_on_postgresql(
    postgres_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    several = ("--referrals", "200", "300", "--rounds", "2", "--starts", "2")

    assert main(("bench", *several, "--json", "--database-url", postgres_url)) == 0

    said = json.loads(capsys.readouterr().out)
    assert set(said["acts"]) == set(UNDER)
    assert said["database"].startswith("PostgreSQL")
    for name, act in said["acts"].items():
        assert act["by_referrals"].keys() == {"200", "300"}, name
        for figures in act["by_referrals"].values():
            assert 0 < figures["median_ms"] <= figures["p95_ms"] * 1.001, name
        assert act["times_floor"] > 0
        assert act["grown"] > 0
    assert said["acts"]["submit and route"]["by_referrals"]["300"]["commits"] <= 3
    assert said["acts"]["queue page"]["by_referrals"]["300"]["statements"] <= 15


def test_a_table_of_every_act_on_sqlite_is_printed_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("bench", "--referrals", "200", "--rounds", "2", "--starts", "2", "--keep")) == 0
    said = capsys.readouterr()
    for name in UNDER:
        assert name in said.out
    (kept,) = (line.partition("sqlite:///")[2] for line in said.err.splitlines() if line.startswith("Kept: "))
    assert Path(kept).is_file()
    shutil.rmtree(Path(kept).parent)


def test_a_single_round_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("bench", "--referrals", "200", "--rounds", "1")) == 2
    assert "a median of one says nothing" in capsys.readouterr().err


def test_one_decision_is_measured_among_few_councils_and_among_many(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # What is printed is looked at here, and not how long it takes.
    monkeypatch.setattr(decisions, "_ROUNDS", 200)
    assert main(("bench", "--decisions", "12", "--json")) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["few"], found["councils"]) == (10, 12)
    assert min(found["median_ms"], found["median_ms_among_few"], found["grown"]) > 0
    assert main(("bench", "--decisions", "12")) == 0
    assert "grown" in capsys.readouterr().out
