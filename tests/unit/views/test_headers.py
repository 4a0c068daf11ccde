"""Every answer, whoever made it, tells the browser to keep nothing and run only what is ours."""

import pytest
from flask import Response, abort, redirect

from intake.views.headers import ALWAYS, POLICY
from tests.support.frame import framed

PAGES = {
    "/page": lambda: "a page",
    "/away": lambda: redirect("/page"),
    "/refused": lambda: abort(403),
    "/broken": lambda: {"a": "b"}["nothing"],
    "/told": lambda: Response("x", headers={"Server": "us", "X-Powered-By": "it", "Cache-Control": "public"}),
}


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/static/src/app.js", "/static/none.js"])
def test_every_answer_carries_the_headers(path: str) -> None:
    answer = framed(PAGES).test_client().get(path, buffered=True)
    assert {name: answer.headers[name] for name in ALWAYS} == ALWAYS
    assert len(answer.headers.getlist("Content-Security-Policy")) == 1
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers


@pytest.mark.parametrize("path", [*PAGES, "/nowhere", "/static/none.js?v=1"])
def test_no_page_is_kept(path: str) -> None:
    assert framed(PAGES).test_client().get(path).headers["Cache-Control"] == "no-store"


def test_a_built_file_is_kept_for_long_when_its_address_tells_its_content() -> None:
    client = framed().test_client()
    assert "immutable" in client.get("/static/src/app.js?v=abc", buffered=True).headers["Cache-Control"]
    assert client.get("/static/src/app.js", buffered=True).headers["Cache-Control"] == "public, no-cache"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["require-trusted-types-for"] == "'script'"
    del rules["require-trusted-types-for"]
    assert set(rules.values()) == {"'none'", "'self'"}


def test_plain_http_is_only_forbidden_where_there_is_tls() -> None:
    assert "Strict-Transport-Security" not in framed(PAGES).test_client().get("/page").headers
    secure = framed(PAGES, secure=True).test_client().get("/page")
    assert secure.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"


@pytest.mark.parametrize(
    ("method", "said", "status"),
    [
        ("GET", {}, 200),
        ("POST", {}, 200),
        ("POST", {"Sec-Fetch-Site": "same-origin"}, 200),
        ("GET", {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, 200),
        ("GET", {"Sec-Fetch-Site": "none", "Sec-Purpose": "prefetch;prerender"}, 403),
        (
            "GET",
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
            200,
        ),
        (
            "GET",
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
            403,
        ),
        (
            "GET",
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"},
            403,
        ),
        ("GET", {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
        (
            "POST",
            {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"},
            403,
        ),
        ("POST", {"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_another_site_may_only_lead_a_person_here(method: str, said: dict[str, str], status: int) -> None:
    assert framed(PAGES).test_client().open("/page", method=method, headers=said).status_code == status
