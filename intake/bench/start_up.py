"""How long the program takes from nothing to its first answer, in a process of its own."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from intake.bench.measuring import Timings
from intake.bench.scratch import Scratch
from intake.bench.visitor import WentWrong
from intake.crypto.key_ring import KeyRing

NAME = "start-up to first answer"
FLOOR = "start-up of bare Flask and SQLAlchemy"
_WORK = (
    "from wsgi import app\n"
    "answer = app.test_client().get('/sign-in')\n"
    "assert answer.status_code == 200, answer.status\n"
)
_BARE = (
    "import flask, sqlalchemy\n"
    "app = flask.Flask('bare')\n"
    "app.add_url_rule('/', view_func=lambda: 'here')\n"
    "assert app.test_client().get('/').status_code == 200\n"
)


@dataclass(frozen=True, slots=True)
class _Started:
    """One program to start, and how it is told where everything is."""

    timings: Timings
    code: str
    environ: dict[str, str]


def start_ups(
    root: Path, scratches: tuple[Scratch, ...], key_ring: KeyRing, times: int
) -> tuple[Timings, ...]:
    """Start the program on each database, and a bare one, by turns; returns the bare one's timings first."""
    with tempfile.TemporaryDirectory(prefix="intake-bench-") as folder:
        ring = Path(folder) / "ring" / "keyring.json"
        key_ring.keep(ring)
        bare = _Started(Timings(FLOOR), _BARE, {})
        programs = [bare]
        for each in scratches:
            told = {"DATABASE_URL": each.url, "INTAKE_KEY_RING": str(ring), "INTAKE_PLAIN_HTTP": "1"}
            programs.append(_Started(Timings(NAME), _WORK, told))
        for _ in range(times):
            for program in programs:
                wall, own = _start(root, program)
                program.timings.wall.append(wall)
                program.timings.own.append(own)
    return tuple(program.timings for program in programs)


def _start(root: Path, program: _Started) -> tuple[float, float]:
    environ = {"PATH": os.environ.get("PATH", ""), "HOME": os.environ.get("HOME", ""), **program.environ}
    own, began = _of_children(), time.perf_counter()
    done = subprocess.run(  # noqa: S603 - this very Python, and code written above
        [sys.executable, "-c", program.code],
        cwd=root,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - began
    if done.returncode != 0:
        raise WentWrong(f"The program did not start: {done.stderr.strip()[-400:]}")
    return took, _of_children() - own


def _of_children() -> float:
    """Return what the processes started from here have worked so far, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
