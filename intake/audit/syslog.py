"""Lines for a log elsewhere, checkpoints among them: RFC 5424, by TLS or without leaving this machine."""

import json
import os
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from intake.audit.event import instant_text
from intake.audit.log_notes import LogNotes
from intake.audit.note import Checkpoint
from intake.errors import NotConfigured

#: Facility 13, log audit; severity 5, notice.
_PRIORITY = 13 * 8 + 5
_SECONDS = 5.0
_PORTS = {"udp": 514, "tcp": 601, "tls": 6514}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_NO_ADDRESS = (
    "A log elsewhere must be like tls://logs.example:6514, or on this machine unix:///dev/log, "
    "tcp://127.0.0.1:601 or udp://127.0.0.1:514, not {said!r}."
)


@dataclass(frozen=True, slots=True)
class SyslogAddress:
    """Where lines go: `how` is tls, tcp, udp or unix; without `authority` the system's list vouches."""

    how: str
    host: str
    port: int
    path: str
    authority: Path | None = None

    @classmethod
    def read(cls, said: str, authority: Path | None = None) -> "SyslogAddress":
        """Read an address; raises `NotConfigured`, saying how one is written."""
        try:
            parts = urlsplit(said)
            port = parts.port or _PORTS.get(parts.scheme, 0)
            found = cls(parts.scheme, parts.hostname or "", port, parts.path, authority)
        except ValueError as trouble:
            raise NotConfigured(_NO_ADDRESS.format(said=said)) from trouble
        if not found._is_whole() or not found._is_private():
            raise NotConfigured(_NO_ADDRESS.format(said=said))
        return found

    def connect(self) -> socket.socket:
        """Return a connection, for `framed` to be sent over; raises `OSError`, also where nobody vouches."""
        if self.how == "tls":
            context = ssl.create_default_context(cafile=self.authority)
            return context.wrap_socket(self._stream(), server_hostname=self.host)
        return self._stream() if self.how == "tcp" else self._datagrams()

    def framed(self, said: bytes) -> bytes:
        """Return a message as it is sent: in a stream its length goes before it."""
        return b"%d %s" % (len(said), said) if self.how in {"tls", "tcp"} else said

    def _stream(self) -> socket.socket:
        return socket.create_connection((self.host, self.port), timeout=_SECONDS)

    def _datagrams(self) -> socket.socket:
        where: str | tuple[object, ...] = self.path
        family = socket.AF_UNIX
        if self.how == "udp":
            family, _, _, _, where = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_DGRAM)[0]
        wire = socket.socket(family, socket.SOCK_DGRAM)
        try:
            wire.settimeout(_SECONDS)
            wire.connect(where)
        except OSError:
            wire.close()
            raise
        return wire

    def _is_whole(self) -> bool:
        return bool(self.path if self.how == "unix" else self.how in _PORTS and self.host)

    def _is_private(self) -> bool:
        """Whether nobody on the way could read or drop a line: by TLS, or without leaving this machine."""
        return self.how in {"tls", "unix"} or self.host in _LOOPBACK


def require_open(wire: socket.socket) -> None:
    """Raise `OSError` where the other side ended a connection: what is sent after that is lost unnoticed."""
    before = wire.gettimeout()
    wire.settimeout(0)
    try:
        if not wire.recv(1):
            raise ConnectionResetError
    except (BlockingIOError, ssl.SSLWantReadError):
        return
    finally:
        wire.settimeout(before)


def message(kind: str, at: str, said: str) -> bytes:
    """Return one message of RFC 5424: `at` is an instant, or '-' where `said` has its own."""
    host = socket.gethostname() or "-"
    return f"<{_PRIORITY}>1 {at} {host} pass-it-on {os.getpid()} {kind} - {said}".encode()


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
        said = json.dumps({"event": "checkpoint.signed", "size": newest.size, "note": newest.note})
        try:
            with self._address.connect() as wire:
                wire.sendall(self._address.framed(message("checkpoint", instant_text(newest.at), said)))
        except OSError as trouble:
            raise NotConfigured(f"Checkpoints cannot be sent to the log elsewhere ({trouble}).") from trouble
        self._sent = newest
