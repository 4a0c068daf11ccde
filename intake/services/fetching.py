"""Asking another machine for a short answer: by TLS, within seconds, and nowhere it points on to."""

import ipaddress
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from intake.errors import IntakeError

#: Gives the body found at an address, asked with these headers and, where there is a body to send, by a POST.
Fetch = Callable[[str, Mapping[str, str], bytes | None], bytes]

_SECONDS: Final = 5
_LONGEST: Final = 512 * 1024


class Unreachable(IntakeError):
    """The other machine did not answer as it should."""


class _NoFurther(HTTPRedirectHandler):
    """Follows no redirect: what was agreed on is one address."""

    def redirect_request(self, *_said: object) -> None:
        return None


_OPENER = build_opener(_NoFurther)


def fetch(address: str, headers: Mapping[str, str], body: bytes | None) -> bytes:
    """Ask once; raises `Unreachable` for an address that is not by TLS, or for any answer but a short 200."""
    if not is_safe(address):
        raise Unreachable(address)
    asked = Request(address, data=body, headers={"Accept": "application/json", **headers})  # noqa: S310 - checked above
    try:
        with _OPENER.open(asked, timeout=_SECONDS) as answer:
            said = bytes(answer.read(_LONGEST + 1))
    except (URLError, HTTPException, OSError, ValueError):
        raise Unreachable(urlsplit(address).netloc) from None
    if len(said) > _LONGEST:
        raise Unreachable(urlsplit(address).netloc)
    return said


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
