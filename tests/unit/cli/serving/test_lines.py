"""The log says what happened in names of events, ids and numbers, and never what anybody typed."""

import io
import json
import logging
import sys
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import structlog
from flask import Flask
from gunicorn.config import Config
from werkzeug.test import EnvironBuilder

from intake.cli.serving import lines
from intake.views import street

ID = UUID("01980000-0000-7000-8000-000000000001")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What was written to standard error."""
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    lines.set_up(logging.INFO)
    yield written
    logging.captureWarnings(capture=False)
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    structlog.reset_defaults()


def _written(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


def _ask(path: str, *, status: str = "200 OK") -> None:
    """Have the server's log told of an answer, as the server tells it."""
    app = Flask("asked")
    street.set_up(app, names=(), hops=0, proxies=())
    app.add_url_rule("/queue/<uuid:referral_id>/of/<name>", "queue.read", lambda **_: "")
    environ = EnvironBuilder(path=path, base_url="http://localhost").get_environ()
    list(app(environ, lambda *_: lambda _: None))
    lines.ServerLog(Config()).access(
        SimpleNamespace(status=status), None, environ, timedelta(milliseconds=12.34)
    )


def test_a_request_is_told_by_the_rule_it_met_and_its_ids(log: io.StringIO) -> None:
    _ask(f"/queue/{ID}/of/one-time-token?child=Kezia")

    (line,) = _written(log)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "request",
        "level": "info",
        "method": "GET",
        "rule": "/queue/<uuid:referral_id>/of/<name>",
        "referral_id": str(ID),
        "status": 200,
        "ms": 12.3,
    }


def test_an_address_that_met_no_rule_is_not_repeated(log: io.StringIO) -> None:
    _ask("/Kezia-Thornbury?mother=ringing", status="404 NOT FOUND")

    (line,) = _written(log)
    assert (line["rule"], line["status"]) == (None, 404)
    assert "Kezia" not in log.getvalue()
    assert "ringing" not in log.getvalue()


def test_a_file_every_page_brings_along_is_no_event(log: io.StringIO) -> None:
    _ask("/static/app.css")
    assert _written(log) == []

    _ask("/static/app.css", status="404 NOT FOUND")
    assert [line["status"] for line in _written(log)] == [404]


def test_an_answer_the_application_never_saw_is_told_too(log: io.StringIO) -> None:
    lines.ServerLog(Config()).access(
        SimpleNamespace(status="421 Misdirected Request"), None, {"REQUEST_METHOD": "GET"}, timedelta()
    )

    assert [(line["rule"], line["status"]) for line in _written(log)] == [(None, 421)]


def test_of_a_librarys_message_only_the_template_is_written(log: io.StringIO) -> None:
    logging.getLogger("gunicorn.error").warning("Error handling request %s", "/first-password/s3cret")

    assert [line["event"] for line in _written(log)] == ["Error handling request %s"]


def test_our_own_messages_are_written_whole(log: io.StringIO) -> None:
    logging.getLogger("intake.errors").error("%s at %s", "NotFound", "intake/db.py:7")

    assert [line["event"] for line in _written(log)] == ["NotFound at intake/db.py:7"]


def test_of_an_error_its_kind_and_its_places_are_written_and_not_its_words(log: io.StringIO) -> None:
    try:
        _raise_with_words()
    except ValueError:
        logging.getLogger("sqlalchemy").exception("a query failed")

    (line,) = _written(log)
    assert line["error"] == "ValueError"
    assert [place.rpartition(":")[0] for place in line["at"]] == ["tests/unit/cli/serving/test_lines.py"] * 2
    assert "Kezia" not in log.getvalue()


def test_what_is_less_than_worth_telling_is_not_told(log: io.StringIO) -> None:
    logging.getLogger("gunicorn.error").debug("polling")

    assert _written(log) == []


def _raise_with_words() -> None:
    raise ValueError("Kezia is not a number")
