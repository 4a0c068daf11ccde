"""Bytes that are no HTTP, or only nearly, sent to the server that serves in earnest."""

import signal
import socket
from collections import Counter
from pathlib import Path

from tests.support.operating import NAME, a_site
from tests.support.served import Site, serving

_TIMES = 20
_SECONDS = 5.0
_LONG = b"a" * 70_000
_HOST = f"Host: {NAME}\r\n".encode()
#: Refusals that HTTP itself has for what a server does not speak; any other 5xx is a failure.
_NOT_SPOKEN = frozenset({501, 505})
_BROKEN = (
    b"",
    b"\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET\r\n\r\n",
    b"GET / HTTP/9.9\r\n" + _HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + _HOST + b"\r\n",
    b"GET /\x00 HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET /\xff\xfe HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET /" + _LONG + b" HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b"X: " + _LONG + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b"X: 1\r\n" * 300 + b"\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b" folded: 1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + _HOST + b"Bad Header : 1\r\n\r\n",
    b"GET http://elsewhere.example/ HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"CONNECT elsewhere.example:443 HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"TRACE / HTTP/1.1\r\n" + _HOST + b"\r\n",
    b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    b"POST /sign-in HTTP/1.1\r\n" + _HOST + b"Content-Length: -1\r\n\r\n",
    b"POST /sign-in HTTP/1.1\r\n" + _HOST + b"Content-Length: 9\r\nContent-Length: 1\r\n\r\nx",
    b"POST /sign-in HTTP/1.1\r\n"
    + _HOST
    + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /sign-in HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: quoll\r\n\r\n",
    b"POST /sign-in HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
    b"POST /sign-in HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    b"GET /people HTTP/1.1\r\n" + _HOST + b"X_Forwarded_For: 1.2.3.4\r\nX-Forwarded-For: a b\r\n\r\n",
)


def tried(folder: Path, faults: list[str]) -> dict[str, object]:
    """Send each some times to a server; it must answer others afterwards with the processes it had."""
    site = a_site(folder / "broken", 25)
    made = site.run("setup")
    if made.returncode:
        raise AssertionError(made.stderr)
    statuses: Counter[int] = Counter()
    with serving(site, "serve") as running:
        for shape in _BROKEN * _TIMES:
            answer = _said(site, shape)
            status = int(answer[9:12]) if answer.startswith(b"HTTP/1.") else 0
            statuses[status] += 1
            if status >= 500 and status not in _NOT_SPOKEN:
                faults.append(f"{shape[:80]!r} is answered by {status}")
            if b"Traceback" in answer or b'File "/' in answer or b"gunicorn/" in answer:
                faults.append(f"{shape[:80]!r} is answered by what the server is made of")
        alive, _ = running.get("/health/live")
        _, _, complaints = running.stop(signal.SIGTERM)
    if alive != 200 or '"Traceback' in complaints:
        faults.append("the server does not answer others after it")
    told = ", ".join(f"{code or 'hung up'}: {count}" for code, count in sorted(statuses.items()))
    return {"broken requests to a served site": f"{len(_BROKEN) * _TIMES} ({told})"}


def _said(site: Site, shape: bytes) -> bytes:
    """Send bytes and no more; gives what the server said before it hung up."""
    with socket.create_connection(("127.0.0.1", site.port), timeout=_SECONDS) as connection:
        try:
            connection.sendall(shape)
            connection.shutdown(socket.SHUT_WR)
            answer = b""
            while more := connection.recv(65_536):
                answer += more
        except OSError:
            return b""
        return answer
