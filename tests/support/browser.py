"""The Chromium the browser tests drive: one the machine has, or one installed for them, and never no browser.

Run as a program it makes sure of one, or says what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
_APT = (
    ("apt-get", "update", "-qq"),
    ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"),
)
_ASK = (
    "The browser tests need Chromium, and there is none on the PATH. Install it\n"
    "(on Debian: apt install chromium), or name it: make test CHROMIUM=/path/to/chromium"
)


class NoChromium(Exception):
    """There is no Chromium that starts; the message says what to do."""


def find_chromium(environ: Mapping[str, str]) -> Path | None:
    """Return the Chromium named by CHROMIUM, else the first on the PATH that starts."""
    named = environ.get("CHROMIUM")
    for name in (named,) if named else _NAMES:
        found = shutil.which(name, path=environ.get("PATH"))
        if found and _starts(found):
            return Path(found)
    return None


def ensure_chromium(
    environ: Mapping[str, str], *, is_root: bool, run: Callable[[Sequence[str]], object]
) -> Path:
    """Return a Chromium, installing one where that is ours to do: as root, with apt.

    Raises `NoChromium`.
    """
    found = find_chromium(environ)
    if found is None and is_root and shutil.which("apt-get", path=environ.get("PATH")):
        for command in _APT:
            run(command)
        found = find_chromium(environ)
    if found is None:
        raise NoChromium(_ASK)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """What Playwright starts the browser with."""
    found = find_chromium(os.environ)
    if found is None:
        pytest.fail(_ASK)
    return {**browser_type_launch_args, "executable_path": str(found), "args": list(_ARGUMENTS)}


def _starts(program: str) -> bool:
    # Some systems put a program of that name on the PATH which only says where to get the real one.
    said = subprocess.run([program, "--version"], check=False, capture_output=True, stdin=subprocess.DEVNULL)
    return said.returncode == 0


def _run(command: Sequence[str]) -> None:
    sys.stderr.write(f"{' '.join(command)}\n")
    subprocess.run(command, check=False, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})


def main() -> int:
    try:
        found = ensure_chromium(os.environ, is_root=os.geteuid() == 0, run=_run)
    except NoChromium as missing:
        sys.stderr.write(f"{missing}\n")
        return 1
    sys.stdout.write(f"Browser tests will drive {found}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
