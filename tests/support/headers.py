"""What every answer must carry, and what none may."""

from collections.abc import Iterator, Mapping

_MUST_BE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_POLICY_SAYS = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
)
_A_YEAR = 31_536_000


def faults_of_headers(
    headers: Mapping[str, str], *, kept: bool = False, secure: bool = False
) -> Iterator[str]:
    """Yield what is wrong with what an answer carries; `kept` for a file that a browser may keep."""
    for name, value in _MUST_BE.items():
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}"
    policy = headers.get("Content-Security-Policy", "").split("; ")
    yield from (f"the policy does not say {part}" for part in _POLICY_SAYS if part not in policy)
    if any("unsafe" in part or "http" in part or "*" in part for part in policy):
        yield f"the policy lets in too much: {policy}"
    yield from _faults_of_kind(headers.get("Content-Type", ""))
    if not kept and headers.get("Cache-Control") != "no-store":
        yield f"it may be kept: {headers.get('Cache-Control')}"
    if not headers.get("Permissions-Policy"):
        yield "there is no permissions policy"
    yield from (f"{name} tells what this runs on" for name in ("Server", "X-Powered-By") if name in headers)
    if secure:
        said = headers.get("Strict-Transport-Security", "max-age=0")
        age, _, whose = said.partition("; ")
        if int(age.removeprefix("max-age=")) < _A_YEAR or whose != "includeSubDomains":
            yield f"it may be asked for without TLS: {said}"


def _faults_of_kind(said: str) -> Iterator[str]:
    kind, _, letters = said.partition("; ")
    if not kind or (kind.startswith("text/") and letters != "charset=utf-8"):
        yield f"it does not say what it is, and in which letters: {said}"
