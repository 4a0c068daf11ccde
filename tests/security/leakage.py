"""T2: what the tokens of a stolen index tell of fifty thousand children's names."""

from pathlib import Path

from tests.security.outcome import Outcome
from tests.support.leakage import attack

_CHILDREN = 50_000
_MOST_RECOVERED = 0.01
_LEAST_FROM_NAMES = 0.05


def measure(_folder: Path) -> Outcome:
    """Attack the indexes there are, and one of names, which must be seen to leak."""
    leaked = attack(_CHILDREN)
    checks = {
        "the indexes give away names": leaked.recovered < _MOST_RECOVERED,
        "a token stands in too many rows": leaked.commonest <= leaked.most_allowed,
        "the attack does not see an index of names": leaked.recovered_from_names >= _LEAST_FROM_NAMES,
    }
    figures = {
        "children": leaked.children,
        "names recovered": f"{leaked.recovered:.4%}",
        "from a planted index of names": f"{leaked.recovered_from_names:.2%}",
        "rows of the commonest token": f"{leaked.commonest} of {leaked.most_allowed} allowed",
    }
    return Outcome(figures, tuple(what for what, good in checks.items() if not good))
