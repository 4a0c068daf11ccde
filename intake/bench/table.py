"""The results as a table for people."""

from collections.abc import Iterator

from intake.bench.measuring import Timings
from intake.bench.results import Results

_NAME = 38
_CELL = 10


def table(results: Results) -> str:
    """Return everything that was measured, a line each; times are in milliseconds."""
    return "\n".join((*_head(results), *_floors(results), *_acts(results), *_foot(results))) + "\n"


def _head(results: Results) -> Iterator[str]:
    yield f"{results.database}; {results.machine}; {results.rounds} rounds"
    for each in results.filled:
        yield (
            f"{each.referrals:,} referrals: {each.rows:,} rows, {each.bytes / 1e6:,.0f} MB, "
            f"filled in {each.seconds:,.1f} s"
        )
    yield ""


def _floors(results: Results) -> Iterator[str]:
    yield _line("floor", "median", "p95", "own work")
    for timing in results.floors:
        yield _line(timing.name, _ms(timing.median), _ms(timing.p95), _ms(timing.own_median))
    yield ""


def _acts(results: Results) -> Iterator[str]:
    sizes = results.sizes
    yield _line("", *(cell for size in sizes for cell in (f"{size:,}", "", "")))
    yield _line("act", *("median", "p95", "own work") * len(sizes), "asked", "grown", "x floor")
    for timing in results.acts[sizes[-1]]:
        cells = [cell for size in sizes for cell in _cells(results, size, timing.name)]
        floor, grown = results.floor_of(timing.name), results.grown(timing.name)
        yield _line(
            timing.name,
            *cells,
            f"{timing.statements}+{timing.commits}" if timing.statements else "",
            "" if grown is None else f"{grown:.2f}",
            "" if floor is None else f"{timing.median / floor:.1f}",
        )
    yield ""
    yield "Times are milliseconds. 'own work' is what this process itself worked; 'asked' is statements and"
    yield "commits; 'grown' is the median at the most referrals by that at the fewest; 'x floor' the median"
    yield "by the floors under it."


def _foot(results: Results) -> Iterator[str]:
    noise = tuple(results.disturbances())
    if noise:
        yield ""
        yield "INCONCLUSIVE: other programs were at work."
        yield from (f"- {each}" for each in noise)


def _cells(results: Results, size: int, name: str) -> tuple[str, str, str]:
    timing: Timings = next(each for each in results.acts[size] if each.name == name)
    return _ms(timing.median), _ms(timing.p95), _ms(timing.own_median)


def _line(name: str, *cells: str) -> str:
    return (f"{name:<{_NAME}}" + "".join(f"{cell:>{_CELL}}" for cell in cells)).rstrip()


def _ms(seconds: float) -> str:
    millis = seconds * 1e3
    return f"{millis:.4f}" if millis < 0.1 else f"{millis:.2f}"  # noqa: PLR2004 - as many figures as it needs
