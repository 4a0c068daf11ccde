"""The log goes to another machine by TLS, in order, and what could not be told there is counted."""

import json
import logging
import re
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, suppress
from io import StringIO
from pathlib import Path

import pytest
import structlog

from config import Settings
from intake.audit.syslog import SyslogAddress
from intake.cli.serving import lines
from intake.cli.serving.carrying import Carrying, carrying
from intake.errors import NotConfigured
from tests.support.certificates import Authority
from tests.support.served import free_port

_MESSAGE = re.compile(rb"(\d+) (<109>1 - \S+ pass-it-on \d+ log - )")


class _LogServer(socketserver.ThreadingTCPServer):
    """Another machine's log: keeps what it hears, from whoever speaks TLS to it."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, certificate: tuple[Path, Path]) -> None:
        self.heard = b""
        self.calls: list[ssl.SSLSocket] = []
        self._context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self._context.load_cert_chain(*certificate)
        super().__init__(("127.0.0.1", port), socketserver.BaseRequestHandler)

    def finish_request(self, request: object, client_address: object) -> None:
        """Hear one caller to the end."""
        del client_address
        assert not isinstance(request, tuple)
        with self._context.wrap_socket(request, server_side=True) as call:  # type: ignore[arg-type]
            self.calls.append(call)
            while said := call.recv(4096):
                self.heard += said

    def handle_error(self, request: object, client_address: object) -> None:
        """Leave it: who does not believe the certificate hangs up."""

    @property
    def events(self) -> list[str]:
        """The names of the events that were heard whole, in their order."""
        found, rest = [], self.heard
        while begins := _MESSAGE.match(rest):
            whole = len(begins[1]) + 1 + int(begins[1])
            if len(rest) < whole:
                break
            found.append(json.loads(rest[begins.end() : whole])["event"])
            rest = rest[whole:]
        return found


@contextmanager
def _listening(port: int, certificate: tuple[Path, Path]) -> Iterator[_LogServer]:
    server = _LogServer(port, certificate)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        for call in server.calls:
            with suppress(OSError):
                call.shutdown(socket.SHUT_RDWR)
        server.server_close()


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path / "authority")


@pytest.fixture
def near() -> Iterator[StringIO]:
    """What standard error has once somebody has begun; afterwards the log is as it was."""
    written = StringIO()
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield written
    logging.captureWarnings(capture=False)
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    structlog.reset_defaults()


def _begun(port: int, authority: Authority, near: StringIO, *, most: int = 100) -> Carrying:
    carried = Carrying(SyslogAddress.read(f"tls://127.0.0.1:{port}", authority.file), most=most, sooner=0.01)
    with redirect_stderr(near):
        lines.set_up(logging.INFO, carried)
    carried.begin()
    return carried


def _until(server: _LogServer, wanted: list[str]) -> None:
    waited = threading.Event()
    for _ in range(1_000):
        if server.events == wanted:
            return
        waited.wait(0.01)
    raise AssertionError(server.events)


def test_every_line_is_there_by_tls_in_its_order_and_after_the_other_machine_was_away(
    authority: Authority, near: StringIO
) -> None:
    port, log = free_port(), structlog.get_logger()
    with _listening(port, authority.certify()) as server:
        carried = _begun(port, authority, near)
        log.info("one")
        logging.getLogger("intake.door").warning("two")
        _until(server, ["one", "two"])
    log.info("while it is away")
    with _listening(port, authority.certify()) as server:
        _until(server, ["while it is away", "log.not_carried"])
        log.info("after")
        carried.end(10.0)
        _until(server, ["while it is away", "log.not_carried", "after"])
    assert "while it is away" in near.getvalue()


def test_nothing_is_told_to_whoever_answers_in_its_place(
    authority: Authority, near: StringIO, tmp_path: Path
) -> None:
    port = free_port()
    with _listening(port, Authority(tmp_path / "another").certify()) as server:
        carried = _begun(port, authority, near)
        structlog.get_logger().info("one")
        waited = threading.Event()
        while "log.not_carried" not in near.getvalue():
            waited.wait(0.01)
        carried.end(10.0)
        assert server.heard == b""
    assert "SSLCertVerificationError" in near.getvalue()


def test_what_found_no_room_is_counted(authority: Authority, near: StringIO) -> None:
    port, log = free_port(), structlog.get_logger()
    carried = _begun(port, authority, near, most=3)
    waited = threading.Event()
    while "log.not_carried" not in near.getvalue():
        waited.wait(0.01)
    for name in ("one", "two", "three", "four", "five"):
        log.info(name)
    with _listening(port, authority.certify()) as server:
        _until(server, ["three", "four", "five", "log.lines_lost"])
        carried.end(10.0)
    # The first two, and what stood before them: that nobody could be reached.
    assert '"lines": 3' in near.getvalue()


def test_where_no_place_is_named_nothing_is_carried_and_never_in_the_open() -> None:
    said = {"DATABASE_URL": "sqlite://", "INTAKE_KEY_RING": "x"}
    assert carrying(Settings.from_env(said)) is None
    for open_to_all in ("tcp://logs.example:601", "udp://logs.example", "logs.example"):
        with pytest.raises(NotConfigured, match="tls://"):
            carrying(Settings.from_env({**said, "INTAKE_LOG_TO": open_to_all}))
    assert carrying(Settings.from_env({**said, "INTAKE_LOG_TO": "tls://logs.example"})) is not None
