"""The reverse proxy in front of a served program, so that a visitor of the tests can be sent through it."""

import http.client
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

#: What belongs to the connection between proxy and program, and not to the answer.
_OF_THE_CONNECTION = frozenset({"connection", "transfer-encoding", "keep-alive"})
_SECONDS = 30


def bridge(port: int, name: str) -> Flask:
    """Return what a visitor takes for the application: each request goes on to the program at a port."""
    app = Flask("bridge", static_url_path="/static")
    app.wsgi_app = _Forwarding(port, name)  # type: ignore[method-assign]
    return app


class _Forwarding:
    """Ends TLS, says so, and passes on what was asked and what was answered."""

    def __init__(self, port: int, name: str) -> None:
        self._port = port
        self._name = name

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_SECONDS)
        connection.request(environ["REQUEST_METHOD"], environ["REQUEST_URI"], body, self._headers(environ))
        answer = connection.getresponse()
        words = answer.read()
        connection.close()
        headers = [line for line in answer.getheaders() if line[0].lower() not in _OF_THE_CONNECTION]
        start_response(f"{answer.status} {answer.reason}", headers)
        return [words]

    def _headers(self, environ: "WSGIEnvironment") -> dict[str, str]:
        asked = {
            name.removeprefix("HTTP_").replace("_", "-").title(): str(value)
            for name, value in environ.items()
            if name.startswith("HTTP_")
        }
        if environ.get("CONTENT_TYPE"):
            asked["Content-Type"] = environ["CONTENT_TYPE"]
        proxied = {"Host": self._name, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
        return {**asked, **proxied}
