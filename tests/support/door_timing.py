"""How well the time an answer takes tells one kind of try from another: tries interleaved, and then ranked.

`make security` asks for two thousand pairs; the suite asks for enough to see a door that tells.
"""

import time
from collections.abc import Callable, Mapping, Sequence

Try = Callable[[int], object]


def interleaved(tries: Mapping[str, Try], rounds: int) -> dict[str, list[float]]:
    """Return how long each kind of try took, each round trying every kind once, in a turning order."""
    took: dict[str, list[float]] = {kind: [] for kind in tries}
    kinds = list(tries)
    for number in range(rounds):
        for kind in (*kinds[number % len(kinds) :], *kinds[: number % len(kinds)]):
            began = time.perf_counter()
            tries[kind](number)
            took[kind].append(time.perf_counter() - began)
    return took


def told_apart(one: Sequence[float], other: Sequence[float]) -> float:
    """Return how often a try of one kind took longer than one of another: 0.5 tells nothing, 0 and 1 all."""
    longer = sum((a > b) + (a == b) / 2 for a in one for b in other)
    return longer / (len(one) * len(other))
