"""How an act's time is shared out among what it is spent on."""

import pytest

from intake.bench.spans import Spans, spanning


class Worked:
    """Something that takes its time, by a clock that only it moves."""

    now = 0.0

    def outer(self) -> str:
        Worked.now += 1
        self.inner()
        Worked.now += 2
        return "done"

    def inner(self) -> None:
        Worked.now += 10

    def fails(self) -> None:
        Worked.now += 5
        raise LookupError


def test_what_is_within_another_is_counted_once_and_as_its_own() -> None:
    spans, worked = Spans(lambda: Worked.now), Worked()
    plain = Worked.outer
    with spanning(spans, {"out": ((Worked, "outer"), (Worked, "fails")), "in": ((Worked, "inner"),)}):
        Worked.now += 100
        with spans.of("rest"):
            Worked.now += 7
            assert worked.outer() == "done"
            with pytest.raises(LookupError):
                worked.fails()
            Worked.now += 1
    assert spans.spent == {"rest": 8, "out": 8, "in": 10}
    worked.outer()
    assert sum(spans.spent.values()) == 26
    assert Worked.outer is plain
