"""T7, second half: sqlmap at its first level upon one form for each kind of field, and a planted hole."""

import logging
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from flask import Flask, request
from sqlalchemy import text

from intake import schema
from intake.db import Database
from tests.security.outcome import Outcome
from tests.support.matrix import Trier
from tests.support.place import make_place
from tests.support.serving import served
from tests.support.web import make_app
from tests.support.world import NOBODY, build_world

_SQLMAP = Path(sys.executable).parent / "sqlmap"
_CARRIED = "csrf_token,once_key"
#: Who asks, where, and what is typed: words, choices, dates, numbers, references, postcodes.
_FORMS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (NOBODY, "/sign-in", {"email": "somebody@example.test", "password": "a guess"}),
    (NOBODY, "/who-to-ring", {"postcode": "WA8 7QF"}),
    (
        "r",
        "/concerns/new",
        {"child_name": "A child", "happened": "W", "danger_now": "no", "occurred_on": "today"},
    ),
    ("w", "/search", {"name": "A name", "born": "2013", "other": "AB12"}),
)
_QUERIES: tuple[tuple[str, str], ...] = (
    ("w", "/queue?list=mine&after=1"),
    ("w", "/queue/find?reference=R-2222-2222"),
    ("m", "/trail?person=x&event=y&on-day=23&on-month=11&on-year=2026&reference=R-2222-2222&below=9"),
    ("l", "/concerns?before=1"),
)
_WORDS = (
    "--batch",
    "--level",
    "1",
    "--risk",
    "1",
    "--technique",
    "BEUS",
    "--flush-session",
    "--disable-coloring",
)
_HOLE, _WHOLE = "sqlmap identified the following injection point", "do not appear to be injectable"
_SECONDS = 600


def measure(folder: Path) -> Outcome:
    """Try every form, and one that does what none may."""
    if not _SQLMAP.exists():
        return Outcome({}, not_run={"sqlmap": "it is not installed: make security installs it"})
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    tried = {**_planted(folder), **_forms(folder)}
    faults = [
        f"{where} can be injected into"
        for where, said in tried.items()
        if _HOLE in said and where != "planted"
    ]
    if _HOLE not in tried.pop("planted"):
        faults.append("the hole planted for it was not found")
    quiet = {
        where: said.strip()[-300:]
        for where, said in tried.items()
        if _HOLE not in said and _WHOLE not in said
    }
    return Outcome({"forms and addresses": len(tried), "injectable": len(faults)}, tuple(faults), quiet)


def _forms(folder: Path) -> dict[str, str]:
    said = {}
    with closing(Database(f"sqlite:///{folder / 'intake.sqlite3'}")) as database:
        schema.upgrade(database)
        place = make_place(database)
        world = build_world(place)
        app = make_app(place)
        with served(app) as address:
            for letter, path, typed in _FORMS:
                trier = Trier(app, place, world, letter)
                words = ("--data", urlencode({**typed, **trier.carried}), "--skip", _CARRIED)
                said[f"{letter} {path}"] = _asked(folder, address + path, trier, *words)
            for letter, path in _QUERIES:
                said[f"{letter} {path}"] = _asked(folder, address + path, Trier(app, place, world, letter))
    return said


def _asked(folder: Path, address: str, trier: Trier | None, *words: str) -> str:
    if trier is not None and (cookie := trier.client.get_cookie("session")) is not None:
        words = (*words, "--cookie", f"session={cookie.value}", "--skip-static")
    out = ("--output-dir", str(folder / "sqlmap"), "--ignore-code", "400,403,404,405,409,429")
    done = subprocess.run(
        [_SQLMAP, "-u", address, *_WORDS, *out, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
        stdin=subprocess.DEVNULL,
    )
    return done.stdout


def _planted(folder: Path) -> dict[str, str]:
    app = Flask("planted")
    with closing(Database(f"sqlite:///{folder / 'planted.sqlite3'}")) as database:
        with database.writing() as unit:
            unit.session.execute(text("CREATE TABLE planted (word TEXT)"))
            unit.session.execute(text("INSERT INTO planted VALUES ('one'), ('two')"))

        app.logger.disabled = True

        @app.get("/")
        def found() -> str:
            with database.reading() as unit:
                query = f"SELECT word FROM planted WHERE word = '{request.args['typed']}'"  # noqa: S608 - the hole
                return f"<p>Found: {', '.join(unit.session.scalars(text(query)))}</p>"

        with served(app) as address:
            return {"planted": _asked(folder, f"{address}/?typed=one", None)}
