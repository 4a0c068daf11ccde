"""T15: known faults in what the program is made of, secrets in its history, and two builds compared."""

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.security.outcome import KEPT, ROOT, Outcome

_TOOLS = Path(sys.executable).parent
_LOCKS = ("run", "build", "dev", "mutants", "security", "token", "wapiti")
#: Plugins that know a secret by its shape; those that guess by entropy or by a word's name call our tests'
#: own keys and passwords secrets, thousands of times.
_GUESSING = ("Base64HighEntropyString", "HexHighEntropyString", "KeywordDetector", "IPPublicDetector")
#: Places for a secret, and the one secret that everybody is shown: that of the practice copy (ADR 71).
_NO_SECRET = ("user:password@host", "nobody:secret@127.0.0.1", "TOTP_SECRET: Final")
_JUDGED = "# noqa: S"
_PLANTED = "aws_key = 'AKIA" + "QUOLLQUOLLQUOLL2'\n-----BEGIN RSA " + "PRIVATE KEY-----\n"
_SECONDS = 600
_BUILD = (
    "import sys; from flit_core import buildapi as b; b.build_wheel(sys.argv[1]); b.build_sdist(sys.argv[1])"
)


@dataclass
class Told:
    """What the checks have said so far."""

    figures: dict[str, object] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    not_run: dict[str, str] = field(default_factory=dict)


def measure(folder: Path) -> Outcome:
    """Make every check; one whose tool or answer is out of reach is not run, and never passed."""
    told = Told()
    checks: tuple[Callable[[Path, Told], None], ...] = (_known_faults, _listed, _read, _secrets, _built_twice)
    for check in checks:
        check(folder, told)
    _npm(told)
    told.not_run["semgrep"] = "it cannot be locked by hash together with Python 3.14; bandit is run instead"
    return Outcome(told.figures, tuple(told.faults), told.not_run)


def _known_faults(folder: Path, told: Told) -> None:
    """Ask what is known of each locked package; `planted` is one in which a grave fault is known."""
    planted = folder / "planted.txt"
    planted.write_text("jinja2==2.4.1\n", encoding="utf-8")
    if not _audited(planted):
        told.not_run["pip-audit"] = "who was asked knows of no fault even in what is full of them"
        return
    for lock in _LOCKS:
        found = _audited(ROOT / "requirements" / f"{lock}.txt")
        if found is None:
            told.not_run[f"pip-audit of {lock}"] = "whoever knows of faults could not be reached"
        else:
            told.figures[f"known faults in {lock}"] = len(found)
            told.faults += [f"{lock}: {each}" for each in found]


def _audited(lock: Path) -> list[str] | None:
    words = ("--disable-pip", "--no-deps", "--progress-spinner", "off", "--format", "json", "--timeout", "10")
    done = _run("pip-audit", "--requirement", str(lock), *words)
    if done is None or not done.stdout.startswith("{"):
        return None
    packages = json.loads(done.stdout)["dependencies"]
    return [f"{each['name']} {fault['id']}" for each in packages for fault in each.get("vulns", ())]


def _npm(told: Told) -> None:
    done = _run("npm", "audit", "--package-lock-only", "--json", within=ROOT)
    said = json.loads(done.stdout) if done is not None and done.stdout.startswith("{") else {}
    if "metadata" not in said:
        told.not_run["npm audit"] = "whoever knows of faults could not be reached"
        return
    grave = said["metadata"]["vulnerabilities"]
    told.figures["known faults in the front end"] = grave["total"]
    if grave["high"] + grave["critical"]:
        told.faults.append(f"npm audit: {grave}")


def _listed(_folder: Path, told: Told) -> None:
    """Write the list of parts for whoever must know what runs here: a software bill of materials."""
    lock, bill = ROOT / "requirements" / "run.txt", KEPT / "bill-of-materials.json"
    KEPT.mkdir(parents=True, exist_ok=True)
    done = _run("cyclonedx-py", "requirements", "--output-reproducible", "-o", str(bill), str(lock))
    if done is None:
        told.not_run["bill of materials"] = "cyclonedx-bom is not installed"
        return
    listed = json.loads(bill.read_text(encoding="utf-8"))["components"] if done.returncode == 0 else []
    locked = sum("==" in line for line in lock.read_text(encoding="utf-8").splitlines())
    told.figures["parts listed"] = len(listed)
    if len(listed) != locked:
        told.faults.append(f"{locked} packages are locked and {len(listed)} are in the bill of materials")


def _read(folder: Path, told: Told) -> None:
    """Have the program read for what is known to go wrong; a file that does it all is read as well."""
    planted = folder / "planted.py"
    planted.write_text("import subprocess\nsubprocess.call(input(), shell=True)\n", encoding="utf-8")
    found, control = _bandit(ROOT / "intake", ROOT / "config.py", ROOT / "migrations"), _bandit(planted)
    if found is None or control is None:
        told.not_run["bandit"] = "it is not installed"
        return
    told.figures["bandit"] = (
        f"{found['judged']} judged beside the line, {found.total() - found['judged']} not"
    )
    if found["HIGH"] or found["MEDIUM"]:
        told.faults.append(f"bandit: {dict(found)}")
    if not control["HIGH"]:
        told.faults.append("bandit does not find the fault planted for it")


def _bandit(*places: Path) -> Counter[str] | None:
    """Count what is found by weight; what the code itself judges, beside the line, is counted apart."""
    done = _run("bandit", "-q", "-r", "-ll", "-f", "json", *map(str, places))
    if done is None:
        return None
    found = json.loads(done.stdout)["results"]
    return Counter("judged" if _judged(each) else each["issue_severity"] for each in found)


def _judged(found: Mapping[str, Any]) -> bool:
    lines = Path(found["filename"]).read_text(encoding="utf-8").splitlines()
    return any(_JUDGED in lines[number - 1] for number in found["line_range"])


def _secrets(folder: Path, told: Told) -> None:
    """Look through every line that was ever added, in every branch, for what has the shape of a secret."""
    (folder / "planted.cfg").write_text(_PLANTED, encoding="utf-8")
    history = folder / "history.txt"
    with history.open("wb") as lines:
        subprocess.run(
            ["git", "log", "--all", "-p", "--no-color", "--no-ext-diff"], cwd=ROOT, stdout=lines, check=True
        )
    found, control = _secret_lines(history), _secret_lines(folder / "planted.cfg")
    if found is None or control is None:
        told.not_run["detect-secrets"] = "it is not installed"
        return
    told.figures["lines of history"] = sum(1 for _ in history.open("rb"))
    told.figures["secrets in it"] = len(found)
    told.faults += [f"the history holds a {kind}: {line[:120]}" for kind, line in found]
    if len(control) < 2:
        told.faults.append("detect-secrets does not find the secrets planted for it")


def _secret_lines(path: Path) -> list[tuple[str, str]] | None:
    without = [part for plugin in _GUESSING for part in ("--disable-plugin", plugin)]
    done = _run(
        "detect-secrets", "scan", "--all-files", "--no-verify", *without, path.name, within=path.parent
    )
    if done is None:
        return None
    lines = path.read_text(encoding="utf-8", errors="replace").split("\n")
    found = json.loads(done.stdout)["results"].get(path.name, [])
    said = [(each["type"], lines[each["line_number"] - 1]) for each in found]
    return [(kind, line) for kind, line in said if not any(each in line for each in _NO_SECRET)]


def _built_twice(_folder: Path, told: Told) -> None:
    """Build wheel and source archive of the commit twice, in two places, and compare them byte for byte."""
    first, second, other = _built("first"), _built("second"), _built("other", changed=True)
    told.figures["wheel"] = next(sum_[:16] for name, sum_ in first.items() if name.endswith(".whl"))
    if first != second:
        told.faults.append(f"two builds differ: {first} and {second}")
    if first == other:
        told.faults.append("a build with another line in it is not told from the first")


def _built(where: str, *, changed: bool = False) -> dict[str, str]:
    with tempfile.TemporaryDirectory(prefix=where) as name:
        source, out = Path(name) / where, Path(name) / "out"
        out.mkdir()
        archive = Path(name) / "source.tar"
        subprocess.run(["git", "archive", "-o", archive, "HEAD"], cwd=ROOT, check=True)
        with tarfile.open(archive) as packed:
            packed.extractall(source, filter="data")
        if changed:
            with (source / "intake" / "ids.py").open("a", encoding="utf-8") as line:
                line.write("# another line\n")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
        subprocess.run(
            [sys.executable, "-c", _BUILD, out], cwd=source, env=environment, check=True, capture_output=True
        )
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(out.iterdir())}


def _run(program: str, *words: str, within: Path | None = None) -> subprocess.CompletedProcess[str] | None:
    """Run a tool; None where it is not installed or does not end."""
    path = _TOOLS / program
    if not path.exists():
        return None
    try:
        return subprocess.run(
            [path, *words], cwd=within, capture_output=True, text=True, check=False, timeout=_SECONDS
        )
    except subprocess.TimeoutExpired:
        return None
