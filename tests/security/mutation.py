"""T14: the rules of who may, how words are kept and what happened, changed in every small way."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.security.outcome import KEPT, ROOT, Outcome
from tests.support.mutants import told

#: Of the trail, what is pure; what needs a database is not mutated, for each mutant would want one.
MODULES = ("intake.policy", "intake.crypto", "intake.audit", "intake.services.once")
_LEAST = 0.9
_MUTMUT = Path(sys.executable).parent / "mutmut"


def measure(_folder: Path) -> Outcome:
    """Go on with the mutants there are; those not tried yet are said, and never counted."""
    if not _MUTMUT.exists():
        return Outcome({}, not_run={"mutants": "mutmut is not installed: make security installs it"})
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "mutants.txt").open("w", encoding="utf-8") as log:
        names = [f"{module}.*" for module in MODULES]
        subprocess.run(
            [_MUTMUT, "run", "--max-children", "2", *names], cwd=ROOT, stdout=log, stderr=log, check=False
        )
    return reckoned()


def reckoned() -> Outcome:
    """Reckon what share was noticed, module by module, from what runs so far have left."""
    figures: dict[str, object] = {}
    faults, not_run = [], {}
    for module in MODULES:
        came = Counter(told(code) for code in _codes(module))
        tried, noticed = came.total() - came["not tried"], came["killed"] + came["never ended"]
        if came["not tried"] or not tried:
            not_run[module] = f"{came['not tried']} of {came.total()} mutants were not tried"
        if tried:
            figures[module] = f"{noticed} of {tried}, {noticed / tried:.1%}"
            if noticed / tried < _LEAST:
                faults.append(f"{module}: {tried - noticed} of {tried} mutants lived")
    return Outcome(figures, tuple(faults), not_run)


def _codes(module: str) -> Iterator[int | None]:
    place = ROOT / "mutants" / module.replace(".", "/")
    metas = [place.with_suffix(".py.meta"), *place.rglob("*.py.meta")]
    for meta in metas:
        if meta.exists():
            yield from json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"].values()
