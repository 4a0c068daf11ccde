"""Another machine is asked once, within limits, and never where it points on to."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Event, Thread, active_count
from typing import ClassVar

import pytest

from intake.services import fetching
from intake.services.fetching import Declined, Unreachable, fetch

LONG = b" " * (512 * 1024 + 1)


_RELEASED = Event()


class _Answering(BaseHTTPRequestHandler):
    """Answers as the address says."""

    asked: ClassVar[list[tuple[str, str, bytes]]] = []

    def do_GET(self) -> None:
        if self.path == "/hangs":
            _RELEASED.wait()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.asked.append((self.path, self.headers.get("Authorization", ""), body))
        said = LONG if self.path == "/long" else b"said"
        self.send_response({"/away": 302, "/gone": 404}.get(self.path, 200))
        self.send_header("Location", "/elsewhere")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""


@pytest.fixture
def there() -> Iterator[str]:
    """Another machine, on this one."""
    _Answering.asked.clear()
    with HTTPServer(("127.0.0.1", 0), _Answering) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_what_is_there_is_given_with_what_was_asked(there: str) -> None:
    assert fetch(f"{there}/token", {"Authorization": "Basic x"}, b"a=b") == b"said"
    assert fetch(f"{there}/keys", {}, None) == b"said"
    assert _Answering.asked == [("/token", "Basic x", b"a=b"), ("/keys", "", b"")]


@pytest.mark.parametrize("path", ["/away", "/gone", "/long"])
def test_any_other_answer_is_none_and_nobody_is_asked_further(there: str, path: str) -> None:
    with pytest.raises(Declined):
        fetch(f"{there}{path}", {}, None)
    assert [asked for asked, _, _ in _Answering.asked] == [path]


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "http://login.example/", "file:///etc/hostname"])
def test_where_nobody_answers_or_somebody_could_read_along_nothing_is_got(address: str) -> None:
    with pytest.raises(Unreachable):
        fetch(address, {}, None)


def test_a_machine_that_hangs_holds_nobody_and_not_more_threads_than_a_few(
    there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_ALTOGETHER", 0.01)
    monkeypatch.setattr(fetching, "_WAIT", 0.01)
    before = active_count()
    for _ in range(5):
        with pytest.raises(Unreachable):
            fetch(f"{there}/hangs", {}, None)
    assert active_count() - before <= 2
    _RELEASED.set()
