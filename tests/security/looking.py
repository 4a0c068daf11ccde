"""T11: whether the report of looks finds those who look where they have no business, and who else."""

from pathlib import Path

from tests.security.outcome import Outcome, suite
from tests.support.snooping import measure as held_against

#: The seed that nothing was ever tuned on, and ten more (docs/looking.md).
_MEASURED = 2
_OTHERS = range(3, 13)
_MOST_FALSE = 2.0
#: Whatever was opened by breaking the glass is reviewed: tests of the suite.
_GLASS = "tests/integration/services/test_glass.py"


def measure(_folder: Path) -> Outcome:
    """Hold the report against made-up desks; the lines are older than any of them (ADR 160, 162, 163)."""
    found, others = held_against(_MEASURED), [held_against(seed) for seed in _OTHERS]
    planted = sum(len(each.found) + len(each.missed) for each in others)
    kinds = ", ".join(f"{count} {why.value}" for why, count in found.false.most_common())
    figures: dict[str, object] = {
        "looks": found.looks,
        "planted patterns found": f"{len(found.found)} of {len(found.found) + len(found.missed)}",
        "false alarms": f"{found.false.total()} ({kinds})",
        "in a thousand looks": f"{found.false_in_a_thousand:.1f}",
        "with other seeds": f"{sum(len(each.found) for each in others)} of {planted} found, "
        f"{min(each.false_in_a_thousand for each in others):.1f} to "
        f"{max(each.false_in_a_thousand for each in others):.1f} in a thousand",
    }
    faults = [f"not found: {each}" for measured in (found, *others) for each in measured.missed]
    glass = suite(_GLASS)
    figures["every breaking of the glass is reviewed"] = glass.figure
    faults += glass.failed
    if found.false_in_a_thousand > _MOST_FALSE:
        faults.append(f"{found.false_in_a_thousand:.1f} false alarms in a thousand looks, and 2 are allowed")
    return Outcome(figures, tuple(faults))
