"""What a part of `make security` came to, kept as a file with the commit it was run at."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "test-output" / "security"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of a part, what it found amiss, and which of its checks could not be run here, and why."""

    figures: Mapping[str, object]
    faults: tuple[str, ...] = ()
    not_run: Mapping[str, str] = field(default_factory=dict)

    @property
    def verdict(self) -> str:
        """What is said of the whole: a check that was not run is never called passed."""
        if self.faults:
            return "failed"
        if self.not_run:
            return "passed in part" if self.figures else "not run"
        return "passed"


@dataclass(frozen=True, slots=True)
class Record:
    """An outcome, of which commit, when, and how long it took."""

    part: str
    commit: str
    changed: bool
    at: str
    seconds: int
    verdict: str
    figures: Mapping[str, object]
    faults: tuple[str, ...] = ()
    not_run: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, part: str, outcome: Outcome, seconds: float) -> "Record":
        """Record an outcome of the program as it stands."""
        commit, changed = standing()
        at = datetime.now(UTC).isoformat(timespec="minutes")
        said = asdict(outcome)
        return cls(part, commit, changed, at, round(seconds), outcome.verdict, **said)

    @property
    def stands(self) -> bool:
        """Whether it was found of exactly the program there is now, and nothing was amiss."""
        return not self.faults and not self.changed and standing() == (self.commit, False)

    def keep(self) -> None:
        """Write it down."""
        KEPT.mkdir(parents=True, exist_ok=True)
        path = KEPT / f"{self.part}.json"
        path.write_text(json.dumps(asdict(self), indent=2, default=str) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Suite:
    """What some of the suite's own tests came to, run by a part."""

    passed: int
    failed: tuple[str, ...]

    @property
    def figure(self) -> str:
        """It in a few words."""
        return f"{self.passed} passed, {len(self.failed)} failed"


def suite(*paths: str, **environment: str) -> Suite:
    """Run tests of the suite; one that passes none has failed."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *paths],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.search(r"(\d+) passed", done.stdout)
    failed = tuple(re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE))
    if done.returncode and not failed:
        failed = (f"{' '.join(paths)}: {done.stdout[-400:]}",)
    return Suite(int(found[1]) if found else 0, failed)


def recorded(part: str) -> Record | None:
    """Read what is kept of a part."""
    path = KEPT / f"{part}.json"
    if not path.exists():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    return Record(**said | {"faults": tuple(said["faults"])})


def forget(part: str) -> None:
    """Let go of what is kept of a part that is to be run again."""
    (KEPT / f"{part}.json").unlink(missing_ok=True)


def standing() -> tuple[str, bool]:
    """Return the commit, and whether anything that git keeps was changed since."""
    return _git("rev-parse", "--short=12", "HEAD"), bool(
        _git("status", "--porcelain", "--untracked-files=no")
    )


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()
