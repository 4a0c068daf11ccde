"""The strict visitor finds fault with every page that has one, and with no page that has none."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import pytest
from flask import Flask, Response, jsonify, redirect, request

from intake.views import headers
from tests.support.client import Answer, Faulty, Visitor

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

SOUND = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Record a concern - Pass It On</title>
<link rel="stylesheet" href="/static/build/app.css"><script src="/static/build/early.js"></script></head>
<body><a href="#main">Skip</a>
<form method="post" action="/out"><input type="hidden" name="csrf_token" value="t">
<input type="hidden" name="once_key" value="k"><button type="submit">Sign out</button></form>
<main id="main"><h1>Record a concern</h1>
<div class="govuk-error-summary"><ul><li><a href="#name">Enter a name</a></li></ul></div>
<form method="post" action="/echo">
<input type="hidden" name="csrf_token" value="t"><input type="hidden" name="once_key" value="k">
<label for="name">Name</label><input id="name" name="name" type="text" value="Robin" aria-describedby="hint">
<p id="hint">Hint</p>
<label for="words">Words</label><textarea id="words" name="words">
Exact words</textarea>
<fieldset><legend>Danger now</legend>
<input type="radio" id="d1" name="danger" value="yes"><label for="d1">Yes</label>
<input type="radio" id="d2" name="danger" value="no" checked><label for="d2">No</label></fieldset>
<input type="checkbox" id="s1" name="signs" value="a" checked><label for="s1">A</label>
<input type="checkbox" id="s2" name="signs" value="b" checked><label for="s2">B</label>
<label for="service">Service</label>
<select id="service" name="service">
<option value="h">Halton</option><option value="c" selected>Cardiff</option></select>
<button type="submit">Send</button><button type="submit" name="later" value="yes">Later</button></form>
<form method="get" action="/search"><label for="q">Find</label><input id="q" name="q">
<button>Find</button></form>
<h2>More</h2><p><a href="/echo">Another page</a></p></main></body></html>"""

DEFECTS = {
    "invalid HTML": ("<p id=", "<p id=hint id="),
    "unclosed element": ("</fieldset>", ""),
    "no h1": ("h1>", "h2>"),
    "two h1": ("<h2>More</h2>", "<h1>More</h1>"),
    "a skipped heading": ("<h2>More</h2>", "<h3>More</h3>"),
    "an id twice": ('id="s2"', 'id="s1"'),
    "an empty title": ("Record a concern - Pass It On", " "),
    "a title of GOV.UK": ("Record a concern - Pass It On", "Concern - GOV.UK"),
    "no language": (' lang="en-GB"', ""),
    "a control without label": ('<label for="words">Words</label>', ""),
    "a label without words": ('<label for="words">Words</label>', '<label for="words"> </label>'),
    "a fieldset without legend": ("<legend>Danger now</legend>", ""),
    "a link of the summary to nowhere": ('href="#name"', 'href="#nome"'),
    "a description that is not there": ('aria-describedby="hint"', 'aria-describedby="hunt"'),
    "a form without token": ('name="csrf_token"', 'name="token"'),
    "a form without once-key": ('name="once_key"', 'name="key"'),
    "a form without action": (' action="/echo"', ""),
    "a form without method": ('method="get" ', ""),
    "a style attribute": ("<h2>", '<h2 style="color: red">'),
    "a style element": ("</head>", "<style>p { color: red }</style></head>"),
    "an inline script": ("</head>", "<script>alert(1)</script></head>"),
    "an inline handler": ("<h2>", '<h2 onclick="go()">'),
    "a script in a link": ('href="/echo"', 'href="javascript:go()"'),
    "a link without words": ("Another page", ""),
    "an image without alt": ("<h2>", '<img src="/x.png"><h2>'),
}


def app_showing(html: str) -> Flask:
    app = Flask("intake")
    headers.set_up(app, secure=False)
    app.add_url_rule("/page", "page", lambda: html)
    app.add_url_rule("/echo", "echo", lambda: jsonify(dict(request.form.lists())), methods=["POST"])
    app.add_url_rule("/out", "out", lambda: redirect("/page", 303), methods=["POST"])
    app.add_url_rule("/search", "search", lambda: Response(request.args["q"], mimetype="text/plain"))
    return app


class Replacing:
    """Spoils one header on its way out."""

    def __init__(self, inner: "WSGIApplication", name: str, value: str) -> None:
        self._inner = inner
        self._spoiled = (name, value)

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def spoil(
            status: str, found: list[tuple[str, str]], exc_info: "OptExcInfo | None" = None, /
        ) -> Callable[[bytes], object]:
            kept = [(name, value) for name, value in found if name != self._spoiled[0]]
            return start_response(status, [*kept, self._spoiled], exc_info)

        return self._inner(environ, spoil)


def visitor(html: str = SOUND) -> Visitor:
    return Visitor(app_showing(html))


def test_a_sound_page_has_no_fault() -> None:
    shown = visitor().get("/page").shown
    assert shown.title == "Record a concern - Pass It On"
    assert shown.heading == "Record a concern"
    assert shown.problems == ("Enter a name",)
    assert shown.main.startswith("Record a concern Enter a name Name Hint")


@pytest.mark.parametrize("defect", DEFECTS)
def test_a_defect_is_found(defect: str) -> None:
    before, after = DEFECTS[defect]
    assert before in SOUND
    with pytest.raises(Faulty):
        visitor(SOUND.replace(before, after)).get("/page")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; script-src 'unsafe-inline'"),
        ("Content-Security-Policy", ""),
        ("Cache-Control", "public"),
        ("X-Content-Type-Options", ""),
        ("Referrer-Policy", "origin"),
        ("Permissions-Policy", ""),
        ("Server", "gunicorn/27.0.1"),
    ],
)
def test_a_wrong_header_is_found(name: str, value: str) -> None:
    app = app_showing(SOUND)
    app.wsgi_app = Replacing(app.wsgi_app, name, value)  # type: ignore[method-assign]
    with pytest.raises(Faulty):
        Visitor(app).get("/page")


def test_an_answer_nobody_expected_is_found() -> None:
    with pytest.raises(Faulty, match="404"):
        visitor().get("/nowhere")
    assert visitor().get("/static/none", status=404).status == 404


def test_a_form_is_posted_as_it_was_shown() -> None:
    sent = posted(visitor().get("/page").form().submit())
    assert sent == {
        "csrf_token": ["t"],
        "once_key": ["k"],
        "name": ["Robin"],
        "words": ["Exact words"],
        "danger": ["no"],
        "signs": ["a", "b"],
        "service": ["c"],
    }


def test_a_form_is_posted_as_it_was_filled() -> None:
    form = visitor().get("/page").form("/echo")
    sent = posted(form.fill({"name": "Sam"}, danger="yes", signs=(), service="h").submit("Later"))
    assert sent["name"] == ["Sam"]
    assert sent["danger"] == ["yes"]
    assert sent["service"] == ["h"]
    assert sent["later"] == ["yes"]
    assert "signs" not in sent


def test_a_form_of_the_frame_is_found_by_its_button_and_leads_on() -> None:
    browser = visitor()
    answer = browser.get("/page").form("Sign out").submit()
    assert (answer.status, answer.location) == (303, "/page")
    assert answer.follow().shown.heading == "Record a concern"
    assert browser.page.heading == "Record a concern"


def test_a_form_that_asks_by_get_puts_its_question_in_the_address() -> None:
    answer = visitor().get("/page").form(1).fill(q="C-7K3M").submit()
    assert answer.response.get_data(as_text=True) == "C-7K3M"
    with pytest.raises(Faulty):
        _ = answer.shown


def test_what_a_page_does_not_offer_cannot_be_done() -> None:
    answer = visitor().get("/page")
    for impossible in (
        lambda: answer.form().fill(nothing="x"),
        lambda: answer.form().fill(danger="perhaps"),
        lambda: answer.form().submit("Delete"),
        lambda: answer.form("Delete"),
        lambda: answer.form(7),
        lambda: answer.link("Nowhere"),
        answer.follow,
    ):
        with pytest.raises(Faulty):
            impossible()


def posted(answer: Answer) -> dict[str, list[str]]:
    """Return what the echo received."""
    received: dict[str, list[str]] = answer.response.get_json()
    return received
