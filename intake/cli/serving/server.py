"""The web server: two workers of four threads each, stopped by letting what is under way be finished."""

import http.client
import logging
import signal
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Protocol

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.http import wsgi

from intake.cli.serving.certificate import Certificate
from intake.cli.serving.lines import ServerLog
from intake.errors import NotConfigured

_WORKERS = 2
_THREADS = 4
_READY = "/health/ready"
_SECONDS_TO_ASK_IN = 2.0
_SECONDS_BETWEEN_ASKING = 0.05

#: The workers' and threads' number is that of a small machine; a worker makes room for a fresh one now and
#: then, so that nothing it remembers is kept for ever.
_ALWAYS = {
    "workers": _WORKERS,
    "threads": _THREADS,
    "worker_class": "gthread",
    "preload_app": True,
    "timeout": 60,
    "graceful_timeout": 20,
    "keepalive": 5,
    "max_requests": 20_000,
    "max_requests_jitter": 2_000,
    "limit_request_line": 2_048,
    "limit_request_fields": 50,
    "control_socket_disable": True,
    # Whose word about a visitor is taken is settled in one place, intake/views/street.py, and not here.
    "forwarded_allow_ips": "",
    "secure_scheme_headers": {},
    "proc_name": "intake",
    "logger_class": ServerLog,
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def require_free(self) -> None:
        """Raise `NotConfigured`, in a sentence, where nobody could listen here."""
        try:
            found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
            family, kind, protocol, _, place = found[0]
            with socket.socket(family, kind, protocol) as tried:
                tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                tried.bind(place)
        except OSError as trouble:
            why = trouble.strerror or type(trouble).__name__
            msg = f"Nothing can be served on {self} ({why}). Stop what is there, or choose another PORT."
            raise NotConfigured(msg) from trouble


class Beside(Protocol):
    """What a worker does beside answering, by a thread of its own."""

    def begin(self) -> None:
        """Start."""

    def end(self, seconds: float) -> None:
        """Stop, and wait at most so long for what is under way."""


class Reticent(wsgi.Response):  # type: ignore[misc] # published without types
    """An answer that does not tell what this runs on."""

    def default_headers(self) -> list[str]:
        """Return the server's own headers without its name."""
        return [line for line in super().default_headers() if not line.startswith("Server:")]


class Server(BaseApplication):  # type: ignore[misc] # published without types
    """Serves the application, and has each worker do what is done beside it."""

    def __init__(
        self,
        app: Flask,
        *,
        address: Address,
        certificate: Certificate | None,
        beside: Sequence[Beside],
        announce: Callable[[], object],
    ) -> None:
        """With a certificate TLS is spoken, and to whoever begins in the open nothing at all."""
        self._app = app
        self._address = address
        self._certificate = certificate
        self._beside = tuple(beside)
        self._announce = announce
        self._announcing: threading.Thread | None = None
        self._ending = threading.Event()
        super().__init__()

    def load_config(self) -> None:
        """Tell the web server what it needs to know; it reads no file and no environment of its own."""
        for name, value in _ALWAYS.items():
            self.cfg.set(name, value)
        self.cfg.set("bind", str(self._address))
        if (certificate := self._certificate) is not None:
            self.cfg.set("certfile", str(certificate.chain))
            self.cfg.set("keyfile", str(certificate.key))
            self.cfg.set("ssl_context", lambda _settings, _usual: certificate.serving())
        self.cfg.set("loglevel", logging.getLevelName(logging.getLogger().level).lower())
        self.cfg.set("post_worker_init", self.begin_beside)
        self.cfg.set("worker_exit", self.end_beside)

    def load(self) -> Flask:
        """Return the application, which was made before anything was promised."""
        return self._app

    def run(self) -> None:
        """Serve until told to stop; ends the program."""
        # The server names itself in each answer, has no setting for it, and makes answers of this class.
        wsgi.Response = Reticent
        _Patient(self).run()

    def begin_beside(self, worker: Any) -> None:  # noqa: ANN401 - the server's own type
        """Start what runs beside the answering in one worker; the first of them says when it answers."""
        # A key pressed in the terminal reaches every process: only the one in charge is to act on it.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for each in self._beside:
            each.begin()
        if worker.age == 1:
            self._announcing = threading.Thread(
                target=self._announce_once_answering, name="announce", daemon=True
            )
            self._announcing.start()

    def end_beside(self, server: object, worker: object) -> None:
        """Let what is under way be finished, the rounds of the post first: the log hears of them."""
        del server, worker
        self._ending.set()
        for each in reversed(self._beside):
            each.end(seconds=self.cfg.graceful_timeout / 2)
        if self._announcing is not None:
            # Whoever still writes to the terminal while the process ends makes it end with a failure.
            self._announcing.join(_SECONDS_TO_ASK_IN * 2)

    def _announce_once_answering(self) -> None:
        while not _answers(self._address, self._certificate):
            if self._ending.wait(_SECONDS_BETWEEN_ASKING):
                return
        self._announce()


class _Patient(Arbiter):  # type: ignore[misc] # published without types
    """Is as patient with Ctrl-C as with a polite request to stop."""

    def handle_int(self) -> None:
        """Stop as on SIGTERM: answer what was asked, then end."""
        self.handle_term()


def _answers(address: Address, certificate: Certificate | None) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address.host, address.host)  # noqa: S104 - asked, not bound
    connection = (
        http.client.HTTPConnection(host, address.port, timeout=_SECONDS_TO_ASK_IN)
        if certificate is None
        else http.client.HTTPSConnection(
            host, address.port, timeout=_SECONDS_TO_ASK_IN, context=certificate.itself()
        )
    )
    with suppress(OSError, http.client.HTTPException):
        connection.request("GET", _READY, headers={"Host": "localhost"})
        status = connection.getresponse().status
        connection.close()
        return status == http.client.OK
    return False
