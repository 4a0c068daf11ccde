"""An application served on this machine for as long as a test needs it."""

import random
import socket
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

# Below the ports this machine hands out to callers, so that no browser's own call can be given ours.
_PORTS = range(20_000, 32_000)

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication


class Quiet(WSGIRequestHandler):
    """Answers, and does not write down each request: a failed test's report is for what went wrong."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Write nothing."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a free port; gives its address."""
    server = make_server("127.0.0.1", _free_port(), _let_go(app), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _let_go(app: Flask) -> "WSGIApplication":
    """Answer whole and let go of what was open at once.

    The test server reads what a browser still had to say before it closes an answer, and does not close it
    when the browser has hung up; a file left open so is an error of some later test. (A real server closes.)
    """

    def answer(environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        parts = app(environ, start_response)
        try:
            return [b"".join(parts)]
        finally:
            if hasattr(parts, "close"):
                parts.close()

    return answer


def _free_port() -> int:
    for port in random.sample(_PORTS, 50):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no port is free")
