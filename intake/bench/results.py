"""What was measured, and whether the machine was quiet enough for it to mean anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from intake.bench import floors, start_up
from intake.bench.measuring import Timings

#: What each act is compared with: it can never be quicker than these together.
UNDER: Final[Mapping[str, tuple[str, ...]]] = {
    "record a concern": (floors.P, floors.T),
    "submit and route": (floors.P, floors.T),
    "queue page": (floors.G,),
    "queue page, half way down": (floors.G,),
    "referral with 50 notes": (floors.G,),
    "audit page": (floors.G,),
    "list of concerns": (floors.G,),
    "list of referrals sent": (floors.G,),
    "sign-in": (floors.ARGON2,),
    "audit verify, each entry": (floors.S,),
    start_up.NAME: (start_up.FLOOR,),
}
#: A floor that is so many times slower in one half of the run than in the other was disturbed; so is one that
#: took so much longer by the wall than it worked.
_DISTURBED = 1.25
#: Work that waits for nothing: the wall and its own time ought to agree.
_NEVER_WAITS = (floors.P, floors.G, floors.S, floors.ARGON2)


@dataclass(frozen=True, slots=True)
class Filled:
    """How a database was filled for one size."""

    referrals: int
    rows: int
    seconds: float
    bytes: int


@dataclass(frozen=True, slots=True)
class Results:
    """One run: the floors, and every act by the number of referrals there were."""

    database: str
    machine: str
    load: float
    processors: int
    rounds: int
    filled: tuple[Filled, ...]
    floors: tuple[Timings, ...]
    acts: Mapping[int, tuple[Timings, ...]]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The numbers of referrals, in the order asked for."""
        return tuple(self.acts)

    def floor_of(self, name: str) -> float | None:
        """Return the medians of an act's floors added up, in seconds."""
        medians = {timing.name: timing.median for timing in self.floors}
        under = UNDER.get(name, ())
        return sum(medians[each] for each in under) if under and set(under) <= medians.keys() else None

    def grown(self, name: str) -> float | None:
        """Return how many times the smallest size's median an act takes at the largest."""
        if len(self.sizes) == 1:
            return None
        small, large = (self._act(size, name).median for size in (min(self.sizes), max(self.sizes)))
        return large / small

    def disturbances(self) -> Iterator[str]:
        """Yield why this run says nothing, if it does not: a noisy run never proves anything."""
        if self.load > self.processors / 2:
            yield f"the load was {self.load:.1f} on {self.processors} processors before it began"
        for timing in self.floors:
            if timing.name in _NEVER_WAITS:
                yield from _disturbed(timing)

    def json(self) -> dict[str, Any]:
        """Return all of it as JSON values; times are in milliseconds."""
        return {
            "database": self.database,
            "machine": self.machine,
            "load_before": round(self.load, 2),
            "processors": self.processors,
            "rounds": self.rounds,
            "disturbances": list(self.disturbances()),
            "filled": [
                {
                    "referrals": each.referrals,
                    "rows": each.rows,
                    "seconds": round(each.seconds, 1),
                    "bytes": each.bytes,
                }
                for each in self.filled
            ],
            "floors": {timing.name: _figures(timing) for timing in self.floors},
            "acts": {timing.name: self._act_json(timing.name) for timing in self.acts[self.sizes[0]]},
        }

    def _act_json(self, name: str) -> dict[str, Any]:
        floor = self.floor_of(name)
        by_size = {str(size): _figures(self._act(size, name)) for size in self.sizes}
        last = self._act(max(self.sizes), name).median
        return {
            "by_referrals": by_size,
            "grown": self.grown(name),
            "floor": list(UNDER.get(name, ())),
            "times_floor": None if floor is None else last / floor,
        }

    def _act(self, size: int, name: str) -> Timings:
        return next(timing for timing in self.acts[size] if timing.name == name)


def _disturbed(timing: Timings) -> Iterator[str]:
    first, second = (half * 1e3 for half in timing.halves())
    if max(first, second) > _DISTURBED * min(first, second):
        yield f"{timing.name}: {first:.3g} ms in the first half of the run, {second:.3g} in the second"
    if timing.median > _DISTURBED * timing.own_median:
        yield f"{timing.name}: took {timing.median / timing.own_median:.1f} times as long as it worked"


def _figures(timing: Timings) -> dict[str, float | int]:
    return {
        "median_ms": timing.median * 1e3,
        "p95_ms": timing.p95 * 1e3,
        "own_ms": timing.own_median * 1e3,
        "statements": timing.statements,
        "commits": timing.commits,
    }
