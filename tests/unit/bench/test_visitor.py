"""The browser without a window reads forms as one would, and takes no wrong answer for a right one."""

import pytest
from flask import Flask, redirect, request
from werkzeug.wrappers import Response

from intake.bench.visitor import Visitor, WentWrong

_PAGE = """<header><form><input type="hidden" name="elsewhere" value="no"></form></header>
<main><form method="post"><input type="hidden" name="token" value="t&amp;1"><input name="typed" value="was">
<input type="radio" name="danger" value="yes"><input type="text" value="nameless">
<button name="do">Go</button></form></main>"""


@pytest.fixture
def app() -> Flask:
    """Two pages, one with a form."""
    made = Flask("planted")

    @made.route("/form", methods=["GET", "POST"])
    def form() -> Response | str:
        return redirect(f"/{request.form['typed']}", 303) if request.method == "POST" else _PAGE

    @made.get("/gone")
    def gone() -> tuple[str, int]:
        return "", 404

    return made


def test_a_form_is_read_as_it_stands_on_the_page(app: Flask) -> None:
    assert Visitor(app).form("/form") == {"token": "t&1", "typed": "was"}


def test_a_posted_form_leads_on(app: Flask) -> None:
    assert Visitor(app).post("/form", {"typed": "there"}) == "/there"


def test_anything_but_the_answer_expected_is_an_error(app: Flask) -> None:
    with pytest.raises(WentWrong, match="/gone answered 404, not 200"):
        Visitor(app).get("/gone")
    with pytest.raises(WentWrong, match="answered 405, not 303"):
        Visitor(app).post("/gone", {})
