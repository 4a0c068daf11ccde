"""The tests' own server."""

import gc
import socket
import struct
import sys
import threading
import time
from urllib.parse import urlsplit

import pytest

from tests.support.frame import framed
from tests.support.serving import served

# Closing so sends a reset and not a farewell, as a browser does whose page went elsewhere.
_ABRUPTLY = struct.pack("ii", 1, 0)


def test_a_browser_that_hangs_up_leaves_no_file_open(monkeypatch: pytest.MonkeyPatch) -> None:
    left_open: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda problem: left_open.append(problem.object))
    with served(framed()) as address:
        before = threading.active_count()
        for _ in range(20):
            caller = socket.create_connection(("127.0.0.1", urlsplit(address).port or 0))
            caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _ABRUPTLY)
            caller.sendall(b"GET /static/build/autosave.js HTTP/1.1\r\nHost: localhost\r\n\r\n")
            caller.recv(1)
            caller.close()
        while threading.active_count() > before:
            time.sleep(0.01)
    gc.collect()
    assert left_open == []
