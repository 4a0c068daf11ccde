"""Mutants of the rules, and what became of each: `python -m tests.support.mutants [--try] [--whole] [GROUP]`.

A group is tried by `tests.support.mutant_trials`. A verdict is kept beside what it is a verdict of: the text
of the function, and of the files of tests that reach it. It stands until one of these is another.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "test-output" / "mutants"
#: Which group a process is to try, and whether all of it.
ASKED, WHOLE = "PASS_IT_ON_MUTANTS_OF", "PASS_IT_ON_MUTANTS_ALL"

KILLED, NEVER_ENDED, LIVED, NOT_TRIED = "killed", "never ended", "lived", "not tried"
#: A mutant that never ends is noticed: the tests of it do not pass.
NOTICED = frozenset({KILLED, NEVER_ENDED})
#: No mutant: every test that reaches the module, in the same process and order, with nothing changed.
CONTROL = "nothing__mutmut_0"
_SEED = 20261124


@dataclass(frozen=True, slots=True)
class Group:
    """Modules, by themselves or a package of them, and the files or folders of tests they are tried against.

    `sampled` says how many are tried where not all are asked for: drawn by lot, and the same ones each time.
    """

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    but: tuple[str, ...] = ()
    sampled: int | None = None

    def holds(self, module: str) -> bool:
        """Tell whether a module is of this group."""
        return module not in self.but and any(f"{module}.".startswith(f"{each}.") for each in self.modules)


#: What of the trail writes and reads its own rows, or speaks to another machine.
_ROWS = (
    *("log", "log_check", "log_notes", "log_rows", "log_writer", "trail", "proof"),
    *("witness", "far_witness", "syslog"),
)
_TRAIL_ROWS = tuple(f"intake.audit.{each}" for each in _ROWS)

GROUPS: Mapping[str, Group] = {
    "calendars": Group(("intake.calendars",), ("tests/unit/calendars",)),
    "routing": Group(("intake.routing",), ("tests/unit/routing",)),
    "policy": Group(("intake.policy",), ("tests/unit/policy",)),
    "once-keys": Group(("intake.services.once",), ("tests/integration/test_once_keys.py",)),
    "keys": Group(("intake.crypto",), ("tests/unit/crypto", "tests/unit/audit")),
    "trail": Group(
        ("intake.audit",),
        (
            *("tests/unit/audit", "tests/unit/crypto", "tests/unit/words/test_events.py"),
            "tests/integration/audit/test_elsewhere.py",
        ),
        # What crosses between two tiers is seen only with both at work, and whether chains end as they should
        # is asked by the page of health: their tests are of pages, and take too long for one mutant each.
        but=(*_TRAIL_ROWS, "intake.audit.crossings", "intake.audit.ends"),
    ),
    "trail's rows": Group(_TRAIL_ROWS, ("tests/unit/audit", "tests/integration/audit"), sampled=300),
}
#: Left out is what only takes time here: years of minutes, hundreds of questions, every byte of a proof.
LEFT_OUT = (
    "tests/unit/calendars/test_second_reader.py",
    "tests/unit/calendars/test_hours_properties.py",
    "tests/unit/routing/test_second_engine.py",
    "tests/unit/routing/test_properties.py",
    "tests/integration/audit/test_proofs.py::test_changed_in_any_one_place_it_is_refused",
)


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What became of the mutants of a group."""

    group: str

    @property
    def _all(self) -> Path:
        return KEPT / f"{self.group}.json"

    @property
    def _said(self) -> Path:
        return KEPT / f"{self.group}.jsonl"

    def expect(self, mutants: Mapping[str, str]) -> list[str]:
        """Write down each mutant to be tried, by what it is one of; gives those without a verdict."""
        KEPT.mkdir(parents=True, exist_ok=True)
        self._all.write_text(json.dumps(_drawn(mutants, GROUPS[self.group].sampled)), encoding="utf-8")
        return [mutant for mutant, verdict in self.read() if verdict == NOT_TRIED]

    def keep(self, mutant: str, of: str, verdict: str) -> None:
        """Write down a verdict as soon as there is one."""
        with self._said.open("a", encoding="utf-8") as file:
            file.write(json.dumps([mutant, of, verdict]) + "\n")

    def read(self) -> Iterator[tuple[str, str]]:
        """Yield each mutant and its verdict, those not tried among them."""
        kept: dict[tuple[str, str], str] = {}
        if self._said.exists():
            lines = self._said.read_text(encoding="utf-8").splitlines()
            kept = {(mutant, of): verdict for mutant, of, verdict in map(json.loads, lines)}
        if self._all.exists():
            mutants: dict[str, str] = json.loads(self._all.read_text(encoding="utf-8"))
            yield from ((mutant, kept.get((mutant, of), NOT_TRIED)) for mutant, of in mutants.items())


def _drawn(mutants: Mapping[str, str], sampled: int | None) -> Mapping[str, str]:
    """Return all, or every control and as many as are drawn by lot; the first of a lot are one as well."""
    if sampled is None or WHOLE in os.environ:
        return mutants
    controls = [each for each in mutants if each.endswith(CONTROL)]
    among = sorted(mutants.keys() - controls)
    drawn = random.Random(_SEED).sample(among, min(sampled, len(among)))
    return {each: mutants[each] for each in (*controls, *drawn)}


def can_be_made() -> bool:
    """Tell whether what makes mutants is installed."""
    return find_spec("mutmut") is not None


def tried(group: str) -> str:
    """Go on with the mutants of a group; gives what was said where the tests fail with nothing changed."""
    words = ("-q", "-p", "tests.support.mutant_trials", "-p", "no:xdist", "-p", "no:cacheprovider")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *words, *GROUPS[group].tests],
        cwd=ROOT,
        env={**os.environ, ASKED: group},
        capture_output=True,
        text=True,
        check=False,
    )
    return f"{done.stdout}{done.stderr}"[-1_000:] if done.returncode else ""


def main(words: Sequence[str] | None = None) -> int:
    """Print a row for each module, and each mutant that lived; ends with 1 where tests fail anyway."""
    parser = argparse.ArgumentParser(prog="python -m tests.support.mutants")
    parser.add_argument("groups", nargs="*", metavar="GROUP", help=f"any of {', '.join(GROUPS)}; all if none")
    parser.add_argument(
        "--try", action="store_true", dest="trying", help="go on with those without a verdict"
    )
    parser.add_argument("--whole", action="store_true", help="all, also where a sample is drawn")
    asked = parser.parse_args(words)
    if asked.whole:
        os.environ[WHOLE] = "1"
    groups = asked.groups or list(GROUPS)
    wrong = [said for group in groups if asked.trying and (said := tried(group))]
    kinds = (KILLED, NEVER_ENDED, LIVED, NOT_TRIED)
    rows = [f"| module | mutants | {' | '.join(kinds)} |", "|---|--:|--:|--:|--:|--:|"]
    lived: list[str] = []
    for group in groups:
        modules: dict[str, Counter[str]] = {}
        for mutant, verdict in Verdicts(group).read():
            if not mutant.endswith(CONTROL):
                modules.setdefault(mutant.rpartition(".")[0], Counter())[verdict] += 1
                lived += [mutant] if verdict == LIVED else []
        rows += [
            f"| `{module}` | {count.total()} | {' | '.join(str(count[kind]) for kind in kinds)} |"
            for module, count in modules.items()
        ]
    sys.stdout.write("\n".join([*rows, "", *lived, *wrong, ""]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
