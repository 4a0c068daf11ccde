"""The long tests of security, in parts: `python -m tests.security.run [PART...] [--again] [--strict]`.

A part that was run at this very commit, and found nothing amiss, is not run again unless `--again` asks for
it; so whatever was interrupted goes on where it stopped. `--strict` makes a check that could not be run here
as bad as one that failed. Two parts are run at once, each in a process of its own, but for those that measure
time or keep both cores busy themselves: these are run alone.
"""

import argparse
import multiprocessing
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path

from tests.security import (
    canaries,
    custody,
    erased,
    hostile,
    injection,
    killing,
    leakage,
    looking,
    mutation,
    presses,
    rotation,
    scanning,
    supply,
    tiers,
    timing,
)
from tests.security.outcome import Outcome, Record, forget, recorded

#: What each part is called, and what measures it in a folder of its own; those that must not fail come first.
PARTS: Mapping[str, tuple[str, Callable[[Path], Outcome]]] = {
    "T10": ("what the time of a refusal tells", timing.measure),
    "T14": ("mutants of policy, keys, trail and once-keys", mutation.measure),
    "T1": ("planted words on everything on disk", canaries.measure),
    "T7": ("hostile requests", hostile.measure),
    "T7-sqlmap": ("words that would be part of a statement", injection.measure),
    "T7-wapiti": ("what a scanner of web programs finds", scanning.measure),
    "T4": ("what one tier has of the other", tiers.measure),
    "T15": ("what the program is made of", supply.measure),
    "T2": ("what the tokens of a stolen index tell", leakage.measure),
    "T11": ("who looks where they have no business", looking.measure),
    "T16": ("writers killed at any moment", killing.measure),
    "T21": ("one form pressed many times at once", presses.measure),
    "T24": ("keys made anew while people work", rotation.measure),
    "T25": ("what is left of what was erased", erased.measure),
    "PKCS11": ("a key ring that a token keeps", custody.measure),
}
#: What measures time, and what keeps both cores busy by itself.
ALONE = frozenset({"T10", "T14"})
_AT_ONCE = 2


def main(words: Sequence[str] | None = None) -> int:
    """Run the parts asked for, or all; says what each came to, and ends with 1 where one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.security.run")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; all if none")
    parser.add_argument("--again", action="store_true", help="also what was run at this commit already")
    parser.add_argument("--strict", action="store_true", help="a check that could not be run is a failure")
    asked = parser.parse_args(words)
    if unknown := set(asked.parts) - PARTS.keys():
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    parts = asked.parts or list(PARTS)
    began = time.monotonic()
    _run_all([part for part in parts if asked.again or not _stands(part)])
    _say(records := [_found(part) for part in parts], time.monotonic() - began)
    amiss = [each for each in records if each.faults or (asked.strict and each.not_run)]
    return 1 if amiss else 0


def _stands(part: str) -> bool:
    before = recorded(part)
    return before is not None and before.stands


def _run_all(parts: Sequence[str]) -> None:
    """Run each part in a process of its own, so that what one leaves behind is not in the way of another."""
    running: list[BaseProcess] = []
    for part in parts:
        forget(part)
        _let_end(running, 0 if part in ALONE else _AT_ONCE - 1)
        running.append(multiprocessing.get_context("fork").Process(target=_run, args=(part,)))
        running[-1].start()
        if part in ALONE:
            _let_end(running, 0)
    _let_end(running, 0)


def _let_end(running: list[BaseProcess], most: int) -> None:
    """Wait until no more than so many are running."""
    while len(running) > most:
        wait([each.sentinel for each in running])
        running[:] = [each for each in running if each.is_alive()]


def _run(part: str) -> None:
    said, measure = PARTS[part]
    _write(f"{part}: {said} ...")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"pass-it-on-{part}-") as folder:
        try:
            outcome = measure(Path(folder))
        except Exception as problem:  # noqa: BLE001 - a part that could not be ended has failed, and the next is run
            traceback.print_exc()
            outcome = Outcome({}, (f"it ended in {type(problem).__name__}: {problem}",))
    record = Record.of(part, outcome, time.monotonic() - began)
    record.keep()
    _write(f"{part}: {record.verdict}, in {record.seconds} s")


def _found(part: str) -> Record:
    """Read what a part came to; one that left nothing was ended from outside."""
    return recorded(part) or Record.of(part, Outcome({}, ("it was ended before it came to anything",)), 0)


def _say(records: Sequence[Record], seconds: float) -> None:
    _write("", "| part | verdict | seconds | commit | figures |", "|---|---|--:|---|---|")
    for each in records:
        figures = ", ".join(f"{name} {value}" for name, value in each.figures.items())
        commit = each.commit + (" and changes" if each.changed else "")
        _write(f"| {each.part} | {each.verdict} | {each.seconds} | {commit} | {figures} |")
    together = sum(each.seconds for each in records)
    _write(
        "", f"{len(records)} parts took {together} s, one after another; this run took {round(seconds)} s."
    )
    for each in records:
        _write(*(f"{each.part} amiss: {fault}" for fault in each.faults))
        _write(*(f"{each.part} not run: {what}: {why}" for what, why in each.not_run.items()))


def _write(*lines: str) -> None:
    for line in lines:
        sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
