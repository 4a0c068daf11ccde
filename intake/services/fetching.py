"""Asking another machine for a short answer: by TLS, within seconds, and nowhere it points on to.

What is asked is asked in a thread of its own: a machine that hangs, or answers a byte at a time, holds nobody
here for longer than those seconds, and no more threads than a few.
"""

import ipaddress
from collections.abc import Callable, Mapping
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from intake.errors import IntakeError

#: Gives the body found at an address, asked with these headers and, where there is a body to send, by a POST.
Fetch = Callable[[str, Mapping[str, str], bytes | None], bytes]

#: How long each step may take, and all of them together.
_SECONDS: Final = 5
_ALTOGETHER: Final = 8
#: So many are asked at a time, of four threads that serve pages; whoever comes on top waits this long.
_AT_ONCE: Final = BoundedSemaphore(2)
_WAIT: Final = 1
_LONGEST: Final = 512 * 1024


class Unreachable(IntakeError):
    """The other machine did not answer as it should."""


class Declined(Unreachable):
    """The other machine is there, and answered that it would not."""


class _NoFurther(HTTPRedirectHandler):
    """Follows no redirect: what was agreed on is one address."""

    def redirect_request(self, *_said: object) -> None:
        return None


_OPENER = build_opener(_NoFurther)


def fetch(address: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    """Ask once; raises `Unreachable` for an address that is not by TLS, or for any answer but a short 200."""
    if not is_safe(address) or not _AT_ONCE.acquire(timeout=_WAIT):
        raise Unreachable(address)
    asked = Request(address, data=body, headers={"Accept": "application/json", **headers})  # noqa: S310 - checked above
    answers: SimpleQueue[bytes | Unreachable] = SimpleQueue()
    Thread(target=_ask, args=(asked, answers), daemon=True).start()
    try:
        said = answers.get(timeout=_ALTOGETHER)
    except Empty:
        raise Unreachable(asked.host) from None
    if isinstance(said, Unreachable):
        raise said
    return said


def _ask(asked: Request, answers: "SimpleQueue[bytes | Unreachable]") -> None:
    """Ask, and put what came of it where somebody may still be waiting for it."""
    try:
        with _OPENER.open(asked, timeout=_SECONDS) as answer:
            said = bytes(answer.read(_LONGEST + 1))
        answers.put(said if len(said) <= _LONGEST else Declined(asked.host))
    except HTTPError:
        answers.put(Declined(asked.host))
    except (URLError, HTTPException, OSError, ValueError):
        answers.put(Unreachable(asked.host))
    finally:
        _AT_ONCE.release()


def is_safe(address: str) -> bool:
    """Whether nobody on the way can read along: TLS, or this very machine."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_here(host)))


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
