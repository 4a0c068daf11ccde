"""What every answer carries, so that a browser keeps nothing, tells nobody and runs only what is ours."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask, Request, abort, request

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

#: `connect-src` is for drafts, which are saved as you go by a request of the page's own.
_RULES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
}
POLICY = "; ".join(f"{what} {whom}" for what, whom in _RULES.items())

_UNUSED = ("camera", "display-capture", "geolocation", "microphone", "payment", "usb", "browsing-topics")

ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _UNUSED),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
TWO_YEARS = 63_072_000
_KEPT = "public, max-age=31536000, immutable"
_ASKED_AGAIN = "public, no-cache"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class Headers:
    """Puts the headers on every answer, whoever made it: page, file, redirect or failure."""

    def __init__(self, wrapped: "WSGIApplication", *, static: str, secure: bool) -> None:
        self._wrapped = wrapped
        self._static = f"{static}/"
        self._always = ALWAYS | (
            {"Strict-Transport-Security": f"max-age={TWO_YEARS}; includeSubDomains"} if secure else {}
        )

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        ours = self._always | {"Cache-Control": self._keeping(environ)}
        replaced = {name.lower() for name in ours} | {"server", "x-powered-by", "expires", "pragma"}

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None, /
        ) -> Callable[[bytes], object]:
            kept = [(name, value) for name, value in headers if name.lower() not in replaced]
            if not status.startswith(("200", "304")):
                ours["Cache-Control"] = "no-store"
            return start_response(status, [*kept, *ours.items()], exc_info)

        return self._wrapped(environ, start)

    def _keeping(self, environ: "WSGIEnvironment") -> str:
        """Let a built file named with its fingerprint be kept for ever, and anything else not at all."""
        if not str(environ.get("PATH_INFO", "")).startswith(self._static):
            return "no-store"
        return _KEPT if str(environ.get("QUERY_STRING", "")).startswith("v=") else _ASKED_AGAIN


def set_up(app: Flask, *, secure: bool) -> None:
    """Put the headers on every answer, and turn away what another site's page sends."""
    app.wsgi_app = Headers(  # type: ignore[method-assign] # where Flask has one put around it
        app.wsgi_app, static=app.static_url_path or "/static", secure=secure
    )
    app.before_request(refuse_other_sites)


def refuse_other_sites() -> None:
    """Refuse a request that a page of another site made, unless it is a person following a link.

    One that nobody made, because the browser guessed what will be opened next, is refused as well: opening
    a concern says that somebody read it.

    Browsers say where a request comes from in Sec-Fetch-Site. With `no-referrer` they send no Referer and
    an Origin of 'null', so neither of those can be asked.
    """
    if from_elsewhere(request) or fetched_ahead(request):
        abort(403)


def from_elsewhere(asked: Request) -> bool:
    """Whether the browser says that another site's page made this request, other than by a link."""
    site = asked.headers.get("Sec-Fetch-Site", "none")
    if site in {"none", "same-origin"}:
        return False
    followed = asked.headers.get("Sec-Fetch-Mode") == "navigate" and asked.method in _SAFE
    return not followed or asked.headers.get("Sec-Fetch-Dest") not in {"document", None}


def fetched_ahead(asked: Request) -> bool:
    """Whether the browser asks before anybody did; it asks again once somebody does."""
    return "prefetch" in asked.headers.get("Sec-Purpose", "")
