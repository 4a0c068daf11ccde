"""`intake audit witness`: a process of its own, which another machine's checkpoints are told to."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.integration.cli.kept import Machine, run


@contextmanager
def _witness(key: str, folder: Path) -> Iterator[str]:
    """Run a witness until the block ends, and be told to stop; gives its address and key, as a setting."""
    asked = ["audit", "witness", "--key", key, "--folder", str(folder), "--listen", "127.0.0.1:0"]
    with subprocess.Popen(
        [sys.executable, "-m", "intake.cli.main", *asked], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        assert said.startswith("Witnessing pass-it-on/")
        try:
            address, _, key = said.split(" on ")[1].split()
            yield f"http://{address} {key}"
        finally:
            process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_witness_keeps_what_is_signed_and_refuses_what_does_not_follow_it(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    key = run(capsys, "audit", "key")[1].strip()
    for size in ("4", "5"):
        with _witness(key, folder) as address:
            monkeypatch.setenv("INTAKE_WITNESS", address)
            code, out, _ = run(capsys, "audit", "checkpoint")
            assert (code, out.splitlines()[1]) == (0, size)
        assert (folder / "checkpoints").read_text().splitlines()[-5] == size
        run(capsys, "backup", "--database-to", tmp_path)
    code, _, complaint = run(capsys, "audit", "checkpoint")
    assert (code, "The witness cannot be reached" in complaint) == (2, True)


@pytest.mark.parametrize("wrong", ["key", "listen", "folder"])
def test_a_witness_that_cannot_begin_says_why(
    machine: Machine, capsys: pytest.CaptureFixture[str], tmp_path: Path, wrong: str
) -> None:
    said = {"key": run(capsys, "audit", "key")[1].strip(), "listen": "127.0.0.1:0", "folder": str(tmp_path)}
    said[wrong] = {"key": "name+00+AAAA", "listen": "nowhere", "folder": str(tmp_path / "not there")}[wrong]
    code, _, complaint = run(
        capsys,
        *("audit", "witness", "--key", said["key"], "--folder", said["folder"], "--listen", said["listen"]),
    )
    assert code == 2
    assert "witness" in complaint
