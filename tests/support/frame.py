"""The frame of every page around a template of a test's own, with no database behind it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask, render_template
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader

from config import ROOT
from intake.clock import SetClock
from intake.views import errors, headers, rendering
from intake.views.rendering import Link, Shell

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)
SIGNED_IN = Shell(
    person="Amara Okafor",
    role="Safeguarding lead",
    organisation="Riverbank Academy (sample)",
    links=(Link("Record a concern", "/record", current=True), Link("Concerns", "/concerns")),
    footer=(Link("Who to ring", "/ring"),),
    sign_out="/out",
    sample=True,
)

View = Callable[[], Any]


def framed(
    views: Mapping[str, View] | None = None,
    *,
    templates: Mapping[str, str] | None = None,
    around: Shell = SIGNED_IN,
    secure: bool = False,
    numbers: tuple[errors.DutyNumber, ...] = (),
    unavailable: tuple[type[Exception], ...] = (),
) -> Flask:
    """Return an application of these views by path, each for GET and POST, under the real frame."""
    app = Flask("intake", static_folder=str(ROOT / "intake" / "static"))
    app.config.update(SECRET_KEY="a test's own", WTF_CSRF_TIME_LIMIT=None)
    app.jinja_loader = ChoiceLoader([DictLoader(templates or {}), FileSystemLoader(ROOT / "templates")])
    headers.set_up(app, secure=secure)
    rendering.set_up(app, clock=SetClock(NOW), around=lambda: around, fresh_once_key=_once_key)
    errors.set_up(app, before=lambda _problem: None, numbers=lambda: numbers, unavailable=unavailable)
    for path, view in (views or {}).items():
        app.add_url_rule(path, path, view, methods=["GET", "POST"])
    return app


def _once_key() -> str:
    return "a once-key"


def showing(content: str, *, imports: str = "", **values: object) -> Flask:
    """Return an application whose only page, at `/`, holds this content; `imports` stands over it."""
    page = (
        f'{{% extends "layouts/page.html" %}}{imports}'
        "{% block title %}A page{% endblock %}"
        f"{{% block content %}}{content}{{% endblock %}}"
    )
    return framed({"/": lambda: render_template("page.html", **values)}, templates={"page.html": page})
