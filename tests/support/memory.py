"""Where the files of a run of the tests lie: in memory where there is room, for each is gone in a second."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

_MEMORY, _ROOM_BYTES = Path("/dev/shm"), 2 << 30  # noqa: S108 - a folder nobody else has is made in it


def roomy() -> Path | None:
    """Return a folder that lies in memory and has room, or None."""
    writable = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return _MEMORY if writable and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES else None


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Put the temporary folders there, unless whoever runs the tests said where; a worker is told where."""
    within = roomy()
    if within is None or config.option.basetemp is not None:
        return
    folder = tempfile.mkdtemp(prefix="pass-it-on-", dir=within)
    config.option.basetemp = Path(folder) / "files"
    config.add_cleanup(lambda: shutil.rmtree(folder, ignore_errors=True))
