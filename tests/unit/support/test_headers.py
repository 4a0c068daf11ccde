"""What is asked of every answer's headers is noticed where one is missing, weaker, or too much."""

import pytest

from tests.support.headers import faults_of_headers

_SOUND = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=()",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
}
_POLICY = _SOUND["Content-Security-Policy"]


def test_a_sound_answer_has_no_fault() -> None:
    assert list(faults_of_headers(_SOUND, secure=True)) == []


@pytest.mark.parametrize("name", list(_SOUND))
def test_a_header_that_is_missing_is_noticed(name: str) -> None:
    rest = {each: value for each, value in _SOUND.items() if each != name}
    assert list(faults_of_headers(rest, secure=True))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("X-Content-Type-Options", "sniff"),
        (
            "Content-Security-Policy",
            _POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        ),
        ("Content-Security-Policy", f"{_POLICY}; img-src *"),
        ("Content-Security-Policy", f"{_POLICY}; connect-src http://evil.example"),
        ("Content-Security-Policy", _POLICY.replace("; base-uri 'none'", "")),
        ("Content-Type", "text/html"),
        ("Cache-Control", "public, max-age=60"),
        ("Strict-Transport-Security", "max-age=3600"),
        ("Server", "granian"),
        ("X-Powered-By", "Flask"),
    ],
)
def test_a_header_that_lets_in_or_tells_too_much_is_noticed(name: str, value: str) -> None:
    assert list(faults_of_headers({**_SOUND, name: value}, secure=True))
