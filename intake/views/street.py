"""The street outside: which names are answered to, whose word is taken, and what is told of a visit."""

import ipaddress
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

#: A health check on the machine itself asks by these, whatever the service is called outside.
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
#: Where the server that logs a visit finds the rule it met, and the ids in its address.
RULE = "intake.rule"
IDS = "intake.ids"

_WRONG_NAME = b"This service is not known by that name. An operator can set INTAKE_PUBLIC_URL.\n"


class Names:
    """Turns away a request for another name: a page elsewhere cannot point its own name at this machine."""

    def __init__(self, wrapped: "WSGIApplication", names: Iterable[str]) -> None:
        self._wrapped = wrapped
        self._names = frozenset(names) | _THIS_MACHINE

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if _name_of(str(environ.get("HTTP_HOST", ""))) in self._names:
            return self._wrapped(environ, start_response)
        length = str(len(_WRONG_NAME))
        start_response(
            "421 Misdirected Request",
            [("Content-Type", "text/plain; charset=utf-8"), ("Content-Length", length)],
        )
        return [_WRONG_NAME]


class Proxies:
    """Takes the word of the proxies named, and of nobody else, for where a request came from."""

    def __init__(self, wrapped: "WSGIApplication", *, hops: int, networks: Sequence[Network]) -> None:
        self._wrapped = wrapped
        # The proxy next to us says whether the visitor came by TLS; those behind it only pass it on.
        self._believing = ProxyFix(wrapped, x_for=hops, x_proto=1)
        self._networks = tuple(networks)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        believed = _is_within(str(environ.get("REMOTE_ADDR", "")), self._networks)
        return (self._believing if believed else self._wrapped)(environ, start_response)


def set_up(app: Flask, *, names: Iterable[str], hops: int, proxies: Sequence[str]) -> None:
    """Answer to these names only; with `hops`, believe the forwarded addresses of these proxies."""
    app.url_value_preprocessor(_tell)
    around: WSGIApplication = Names(app.wsgi_app, names)
    if hops:
        networks = tuple(ipaddress.ip_network(proxy) for proxy in proxies)
        around = Proxies(around, hops=hops, networks=networks)
    app.wsgi_app = around  # type: ignore[assignment, method-assign] # where Flask has one put around it


def _tell(_endpoint: str | None, values: dict[str, object] | None) -> None:
    """Leave what may be logged of this visit: never its address, which can hold a one-time token."""
    request.environ[RULE] = None if request.url_rule is None else request.url_rule.rule
    ids = {name: str(value) for name, value in (values or {}).items() if isinstance(value, UUID)}
    request.environ[IDS] = ids


def _name_of(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def _is_within(address: str, networks: Sequence[Network]) -> bool:
    try:
        peer = ipaddress.ip_address(address)
    except ValueError:
        return False
    # A socket that takes both kinds of address gives an IPv4 one in IPv6's clothes.
    mapped = peer.ipv4_mapped if isinstance(peer, ipaddress.IPv6Address) else None
    return any((mapped or peer) in network for network in networks)
