"""The program as an operator runs it: a process of its own, on a port of its own, stopped as they would."""

import http.client
import os
import random
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

# Below the ports a machine hands out to callers, so that no caller's own can be given ours.
_PORTS = range(20_000, 32_000)
_INTAKE = Path(sys.executable).parent / "intake"
_SECONDS_TO_START = 30.0
_SECONDS_TO_STOP = 30.0
#: Of a command on a machine that is busy with others' work.
_SECONDS_TO_END = 600.0
_MOST_READ = 1 << 20
# The last two are how a measured run has the processes it starts measured as well.
_PASSED_ON = ("PATH", "HOME", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")


def free_port() -> int:
    """Return a port nobody listens on."""
    for port in random.sample(_PORTS, 50):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no port is free")


@dataclass(frozen=True, slots=True)
class Site:
    """Where a program runs: the settings it is given, and of the tests' own environment only its path."""

    settings: Mapping[str, str]
    port: int = field(default_factory=free_port)
    #: Whom a visitor believes, where the program itself speaks TLS.
    trusted: ssl.SSLContext | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the program is told."""
        kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        return {**kept, "PORT": str(self.port), **self.settings}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [_INTAKE, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=_SECONDS_TO_END,
        )


@dataclass(slots=True)
class Running:
    """A server that answers; what it wrote is read once it has ended."""

    site: Site
    process: subprocess.Popen[bytes]
    written: IO[bytes]
    complaints: IO[bytes]

    def get(self, path: str, **headers: str) -> tuple[int, str]:
        """Ask for a page; gives its status and its words."""
        connection = (
            http.client.HTTPConnection("127.0.0.1", self.site.port, timeout=10)
            if self.site.trusted is None
            else http.client.HTTPSConnection(
                "127.0.0.1", self.site.port, timeout=10, context=self.site.trusted
            )
        )
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        found = answer.status, answer.read().decode()
        connection.close()
        return found

    def so_far(self) -> bytes:
        """What it has written to its output by now."""
        return os.pread(self.written.fileno(), _MOST_READ, 0)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> tuple[int, str, str]:
        """Stop the server; gives its exit code and what it wrote to its output and to its errors."""
        self.process.send_signal(how)
        code = self.process.wait(_SECONDS_TO_STOP)
        return code, _text(self.written), _text(self.complaints)


@contextmanager
def serving(site: Site, *words: str, program: Sequence[str | Path] = (_INTAKE,)) -> Iterator[Running]:
    """Start a server in a session of its own, and wait until it answers."""
    with tempfile.TemporaryFile() as written, tempfile.TemporaryFile() as complaints:
        process = subprocess.Popen(
            [*program, *words],
            env=site.environment,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=complaints,
            start_new_session=True,
        )
        running = Running(site, process, written, complaints)
        try:
            _wait(running)
            yield running
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def _wait(running: Running) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        if running.process.poll() is not None:
            raise AssertionError(f"it ended by itself: {_text(running.complaints)}")
        try:
            status, _ = running.get("/health/ready")
        except OSError:
            time.sleep(0.05)
            continue
        if status == http.client.OK:
            return
        time.sleep(0.05)
    raise AssertionError(f"it never answered: {_text(running.complaints)}")


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode()
