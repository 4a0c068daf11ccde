"""The runner of the long tests: a finding stands at its commit, and what was not run never passed."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.security import outcome, run
from tests.security.outcome import Outcome

SOUND = Outcome({"tried": 2})
FAULTY = Outcome({"tried": 2}, ("one lived",))
PARTLY = Outcome({"tried": 2}, not_run={"a tool": "it is not here"})


class Measured:
    """A part that counts, beside the process it runs in, how often it was asked."""

    def __init__(self, comes_to: Outcome, counted: Path) -> None:
        self.comes_to = comes_to
        self.counted = counted

    @property
    def times(self) -> int:
        """How often it was asked."""
        return self.counted.stat().st_size if self.counted.exists() else 0

    def __call__(self, folder: Path) -> Outcome:
        """Come to what was planned."""
        assert folder.is_dir()
        with self.counted.open("a", encoding="utf-8") as file:
            file.write("x")
        return self.comes_to


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Mapping[str, Measured]:
    comes_to = {"A": SOUND, "B": FAULTY, "C": PARTLY}
    made = {part: Measured(outcome, tmp_path / part) for part, outcome in comes_to.items()}
    monkeypatch.setattr(run, "ALONE", frozenset("B"))
    monkeypatch.setattr(run, "PARTS", {part: ("something", each) for part, each in made.items()})
    monkeypatch.setattr(outcome, "KEPT", tmp_path / "kept")
    monkeypatch.setattr(outcome, "standing", lambda: ("abc", False))
    return made


@pytest.mark.parametrize(
    ("words", "code"),
    [(["A"], 0), (["B"], 1), (["C"], 0), (["C", "--strict"], 1), (["A", "--strict"], 0), ([], 1)],
)
def test_what_fails_and_strictly_what_was_not_run_ends_with_one(
    parts: Mapping[str, Measured], words: list[str], code: int
) -> None:
    assert run.main(words) == code


def test_what_was_not_run_is_said_and_is_not_called_passed(
    parts: Mapping[str, Measured], capsys: pytest.CaptureFixture[str]
) -> None:
    run.main([])
    told = capsys.readouterr().out
    assert "| A | passed | " in told
    assert "| B | failed | " in told
    assert "| C | passed in part | " in told
    assert "B amiss: one lived" in told
    assert "C not run: a tool: it is not here" in told


def test_what_stands_at_this_commit_is_not_run_again_unless_it_is_asked_for(
    parts: Mapping[str, Measured], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.main([])
    run.main([])
    assert [each.times for each in parts.values()] == [1, 2, 1]
    run.main(["A", "--again"])
    assert parts["A"].times == 2
    monkeypatch.setattr(outcome, "standing", lambda: ("def", False))
    run.main(["A"])
    monkeypatch.setattr(outcome, "standing", lambda: ("def", True))
    run.main(["A"])
    assert parts["A"].times == 4


def test_a_part_that_falls_over_has_failed_and_the_next_is_run(
    parts: Mapping[str, Measured], monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls(_folder: Path) -> Outcome:
        raise LookupError

    monkeypatch.setattr(run, "PARTS", {"A": ("something", falls), "C": ("something", parts["C"])})
    assert run.main([]) == 1
    assert parts["C"].times == 1


def test_a_part_that_is_ended_from_outside_has_failed(
    parts: Mapping[str, Measured], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run.main(["A"])
    monkeypatch.setattr(run, "PARTS", {"A": ("something", lambda _folder: os._exit(9))})
    assert run.main(["A", "--again"]) == 1
    assert "ended before it came to anything" in capsys.readouterr().out
