"""T14: the rules of who may, how words are kept and what happened, changed in every small way."""

from collections import Counter
from math import sqrt
from pathlib import Path

from tests.security.outcome import Outcome
from tests.support.mutants import CONTROL, GROUPS, LIVED, NOT_TRIED, NOTICED, Verdicts, can_be_made, tried

#: All of each but the last, of which a sample is drawn (ADR 91); what tells when and where is `make mutants`.
TRIED = ("policy", "once-keys", "keys", "trail", "trail's rows")
_LEAST = 0.9


def measure(_folder: Path) -> Outcome:
    """Go on with the mutants there are; those not tried yet are said, and never counted."""
    if not can_be_made():
        return Outcome({}, not_run={"mutants": "mutmut is not installed: make security installs it"})
    wrong = {group: said for group in TRIED if (said := tried(group))}
    outcome = reckoned()
    faults = (f"{group}: its tests could not be run: {said}" for group, said in wrong.items())
    return Outcome(outcome.figures, (*faults, *outcome.faults), outcome.not_run)


def reckoned() -> Outcome:
    """Reckon what share of each group was noticed; with nothing changed, every test must pass."""
    figures: dict[str, object] = {}
    faults, not_run = [], {}
    for group in TRIED:
        verdicts = dict(Verdicts(group).read())
        controls = {mutant for mutant in verdicts if mutant.endswith(CONTROL)}
        faults += [f"{each}: its tests fail together" for each in controls if verdicts[each] in NOTICED]
        came = Counter(verdict for mutant, verdict in verdicts.items() if mutant not in controls)
        noticed = sum(came[each] for each in NOTICED)
        count = noticed + came[LIVED]
        if came[NOT_TRIED] or not count:
            not_run[group] = f"{came[NOT_TRIED]} of {came.total()} mutants were not tried"
        if count:
            figures[group] = f"{noticed} of {count}, {noticed / count:.1%}"
            if GROUPS[group].sampled:
                low, high = interval(noticed, count)
                figures[group] = f"{figures[group]} ({low:.1%} to {high:.1%} of all)"
            if noticed / count < _LEAST:
                faults.append(f"{group}: {came[LIVED]} of {count} mutants lived")
    not_run["crossings and ends of the trail"] = "their tests are of pages and of two tiers at work"
    return Outcome(figures, tuple(faults), not_run)


def interval(noticed: int, count: int) -> tuple[float, float]:
    """Return between what shares that of all lies, nineteen times of twenty (Wilson's)."""
    share, z = noticed / count, 1.96
    middle = share + z * z / (2 * count)
    apart = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
    whole = 1 + z * z / count
    return (middle - apart) / whole, (middle + apart) / whole
