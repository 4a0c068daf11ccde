"""Checkpoints kept on other machines: a log over UDP, TCP or a socket, and a witness that wants a proof."""

import json
import re
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest
from sqlalchemy import text

from config import Settings
from intake.audit.far_witness import FarWitness
from intake.audit.note import LogKey, PublicKey
from intake.audit.syslog import Syslog, SyslogAddress
from intake.audit.witness import Witness
from intake.audit.witnessing import CosigningKey, Witnessing
from intake.cli.audit_witness import server_of
from intake.cli.serving.keepers import keepers
from intake.errors import NotConfigured, NotContinued
from intake.services.checkpoints import Checkpoints
from tests.integration.audit.signed_trail import CHAINS, SignedTrail
from tests.support.place import TestPlace

_A, _B, _ = CHAINS
_SYSLOG = re.compile(r"<109>1 (\S+) (\S+) pass-it-on (\d+) checkpoint - (\{.*\})")
_only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture(name="trail")
def _trail(place: TestPlace, tmp_path: Path) -> SignedTrail:
    return SignedTrail(place, tmp_path / "checkpoints")


def _sizes(place: TestPlace) -> list[int]:
    with place.reading() as services:
        return [*services.unit.session.scalars(text("SELECT size FROM audit_checkpoint ORDER BY size"))]


@contextmanager
def _listening(how: str, folder: Path) -> Iterator[tuple[str, list[bytes]]]:
    """Listen as another machine's log does; gives the address, and what was heard."""
    heard: list[bytes] = []

    class Stream(socketserver.StreamRequestHandler):
        """One call of TCP, to its end."""

        def handle(self) -> None:
            heard.append(self.rfile.read())

    class Datagram(socketserver.BaseRequestHandler):
        """One datagram."""

        def handle(self) -> None:
            heard.append(self.request[0])

    server: socketserver.BaseServer
    if how == "tcp":
        server = stream = socketserver.TCPServer(("127.0.0.1", 0), Stream)
        address = f"tcp://127.0.0.1:{stream.server_address[1]}"
    elif how == "udp":
        server = datagrams = socketserver.UDPServer(("127.0.0.1", 0), Datagram)
        address = f"udp://127.0.0.1:{datagrams.server_address[1]}"
    else:
        server = socketserver.UnixDatagramServer(str(folder / "log"), Datagram)
        address = f"unix://{folder / 'log'}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield address, heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _wait_for(heard: list[bytes], many: int) -> None:
    """Wait until so much was heard: a datagram is sent without anybody saying that it came."""
    waited = threading.Event()
    for _ in range(1_000):
        if len(heard) >= many:
            return
        waited.wait(0.01)
    raise AssertionError(f"{len(heard)} of {many} were heard")


@_only_sqlite
@pytest.mark.parametrize("how", ["udp", "tcp", "unix"])
def test_another_machine_s_log_has_every_checkpoint_once(
    trail: SignedTrail, tmp_path: Path, how: str
) -> None:
    with _listening(how, tmp_path) as (address, heard):
        signing = Checkpoints(trail.place, (Syslog(SyslogAddress.read(address)),))
        for number in (1, 2, 3):
            trail.write(_A)
            signing.sign()
            signing.tell()
            _wait_for(heard, number)
    assert len(heard) == 3
    opens = LogKey(trail.place.tools.key_ring).open
    for size, line in enumerate(heard, start=1):
        said = line
        if how == "tcp":
            length, _, said = line.partition(b" ")
            assert int(length) == len(said)
        found = _SYSLOG.fullmatch(said.decode())
        assert found is not None
        assert found[2] == socket.gethostname()
        told = json.loads(found[4])
        signed = opens(told["note"])
        assert signed is not None
        assert (told["event"], told["size"], signed.size) == ("checkpoint.signed", size, size)


@_only_sqlite
@pytest.mark.parametrize("how", ["tcp", "unix"])
def test_a_log_that_is_not_there_is_known_of_and_gets_the_newest_when_it_is_back(
    trail: SignedTrail, tmp_path: Path, how: str
) -> None:
    with _listening(how, tmp_path) as (address, _):
        pass
    (tmp_path / "log").unlink(missing_ok=True)
    trail.write(_A)
    away = Checkpoints(trail.place, (Syslog(SyslogAddress.read(address)),))
    with pytest.raises(NotConfigured, match="cannot be sent to the log elsewhere"):
        away.sign()
    # Beside a file that can be reached it is no reason not to sign.
    both = Checkpoints(trail.place, (Syslog(SyslogAddress.read(address)), Witness(trail.file)))
    trail.write(_A)
    both.sign()
    assert (trail.place.tools.lookout.told, trail.place.tools.lookout.behind) == (False, False)
    with _listening(how, tmp_path) as (address, heard):
        Checkpoints(trail.place, (Syslog(SyslogAddress.read(address)),)).tell()
        _wait_for(heard, 1)
    assert trail.place.tools.lookout.told
    assert f'"size": {_sizes(trail.place)[-1]}'.encode() in heard[0]


@contextmanager
def _witnessing(trail: SignedTrail, folder: Path) -> Iterator[str]:
    """Serve a witness of this log on this machine; gives its address and its public key, as a setting."""
    log = PublicKey(LogKey(trail.place.tools.key_ring).public)
    own = CosigningKey("watch", folder / "key")
    witnessing = Witnessing(log, own, folder / "witnessed")
    server = server_of(witnessing, trail.place.clock, ("127.0.0.1", 0))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/ {own.public}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_witness_elsewhere_has_every_checkpoint_with_a_proof_over_restarts_of_both(
    trail: SignedTrail, tmp_path: Path
) -> None:
    for _ in range(2):
        with _witnessing(trail, tmp_path) as address:
            for _ in range(2):
                # Whoever sends begins anew each time, and asks what the witness holds.
                signing = Checkpoints(trail.place, (FarWitness(address),))
                for chain in (_A, _B, _A):
                    trail.write(chain)
                    signing.sign()
                    signing.tell()
    told = [int(line) for line in (tmp_path / "witnessed").read_text().splitlines() if line.isdecimal()]
    assert told == _sizes(trail.place) == list(range(1, 13))


def test_while_the_witness_is_away_signing_goes_on_and_it_gets_the_newest_afterwards(
    trail: SignedTrail, tmp_path: Path
) -> None:
    with _witnessing(trail, tmp_path) as address:
        far = FarWitness(address)
        signing = Checkpoints(trail.place, (far, Witness(trail.file)))
        trail.write(_A)
        signing.sign()
    trail.write(_A, 2)
    assert [one.size for one in signing.sign()] == [3]
    assert (trail.place.tools.lookout.told, trail.place.tools.lookout.behind) == (False, False)
    with pytest.raises(NotConfigured, match="witness cannot be reached"):
        Checkpoints(trail.place, (far,)).tell()
    with _witnessing(trail, tmp_path) as address:
        Checkpoints(trail.place, (FarWitness(address), Witness(trail.file))).tell()
        assert trail.place.tools.lookout.told
        connection = _connected(address)
        connection.request("GET", "/checkpoint")
        assert connection.getresponse().read().decode().splitlines()[1] == "3"
        connection.close()


def test_a_database_put_back_is_told_so_by_the_witness_and_signs_nothing_more(
    trail: SignedTrail, tmp_path: Path
) -> None:
    with _witnessing(trail, tmp_path) as address:
        signing = Checkpoints(trail.place, (FarWitness(address),))
        for _ in range(3):
            trail.write(_A, 2)
            signing.sign()
        trail.unlock()
        with trail.place.writing() as services:
            services.unit.session.execute(text("DELETE FROM audit_checkpoint WHERE size > 2"))
        trail.write(_A)
        for told in (signing, Checkpoints(trail.place, (FarWitness(address),))):
            with pytest.raises(NotContinued, match="put back to an earlier state"):
                told.sign()
    assert _sizes(trail.place) == [2]
    assert trail.place.tools.lookout.behind


@pytest.mark.parametrize("longer", [False, True], ids=["as long", "longer"])
def test_a_log_written_anew_by_whoever_has_the_keys_is_refused_by_the_witness(
    trail: SignedTrail, tmp_path: Path, *, longer: bool
) -> None:
    with _witnessing(trail, tmp_path) as address:
        trail.write(_A, 3)
        Checkpoints(trail.place, (FarWitness(address),)).sign()
        trail.unlock()
        first, *rest = trail.entries(_A)
        trail.rewrite(_A, [replace(first, event="concern.kept"), *rest, *(rest[:1] if longer else [])])
        with trail.place.writing() as services:
            services.unit.session.execute(text("DELETE FROM audit_checkpoint"))
            services.unit.session.execute(text("DELETE FROM audit_stretch"))
        trail.place.clock.instant += timedelta(minutes=1)
        Checkpoints(trail.place).sign()
        with pytest.raises(NotContinued):
            Checkpoints(trail.place, (FarWitness(address),)).tell()
    assert (tmp_path / "witnessed").read_text().count("signed ") == 1


@_only_sqlite
def test_a_database_that_lost_its_whole_log_is_behind(trail: SignedTrail, tmp_path: Path) -> None:
    with _witnessing(trail, tmp_path) as address:
        signing = Checkpoints(trail.place, (FarWitness(address),))
        trail.write(_A)
        signing.sign()
        trail.unlock()
        with trail.place.writing() as services:
            services.unit.session.execute(text("DELETE FROM audit_checkpoint"))
        with pytest.raises(NotContinued, match="Nothing more is signed"):
            signing.tell()


@_only_sqlite
def test_whoever_answers_in_place_of_the_witness_is_no_witness(trail: SignedTrail, tmp_path: Path) -> None:
    other = CosigningKey("watch", tmp_path / "other").public
    trail.write(_A)
    with _witnessing(trail, tmp_path) as address:
        far = FarWitness(f"{address.split()[0]} {other}")
        for _ in range(2):
            with pytest.raises(NotConfigured, match="in place of the witness"):
                Checkpoints(trail.place, (far,)).sign()
    assert not trail.place.tools.lookout.told


@_only_sqlite
def test_a_witness_answers_nothing_else(trail: SignedTrail, tmp_path: Path) -> None:
    with _witnessing(trail, tmp_path) as address:
        connection = _connected(address)
        for method, path, length, status in (
            ("GET", "/checkpoint", "0", 404),
            ("GET", "/", "0", 404),
            ("POST", "/", "0", 404),
            ("POST", "/add-checkpoint", "x", 413),
            ("POST", "/add-checkpoint", "70000", 413),
            ("POST", "/add-checkpoint", "0", 400),
        ):
            connection.request(method, path, headers={"Content-Length": length} if method == "POST" else {})
            answer = connection.getresponse()
            assert (answer.status, answer.read(), answer.headers["Server"].strip()) == (
                status,
                b"",
                "witness",
            )
            connection.close()
    trail.write(_A)
    Checkpoints(trail.place).sign()
    with _witnessing(trail, tmp_path) as address, pytest.raises(NotConfigured, match="answered 404"):
        Checkpoints(trail.place, (FarWitness(address.replace("/ ", "/elsewhere ")),)).tell()


def _connected(address: str) -> HTTPConnection:
    return HTTPConnection(address.split(maxsplit=1)[0].removeprefix("http://").rstrip("/"), timeout=5)


def test_who_keeps_checkpoints_is_what_the_settings_name(tmp_path: Path) -> None:
    def named(**said: str) -> list[type]:
        environ = {"DATABASE_URL": "sqlite:///x", "INTAKE_KEY_RING": "x"}
        found = Settings.from_env({**environ, **{f"INTAKE_{name}": value for name, value in said.items()}})
        return [type(keeper) for keeper in keepers(found)]

    assert named() == []
    key = CosigningKey("watch", tmp_path / "key").public
    witness = f"https://witness.example {key}"
    where = {"CHECKPOINTS": "/mnt/x", "WITNESS": witness, "SYSLOG": "tls://logs.example"}
    assert named(**where) == [Witness, FarWitness, Syslog]
    for wrong in (
        *(
            {"WITNESS": f"{address} {key}"}
            for address in ("witness.example", "ftp://x/", "http://witness.example")
        ),
        *({"WITNESS": "https://witness.example"}, {"WITNESS": f"{witness}x"}),
        *({"SYSLOG": f"{how}logs.example"} for how in ("", "udp://", "tcp://")),
    ):
        with pytest.raises(NotConfigured, match="must be like"):
            named(**wrong)


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("udp://127.0.0.1", SyslogAddress("udp", "127.0.0.1", 514, "")),
        ("tcp://localhost", SyslogAddress("tcp", "localhost", 601, "")),
        ("tls://logs.example", SyslogAddress("tls", "logs.example", 6514, "")),
        ("tls://logs.example:99", SyslogAddress("tls", "logs.example", 99, "")),
        ("unix:///dev/log", SyslogAddress("unix", "", 0, "/dev/log")),
    ],
)
def test_a_log_s_address_is_read(said: str, read: SyslogAddress) -> None:
    assert SyslogAddress.read(said) == read


@pytest.mark.parametrize("said", ["udp://", "unix://", "tcp://logs.example:port", "tcp://[logs", "http://x"])
def test_an_address_that_is_none_is_refused_with_how_one_is_written(said: str) -> None:
    with pytest.raises(NotConfigured, match="must be like"):
        SyslogAddress.read(said)
