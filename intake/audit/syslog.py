"""Checkpoints as lines of another machine's log: RFC 5424, over UDP, TCP or a socket of this machine."""

import json
import os
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from intake.audit.event import instant_text
from intake.audit.log_notes import LogNotes
from intake.audit.note import Checkpoint
from intake.errors import NotConfigured

#: Facility 13, log audit; severity 5, notice.
_PRIORITY = 13 * 8 + 5
_SECONDS = 5.0
_PORTS = {"udp": 514, "tcp": 601}
_NO_ADDRESS = (
    "INTAKE_SYSLOG must be like udp://logs.example:514, tcp://logs.example:601 or unix:///dev/log, "
    "not {said!r}."
)


@dataclass(frozen=True, slots=True)
class SyslogAddress:
    """Where lines go: `how` is udp, tcp or unix."""

    how: str
    host: str
    port: int
    path: str

    @classmethod
    def read(cls, said: str) -> "SyslogAddress":
        """Read an address; raises `NotConfigured`, saying how one is written."""
        try:
            parts = urlsplit(said)
            port = parts.port or _PORTS.get(parts.scheme, 0)
            found = cls(parts.scheme, parts.hostname or "", port, parts.path)
        except ValueError as trouble:
            raise NotConfigured(_NO_ADDRESS.format(said=said)) from trouble
        if not (found.path if found.how == "unix" else found.how in _PORTS and found.host):
            raise NotConfigured(_NO_ADDRESS.format(said=said))
        return found


class Syslog:
    """Sends each checkpoint once for as long as the process lives, beginning with the newest there is.

    Nobody can ask a log what it has, so what is sent while a process starts may stand there twice.
    """

    def __init__(self, address: SyslogAddress) -> None:
        self._address = address
        self._sent: Checkpoint | None = None

    def tell(self, notes: LogNotes) -> None:
        """Send what is new. Raises `NotConfigured` where it cannot be sent."""
        newest = notes.newest()
        if newest is None or newest == self._sent:
            return
        # After a while in which nobody could be told, the newest stands for all before it.
        try:
            self._send(line(newest))
        except OSError as trouble:
            raise NotConfigured(f"Checkpoints cannot be sent to the log elsewhere ({trouble}).") from trouble
        self._sent = newest

    def _send(self, said: bytes) -> None:
        address = self._address
        if address.how == "tcp":
            with socket.create_connection((address.host, address.port), timeout=_SECONDS) as stream:
                stream.sendall(b"%d %s" % (len(said), said))
        elif address.how == "udp":
            family, kind, protocol, _, where = socket.getaddrinfo(
                address.host, address.port, type=socket.SOCK_DGRAM
            )[0]
            with socket.socket(family, kind, protocol) as datagrams:
                datagrams.sendto(said, where)
        else:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as datagrams:
                datagrams.sendto(said, address.path)


def line(signed: Checkpoint) -> bytes:
    """Return a checkpoint as one message of RFC 5424; the note is whole, as JSON says text."""
    head = f"<{_PRIORITY}>1 {instant_text(signed.at)} {socket.gethostname() or '-'} pass-it-on {os.getpid()}"
    said = json.dumps({"event": "checkpoint.signed", "size": signed.size, "note": signed.note})
    return f"{head} checkpoint - {said}".encode()
