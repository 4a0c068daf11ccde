"""A program with a page for each kind of fault that a scanner of web programs is to find."""

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from intake.db import Database

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

#: Pages that write what is typed into a header as it is.
_HEADERS = {"/header": "X-Planted", "/elsewhere": "Location"}
_FORM = '<form method="post" action="/form"><input name="typed"><button>Send</button></form>'


def faulty(folder: Path, database: Database) -> Flask:
    """Return the program; its files lie in the folder."""
    app = Flask("faulty")
    app.logger.disabled = True
    (folder / "word.txt").write_text("a word", encoding="utf-8")
    pages = _Pages(folder, database)
    typed = {"/statement": pages.statement, "/read": pages.read, "/run": pages.run, "/say": pages.say}
    typed["/tag"] = lambda: f"<p>{request.args['typed']}</p>"
    links = "".join(f'<p><a href="{path}?typed=word.txt">there</a></p>' for path in (*typed, *_HEADERS))
    more = '<p><a href="/said">said</a> <a href="/kept.html">kept</a></p>'
    first = f"<!doctype html><title>faulty</title>{links}{more}{_FORM}"
    for path, view in typed.items():
        app.add_url_rule(path, path, view)
    app.add_url_rule("/", "/", lambda: (first, 200, {"Set-Cookie": "who=me; Path=/"}))
    app.add_url_rule("/said", "/said", lambda: f"<ul><li>{'</li><li>'.join(pages.said)}</li></ul>")
    app.add_url_rule("/kept.html", "/kept.html", lambda: "<p>kept</p>")
    app.add_url_rule("/kept.html.bak", "/kept.html.bak", lambda: "kept")
    app.add_url_rule("/form", "/form", lambda: "taken", methods=["POST"])
    app.wsgi_app = _unguarded(app.wsgi_app)  # type: ignore[method-assign, assignment]
    return app


class _Pages:
    """What is done with what is typed."""

    def __init__(self, folder: Path, database: Database) -> None:
        self._folder, self._database = folder, database
        self.said: list[str] = []

    def statement(self) -> ResponseReturnValue:
        query = f"SELECT name FROM sqlite_master WHERE name = '{request.args['typed']}'"  # noqa: S608 - the hole
        try:
            with self._database.reading() as unit:
                return f"<p>{', '.join(unit.session.scalars(text(query)))}</p>"
        except DBAPIError as wrong:
            return f"<p>{type(wrong.orig).__module__}.{type(wrong.orig).__name__}: {wrong.orig}</p>"

    def read(self) -> ResponseReturnValue:
        try:
            return (self._folder / request.args["typed"]).read_text(encoding="utf-8")
        except (OSError, ValueError):
            return "none"

    def run(self) -> ResponseReturnValue:
        typed = request.args["typed"].replace("\0", "")
        shell = ["sh", "-c", f"echo {typed}"]
        return subprocess.run(
            shell, cwd=self._folder, capture_output=True, text=True, timeout=9, check=False
        ).stdout

    def say(self) -> ResponseReturnValue:
        self.said.append(request.args["typed"])
        return redirect("/said")


def _unguarded(program: "WSGIApplication") -> "WSGIApplication":
    """Write what is typed into a header as it is; the library would not."""

    def answer(environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        if (name := _HEADERS.get(environ["PATH_INFO"])) is None:
            return program(environ, start_response)
        typed = parse_qs(environ["QUERY_STRING"]).get("typed", [""])[0]
        start_response("302 Found", [("Content-Type", "text/html"), (name, typed)])
        return [b"<p>a header</p>"]

    return answer
