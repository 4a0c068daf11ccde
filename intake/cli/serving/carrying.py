"""The log carried to another machine as it is written: whoever takes this one over cannot take it back."""

import socket
import threading
from collections import deque
from collections.abc import MutableMapping
from typing import Any

import structlog

from config import Settings
from intake.audit.syslog import SyslogAddress, message, require_open

#: Some hours of a busy night while the other machine is away; what is older is lost there, and counted.
_MOST = 10_000
_SOONER = 1.0
_LONGEST_WAIT = 60.0


class Carrying:
    """Sends every line, in order, by a thread of each worker; standard error has them all the same.

    A line waits while nobody can be reached. Nobody answers for what is in the wire when it breaks.
    """

    def __init__(self, address: SyslogAddress, *, most: int = _MOST, sooner: float = _SOONER) -> None:
        self._address = address
        self._waiting: deque[str] = deque(maxlen=most)
        self._lost = 0
        self._sooner = sooner
        self._some, self._ending = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._go, name="log", daemon=True)

    def __call__(self, _logger: object, _method: str, line: MutableMapping[str, Any] | str) -> str:
        """Take a line that is written; whoever writes it waits for nothing."""
        self._lost += len(self._waiting) == self._waiting.maxlen
        self._waiting.append(str(line))
        self._some.set()
        return str(line)

    def begin(self) -> None:
        """Start sending, in a process of its own: what its parent had to say is not said by each child."""
        self._waiting.clear()
        self._lost = 0
        self._thread.start()

    def end(self, seconds: float) -> None:
        """Send what waits, and wait at most so long for that."""
        self._ending.set()
        self._some.set()
        if self._thread.is_alive():
            self._thread.join(seconds)

    def _go(self) -> None:
        wait, away = 0.0, False
        while not self._ending.wait(wait):
            try:
                with self._address.connect() as wire:
                    wait, away = 0.0, False
                    self._send_all(wire)
            except OSError as trouble:
                if not away:
                    structlog.get_logger().warning("log.not_carried", error=type(trouble).__name__)
                away = True
                wait = min(max(wait, self._sooner) * 2, _LONGEST_WAIT)

    def _send_all(self, wire: socket.socket) -> None:
        """Send until told to end."""
        while self._waiting or not self._ending.is_set():
            self._some.wait()
            self._some.clear()
            while self._waiting:
                self._send_first(wire)
            if self._lost:
                # Said once there is room again for saying it.
                lost, self._lost = self._lost, 0
                structlog.get_logger().warning("log.lines_lost", lines=lost)

    def _send_first(self, wire: socket.socket) -> None:
        line = self._waiting.popleft()
        try:
            require_open(wire)
            wire.sendall(self._address.framed(message("log", "-", line)))
        except OSError:
            self._waiting.appendleft(line)
            raise


def carrying(settings: Settings) -> Carrying | None:
    """Return what carries the log, if a place is named; raises `NotConfigured` for one that is none."""
    if settings.log_to is None:
        return None
    return Carrying(SyslogAddress.read(settings.log_to, settings.log_authority))
