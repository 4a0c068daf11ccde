"""Measures an import of the postcode directory: a process of its own each time, its time and peak memory."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from intake.bench.made_up_postcodes import write_postcodes
from intake.bench.scratch import Scratch, scratch_databases
from intake.crypto.key_ring import KeyRing
from intake.queries.places import Places
from intake.routing.directory_folder import read_directory

#: The child says itself how much memory it ever held: what the system says of it would count ours as well.
_CHILD = """
import sys
from intake.cli.main import main
code = main(sys.argv[1:])
peak = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
sys.stderr.write(f"peak {peak[0]}\\n")
raise SystemExit(code)
"""
_LOOK_UPS = 200


@dataclass(frozen=True, slots=True)
class Measured:
    """What two imports of one file took, the second in place of the first."""

    rows: int
    file_bytes: int
    first_seconds: float
    again_seconds: float
    peak_megabytes: float
    database_bytes: int
    whole_milliseconds: float
    half_milliseconds: float


def measure_postcodes(rows: int, url: str | None, say: Callable[[str], None]) -> Measured:
    """Generate a file, import it twice into a scratch database, and look postcodes up in it."""
    with (
        TemporaryDirectory(prefix="intake-bench-places-") as name,
        scratch_databases(url, (rows,), keep=False) as (scratch,),
    ):
        folder = Path(name)
        file, ring = folder / "ONSPD_MAY_2025_UK.csv", folder / "keys" / "keyring.json"
        say(f"Writing {rows:,} made-up postcodes.")
        write_postcodes(file, rows)
        KeyRing.create(ring)
        env = {**os.environ, "DATABASE_URL": scratch.url, "INTAKE_KEY_RING": str(ring)}
        _run(env, "setup")
        say("Importing them.")
        first, first_peak = _run(env, "places", "import", str(file))
        say("Importing them again, in place of the first.")
        again, again_peak = _run(env, "places", "import", str(file))
        return Measured(
            rows=rows,
            file_bytes=file.stat().st_size,
            first_seconds=first,
            again_seconds=again,
            peak_megabytes=max(first_peak, again_peak) / 1024,
            database_bytes=scratch.bytes(),
            whole_milliseconds=_look_up(scratch, "{area}12 5AB"),
            half_milliseconds=_look_up(scratch, "{area}12"),
        )


def table(measured: Measured) -> str:
    """Put the figures into lines."""
    return "\n".join(
        [
            f"{measured.rows:,} postcodes, a file of {measured.file_bytes / 1e6:,.0f} MB",
            f"first import          {measured.first_seconds:,.0f} s",
            f"in place of another   {measured.again_seconds:,.0f} s",
            f"peak memory           {measured.peak_megabytes:,.0f} MB",
            f"database              {measured.database_bytes / 1e6:,.0f} MB",
            f"one whole postcode    {measured.whole_milliseconds:.2f} ms",
            f"one first half        {measured.half_milliseconds:.2f} ms",
        ]
    )


def _run(env: dict[str, str], *words: str) -> tuple[float, int]:
    """Run a command; its seconds, and the kilobytes it held at most."""
    begun = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", _CHILD, *words], env=env, check=True, capture_output=True, text=True
    )
    return time.perf_counter() - begun, int(done.stderr.rpartition("peak ")[2])


def _look_up(scratch: Scratch, pattern: str) -> float:
    directory, taken = read_directory(), []
    for area in (*("WA", "CF", "YO", "AL") * (_LOOK_UPS // 4),):
        with scratch.database.reading() as unit:
            places = Places(unit.session, directory)
            begun = time.perf_counter()
            places.locate(pattern.format(area=area))
            taken.append(time.perf_counter() - begun)
    return median(taken) * 1000
