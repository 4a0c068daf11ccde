"""How many mutants of each module lived, from what the last run left: `python -m tests.support.mutants`."""

import json
import sys
from collections import Counter
from pathlib import Path

_LEFT = Path(__file__).parents[2] / "mutants" / "intake"
_KILLED, _INTERRUPTED = frozenset({1, 3}), frozenset({None, 2, 34})
_TIMED_OUT = frozenset({-24, 24, 36, 152, 255})


def told(exit_code: int | None) -> str:
    """Say what became of a mutant whose tests ended so; one that never ended was noticed by that."""
    if exit_code in _INTERRUPTED:
        return "not tried"
    if exit_code in _TIMED_OUT:
        return "never ended"
    return "killed" if exit_code in _KILLED else "lived"


def main() -> None:
    """Print a row for each module and one for each mutant that lived."""
    lived: list[str] = []
    rows = ["| module | mutants | killed | never ended | lived | not tried |", "|---|--:|--:|--:|--:|--:|"]
    for meta in sorted(_LEFT.rglob("*.py.meta")):
        found = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
        count = Counter(told(code) for code in found.values())
        lived += [name for name, code in found.items() if told(code) == "lived"]
        if found:
            module = meta.relative_to(_LEFT).with_suffix("").with_suffix("").as_posix()
            numbers = (len(found), *(count[each] for each in ("killed", "never ended", "lived", "not tried")))
            rows.append(f"| `{module}` | {' | '.join(map(str, numbers))} |")
    sys.stdout.write("\n".join([*rows, "", *lived, ""]))


if __name__ == "__main__":
    main()
