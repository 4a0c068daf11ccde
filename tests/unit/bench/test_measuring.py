"""How acts are timed, and what is counted meanwhile."""

from dataclasses import dataclass, field

import pytest

from intake.bench.measuring import Counter, Timings, in_rounds


@dataclass
class Planted:
    """An act that says when it was done."""

    name: str
    done: list[str]
    counter: Counter = field(default_factory=Counter)
    times: int = 1
    prepared: int = 0

    def prepare(self) -> None:
        self.prepared += 1
        self.counter.statements += 100

    def run(self) -> None:
        self.done.append(self.name)
        self.counter.statements += 3
        self.counter.commits += 1


def test_every_act_is_done_once_a_round_and_every_other_round_backwards() -> None:
    done: list[str] = []
    acts = [Planted(name, done) for name in "abc"]
    in_rounds([(act, act.counter) for act in acts], 2, warming_up=0)
    assert "".join(done) == "cbaabc"
    assert [act.prepared for act in acts] == [2, 2, 2]


def test_the_first_rounds_are_not_measured() -> None:
    act = Planted("a", [])
    (timing,) = in_rounds([(act, act.counter)], 4, warming_up=3)
    assert len(timing.wall) == len(timing.own) == 4
    assert len(act.done) == 7


def test_what_was_asked_while_preparing_is_not_counted() -> None:
    act = Planted("a", [])
    (timing,) = in_rounds([(act, act.counter)], 2)
    assert (timing.statements, timing.commits) == (3, 1)


def test_what_is_done_many_times_in_one_go_is_told_for_one() -> None:
    once, often = Planted("once", []), Planted("often", [], times=1_000_000)
    single, many = in_rounds([(once, once.counter), (often, often.counter)], 3)
    assert many.median < single.median


def test_the_median_and_the_twentieth_are_told() -> None:
    timing = Timings("a", wall=[float(number) for number in range(1, 101)], own=[0.5, 1.5, 9.0])
    assert timing.median == 50.5
    assert timing.p95 == pytest.approx(95.05)
    assert timing.own_median == 1.5
    assert timing.halves() == (25.5, 75.5)
