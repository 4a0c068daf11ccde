"""What became of mutants: a verdict stands for what it was of, and what was not tried is never noticed."""

from pathlib import Path

import pytest

from tests.security import mutation
from tests.security.outcome import Outcome
from tests.support import mutants
from tests.support.mutants import CONTROL, KILLED, LIVED, NEVER_ENDED, NOT_TRIED, Group, Verdicts

_CONTROL = f"a.b.{CONTROL}"


@pytest.fixture
def verdicts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Verdicts:
    monkeypatch.setattr(mutants, "KEPT", tmp_path)
    monkeypatch.setattr(mutants, "GROUPS", {"all": Group(("a",), ()), "some": Group(("a",), (), sampled=3)})
    monkeypatch.setattr(mutation, "GROUPS", mutants.GROUPS)
    monkeypatch.setattr(mutation, "TRIED", ("all",))
    monkeypatch.delenv(mutants.WHOLE, raising=False)
    return Verdicts("all")


def _came(verdicts: Verdicts, *came: str, control: str = LIVED) -> Outcome:
    verdicts.expect({_CONTROL: "", **{f"a.b.x__mutmut_{number}": "" for number, _ in enumerate(came, 1)}})
    verdicts.keep(_CONTROL, "", control)
    for number, verdict in enumerate(came, 1):
        if verdict != NOT_TRIED:
            verdicts.keep(f"a.b.x__mutmut_{number}", "", verdict)
    return mutation.reckoned()


def test_a_verdict_stands_until_its_function_or_its_tests_are_others(verdicts: Verdicts) -> None:
    assert verdicts.expect({"a.b.x__mutmut_1": "one", "a.b.y__mutmut_1": "one"}) == [
        "a.b.x__mutmut_1",
        "a.b.y__mutmut_1",
    ]
    verdicts.keep("a.b.x__mutmut_1", "one", KILLED)
    assert verdicts.expect({"a.b.x__mutmut_1": "one", "a.b.y__mutmut_1": "one"}) == ["a.b.y__mutmut_1"]
    assert verdicts.expect({"a.b.x__mutmut_1": "other"}) == ["a.b.x__mutmut_1"]


def test_nine_of_ten_must_be_noticed_and_one_that_never_ends_is(verdicts: Verdicts) -> None:
    outcome = _came(verdicts, *[KILLED] * 8, NEVER_ENDED, LIVED)
    assert (outcome.faults, outcome.figures) == ((), {"all": "9 of 10, 90.0%"})
    assert _came(verdicts, *[KILLED] * 8, LIVED, LIVED).faults == ("all: 2 of 10 mutants lived",)


def test_what_was_not_tried_is_not_counted_and_is_said(verdicts: Verdicts) -> None:
    outcome = _came(verdicts, KILLED, NOT_TRIED)
    assert outcome.figures == {"all": "1 of 1, 100.0%"}
    assert outcome.not_run["all"] == "1 of 2 mutants were not tried"


def test_tests_that_fail_with_nothing_changed_notice_nothing(verdicts: Verdicts) -> None:
    assert _came(verdicts, KILLED, control=KILLED).faults == (f"{_CONTROL}: its tests fail together",)


def test_a_sample_is_the_same_each_time_and_has_every_control(
    verdicts: Verdicts, monkeypatch: pytest.MonkeyPatch
) -> None:
    there_are = {_CONTROL: "", **{f"a.b.x__mutmut_{number}": "" for number in range(1, 30)}}
    drawn = Verdicts("some").expect(there_are)
    assert len(drawn) == 4
    assert _CONTROL in drawn
    assert Verdicts("some").expect(there_are) == drawn
    monkeypatch.setenv(mutants.WHOLE, "1")
    assert len(Verdicts("some").expect(there_are)) == 30


def test_what_a_sample_says_of_all_has_its_interval() -> None:
    low, high = mutation.interval(270, 300)
    assert (round(low, 3), round(high, 3)) == (0.861, 0.929)
