"""Refusals say what happened and give the words back; failures are answered by a page that needs nothing."""

import logging

import pytest
from flask import abort, render_template, request
from werkzeug.exceptions import TooManyRequests

from intake.errors import (
    CannotOpen,
    IllegalTransition,
    KeysMissing,
    NotConfirmed,
    NotFound,
    NotPermitted,
    Refused,
    StaleVersion,
)
from intake.views.errors import DutyNumber
from intake.views.rendering import Shell
from tests.support.client import Visitor
from tests.support.frame import View, framed
from tests.support.pages import Page

NUMBERS = (DutyNumber("Halton", "Children's duty team", "01519078305"),)


class DatabaseAway(Exception):
    """How a database says that it is away."""


def raising(problem: Exception) -> View:
    def view() -> str:
        raise problem

    return view


def telling(problem: Exception) -> Visitor:
    app = framed({"/": raising(problem)}, numbers=NUMBERS, unavailable=(DatabaseAway,))
    return Visitor(app)


@pytest.mark.parametrize(
    ("problem", "status", "heading"),
    [
        (NotPermitted(), 403, "This is not part of your work here"),
        (NotFound(), 404, "There is nothing here"),
        (StaleVersion(), 409, "This moved on while you were writing"),
        (IllegalTransition("decided", "take"), 409, "This moved on while you were writing"),
        (Refused("field", "message"), 400, "That could not be sent as it was"),
    ],
)
def test_a_refusal_is_told_kindly(problem: Exception, status: int, heading: str) -> None:
    assert telling(problem).get("/", status=status).shown.heading == heading


@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 418, 429])
def test_every_refusal_of_http_has_a_page(status: int) -> None:
    page = Visitor(framed({"/": lambda: abort(status)})).get("/", status=status).shown
    assert page.heading
    assert "Go to the first page" in page.links


def test_a_refusal_gives_back_what_was_typed_and_neither_answers_nor_secrets() -> None:
    app = framed({"/": raising(StaleVersion())})
    said = {
        "words": "He said\n<wait>",
        "danger": "not_known",
        "password": "secret",
        "once_key": "k",
        "x": " ",
    }
    page = Page(app.test_client().post("/", data=said).get_data(as_text=True))
    assert list(page.faults()) == []
    assert "Your words are below. Open it again" in page.main
    assert "What you had typed It was not saved from this press." in page.main
    assert "He said <wait> Go to" in page.main
    assert "not_known" not in page.main
    assert "secret" not in page.html


def test_a_refusal_with_nothing_typed_does_not_speak_of_it() -> None:
    assert "typed" not in telling(StaleVersion()).get("/", status=409).shown.main


def test_a_post_too_large_to_read_is_refused_without_reading_it() -> None:
    app = framed({"/": lambda: request.form["words"]})
    app.config["MAX_CONTENT_LENGTH"] = 10
    for path, status in (("/", 413), ("/nowhere", 404)):
        answer = app.test_client().post(path, data={"words": "x" * 100})
        assert answer.status_code == status
        assert list(Page(answer.get_data(as_text=True)).faults()) == []


def test_what_may_be_sent_and_when_to_try_again_is_passed_on() -> None:
    app = framed()
    app.add_url_rule("/read", "read", lambda: "x", methods=["GET"])
    assert "GET" in app.test_client().post("/read").headers["Allow"]
    app = framed({"/": raising(TooManyRequests(retry_after=90))})
    assert app.test_client().get("/").headers["Retry-After"] == "90"


def test_a_redirect_is_no_refusal() -> None:
    app = framed()
    app.add_url_rule("/folder/", "folder", lambda: "x")
    assert app.test_client().get("/folder").status_code == 308


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (NotConfirmed(), 503),
        (DatabaseAway("gone"), 503),
        (CannotOpen(), 500),
        (KeysMissing(), 500),
        (RuntimeError("x"), 500),
    ],
)
def test_a_failure_says_what_was_saved_and_whom_to_ring(problem: Exception, status: int) -> None:
    answer = telling(problem).get("/", status=status)
    page = answer.shown
    assert page.heading == "We could not confirm that this was saved"
    assert "Pressing again makes no duplicate" in page.main
    assert "your words may not have arrived" in page.main
    assert page.links == {"999": "tel:999", "0151 907 8305": "tel:+441519078305", "101": "tel:101"}
    assert answer.response.headers["Retry-After"] == "30"


def test_a_failure_of_http_is_told_as_a_failure() -> None:
    assert (
        Visitor(framed({"/": lambda: abort(502)}))
        .get("/", status=500)
        .shown.heading.startswith("We could not")
    )


def test_the_log_learns_where_it_failed_and_never_what_was_said(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        telling(RuntimeError("Robin Example")).get("/", status=500)
    assert "RuntimeError" in caplog.text
    assert "test_errors.py" in caplog.text
    assert "Robin" not in caplog.text


def test_the_log_learns_what_a_template_missed(caplog: pytest.LogCaptureFixture) -> None:
    app = framed({"/": lambda: render_template("x.html")}, templates={"x.html": "{{ no_such_thing }}"})
    Visitor(app).get("/", status=500)
    assert "no_such_thing" in caplog.text


def test_a_refusal_whose_page_cannot_be_made_is_told_as_a_failure() -> None:
    app = framed({"/": lambda: abort(404)}, unavailable=(DatabaseAway,))

    def fail() -> dict[str, Shell]:
        raise DatabaseAway

    app.context_processor(fail)
    assert Visitor(app).get("/", status=503).shown.heading.startswith("We could not")
