"""PKCS11: a token's key keeps the ring, and gives it to nobody with another PIN; proved with SoftHSM."""

import subprocess
import sys
from pathlib import Path

from tests.security.outcome import ROOT, Outcome
from tests.support.token_proof import NOT_RUN

_PROVED, _NOT_PROVED = "proved: ", "NOT PROVED: "


def measure(_folder: Path) -> Outcome:
    """Have it proved in a process of its own: what a token's library leaves behind stays there."""
    words = (sys.executable, "-m", "tests.support.token_proof")
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    return outcome_of(done.returncode, done.stdout, done.stderr)


def outcome_of(code: int, said: str, trouble: str) -> Outcome:
    """Tell what a proof came to that ended so: one that could not be tried has proved nothing."""
    lines = said.splitlines()
    if code == NOT_RUN:
        return Outcome({}, not_run={"the proof": lines[-1].removeprefix("not run: ")})
    proved = [line.removeprefix(_PROVED) for line in lines if line.startswith(_PROVED)]
    faults = [line.removeprefix(_NOT_PROVED) for line in lines if line.startswith(_NOT_PROVED)]
    if (code and not faults) or not proved:
        faults.append(f"it ended with {code}: {trouble[-400:]}")
    return Outcome({"proved": "; ".join(proved)}, tuple(faults))
