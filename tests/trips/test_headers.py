"""Every answer carries what keeps a browser from telling or keeping: pages, files and failures alike."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from config import Settings
from intake.app import create_app
from intake.vocabulary import Role
from tests.factories.accounts import PASSWORD, AccountHolders
from tests.factories.people import People
from tests.support.databases import on_either
from tests.support.headers import faults_of_headers
from tests.support.place import TestPlace

SECURE: dict[str, Any] = {"base_url": "https://intake.example"}
#: How each kind of refusal is come by: method, address, what is sent, and the status it has.
REFUSED: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "a page that is not there": ("GET", "/nowhere", {}, 404),
    "a way of asking that a page has not": ("DELETE", "/concerns", {}, 405),
    "a form that no page sent": ("POST", "/drafts/save", {"data": {"words": "x"}}, 303),
    "more than anybody types": ("POST", "/sign-in", {"data": {"email": "x" * 3_000_000}}, 413),
    "another site's page": ("POST", "/sign-in", {"headers": {"Sec-Fetch-Site": "cross-site"}}, 403),
    "a name that is not ours": ("GET", "/", {"base_url": "https://elsewhere.example"}, 421),
    "a file that is not there": ("GET", "/static/none.js", {}, 404),
    "a folder of files": ("GET", "/static/src/", {}, 404),
    "an id that is none": ("GET", "/concerns/x", {}, 404),
}


@pytest.fixture
def app(place: TestPlace) -> Flask:
    settings = Settings(
        database_url="", key_ring=Path("unused"), public_url=SECURE["base_url"], trusted_proxies=1
    )
    return create_app(settings, place)


def test_every_route_answers_with_every_header(app: Flask) -> None:
    asked = 0
    for rule in app.url_map.iter_rules():
        given = {name: _CHOSEN.get(name, _ANY) for name in rule.arguments}
        path = (rule.build(given) or ("", ""))[1]
        for method in sorted((rule.methods or set()) & {"GET", "POST", "HEAD", "OPTIONS"}):
            answer = app.test_client().open(path, method=method, buffered=True, **SECURE)
            kept = rule.endpoint == "static"
            assert list(faults_of_headers(dict(answer.headers), kept=kept, secure=True)) == [], (method, path)
            asked += 1
    assert asked > 150


#: What an address may hold that is no id.
_CHOSEN = {"filename": "src/app.js", "change": "number", "seq": 1}
_ANY = "01a206a1-c3b1-72cb-b145-b10e5bd94ce9"


@pytest.mark.parametrize("case", REFUSED)
@on_either
def test_every_refusal_answers_with_every_header(app: Flask, case: str) -> None:
    method, path, more, status = REFUSED[case]
    answer = app.test_client().open(path, method=method, buffered=True, **{**SECURE, **more})
    assert answer.status_code == status
    assert list(faults_of_headers(dict(answer.headers), secure=True)) == []


def _token(client: FlaskClient) -> str:
    page = client.get("/sign-in", **SECURE).text
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]


def test_a_failure_answers_with_every_header(app: Flask, place: TestPlace) -> None:
    with place.writing() as services:
        services.unit.session.execute(text("DROP TABLE throttle"))
    client = app.test_client()
    said = {"csrf_token": _token(client), "email": "a@example.test", "password": "x"}
    answer = client.post("/sign-in", data=said, **SECURE)
    assert answer.status_code == 503
    assert list(faults_of_headers(dict(answer.headers), secure=True)) == []
    assert "a@example.test" not in answer.text


def test_cookies_are_for_this_site_over_tls_and_no_script(
    app: Flask, people: People, holders: AccountHolders
) -> None:
    teacher, client = holders.make(people.school(), Role.REPORTER), app.test_client()
    said = {"csrf_token": _token(client), "email": teacher.email, "password": PASSWORD}
    answer = client.post("/sign-in", data=said, **SECURE)
    set_here = [cookie.split("; ") for cookie in answer.headers.getlist("Set-Cookie")]
    assert sorted(name.partition("=")[0] for name, *_ in set_here) == ["__Host-device", "__Host-session"]
    for name, *rules in set_here:
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(rules)
        assert not any(rule.startswith("Domain") for rule in rules)
        # A script that reads the page must not find there what it may not read of the cookie.
        assert name.partition("=")[2] not in client.get("/account", **SECURE).text
