"""T7: twenty thousand hostile requests to every route and form, and broken HTTP to a real server."""

import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from itertools import cycle
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from flask import Flask, redirect
from flask import request as asked_now
from flask.typing import ResponseReturnValue
from sqlalchemy import event, text
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from intake import schema
from intake.db import Database
from tests.security import broken_http
from tests.security.grammar import HEADER, IN_HTML, IN_SQL, RECKONS, Grammar, Request
from tests.security.outcome import ROOT, Outcome
from tests.support.headers import faults_of_headers
from tests.support.matrix import Asked, Trier, Whose
from tests.support.place import TestPlace, make_place
from tests.support.web import make_app
from tests.support.world import NOBODY, World, build_world

_REQUESTS = 20_000
_SEED = 20261123
_LETTERS = "rlxapwmhq" + NOBODY
#: What no answer may say: the parts of a trace, of a library's complaint, of a file of this machine.
TELLS = (
    b"Traceback (most",
    b'File "/',
    b"sqlalchemy.",
    b"psycopg.",
    b"sqlite3.",
    b"werkzeug.",
    b"jinja2.",
    b"site-packages",
    b"root:x:0:0",
    b"OperationalError",
    b"gunicorn/",
    f"{ROOT}/".encode(),
)
_FIELD = re.compile(r"<(?:input|select|textarea|button)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")
_VALUE = re.compile(r'\bvalue="([^"]*)"')


class Watch(logging.Handler):
    """Looks at every statement that reaches the database, and at what the log learns of failures."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.faults: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what the program says went wrong."""
        self.faults.append(f"logged: {record.getMessage()[:400]}")

    def statement(self, *told: object) -> None:
        """Keep a statement that has in it what somebody typed, and not beside it."""
        if IN_SQL in str(told[2]):
            self.faults.append(f"typed words in a statement: {str(told[2])[:200]}")

    def taken(self) -> list[str]:
        """Return what was seen since the last asking."""
        seen, self.faults = self.faults, []
        return seen


def faults_of(answer: TestResponse, *, static: bool = False, ours: bool = True) -> Iterator[str]:
    """Yield what is wrong with an answer to a hostile request."""
    if answer.status_code >= 500:
        yield f"status {answer.status_code}"
    body = b"" if static else answer.data
    yield from (f"it says {tell.decode()}" for tell in TELLS if tell in body)
    if answer.mimetype == "text/html" and IN_HTML.encode() in body:
        yield "a tag somebody typed is a tag"
    if RECKONS in body:
        yield "a template somebody typed was reckoned out"
    if HEADER in answer.headers:
        yield "a header somebody typed is a header"
    where = urlsplit(answer.headers.get("Location", ""))
    if where.netloc not in {"", "localhost"} or where.path.startswith(("//", "/\\")):
        yield f"it leads elsewhere: {answer.headers['Location'][:200]}"
    if ours:
        yield from faults_of_headers(dict(answer.headers), kept=static and answer.status_code in {200, 304})


def measure(folder: Path) -> Outcome:
    """Send them all; each oracle must also find the fault that is planted for it."""
    faults: list[str] = []
    with closing(Database(f"sqlite:///{folder / 'intake.sqlite3'}")) as database:
        schema.upgrade(database)
        place = make_place(database)
        world = build_world(place)
        figures = _sent(place, world, faults)
    faults += _planted_and_missed(folder)
    figures |= broken_http.tried(folder, faults)
    return Outcome(figures, tuple(dict.fromkeys(faults)))


def _sent(place: TestPlace, world: World, faults: list[str]) -> dict[str, object]:
    app, watch, grammar = make_app(place), Watch(), Grammar(_SEED)
    logging.getLogger("intake").addHandler(watch)
    event.listen(place.database.engine, "before_cursor_execute", watch.statement)
    triers = {letter: Trier(app, place, world, letter) for letter in _LETTERS}
    forms: dict[tuple[str, str], dict[str, list[str]]] = {}
    routes = [(rule, method) for rule in app.url_map.iter_rules() for method in _methods(rule)]
    statuses: Counter[int] = Counter()
    took: list[float] = []
    for number, (rule, method) in zip(range(_REQUESTS), cycle(routes)):
        letter = grammar.among(_LETTERS)
        trier = triers[letter]
        path = _path(trier, rule, grammar)
        if (rule.endpoint, letter) not in forms:
            forms[rule.endpoint, letter] = _fields(trier, rule, path)
        request = grammar.request(method, path, forms[rule.endpoint, letter], trier.carried)
        began = time.perf_counter()
        answer = _answer(trier, request)
        took.append(time.perf_counter() - began)
        if answer is None:
            continue
        statuses[answer.status_code] += 1
        if letter != NOBODY and (answer.location or "").startswith("/sign-in"):
            # Some requests sign out, or end somebody's sessions.
            trier.come_anew()
        found = [*faults_of(answer, static=answer.request.path.startswith("/static/")), *watch.taken()]
        faults += [f"{request.method} {rule.endpoint} as {letter}, number {number}: {each}" for each in found]
    hundredths = quantiles(took, n=100)
    by_kind = {
        f"{kind}xx": sum(n for code, n in statuses.items() if code // 100 == kind) for kind in (2, 3, 4, 5)
    }
    return {
        "requests": statuses.total(),
        "routes and methods": len(routes),
        "median": f"{hundredths[49] * 1000:.0f} ms",
        "p99": f"{hundredths[98] * 1000:.0f} ms",
        **by_kind,
    }


def _methods(rule: Rule) -> list[str]:
    return sorted((rule.methods or set()) & {"GET", "POST"})


def _path(trier: Trier, rule: Rule, grammar: Grammar) -> str:
    whose = Whose(grammar.among([Whose.OWN.value] * len(Whose) + [each.value for each in Whose]))
    return trier.path_of(rule, Asked(rule.endpoint, "GET", whose))


def _fields(trier: Trier, rule: Rule, path: str) -> dict[str, list[str]]:
    """Read what the form of a route asks, from its page as this person sees it."""
    if "GET" not in (rule.methods or set()) or "POST" not in (rule.methods or set()):
        return {}
    page = trier.client.get(path).get_data(as_text=True)
    fields: dict[str, list[str]] = {}
    for found in _FIELD.finditer(page):
        fields.setdefault(found[1], []).extend(_VALUE.findall(found[0]))
    return fields


def _answer(trier: Trier, request: Request) -> TestResponse | None:
    """Send a request; None where no client of HTTP could put it into bytes."""
    try:
        return trier.client.open(request.path, method=request.method, buffered=True, **request.more)  # type: ignore[arg-type]
    except (ValueError, UnicodeError):
        return None


def _planted_and_missed(folder: Path) -> list[str]:
    """Return the oracles that miss the fault planted for them."""
    watch, typed = Watch(), {"typed": f"{IN_HTML}> {IN_SQL}"}
    with closing(Database(f"sqlite:///{folder / 'planted.sqlite3'}")) as database:
        event.listen(database.engine, "before_cursor_execute", watch.statement)
        client = _planted(database).test_client()
        found: Mapping[str, list[str]] = {
            path: [*faults_of(client.get(path, query_string=typed), ours=False), *watch.taken()]
            for path in ("/statement", "/tag", "/elsewhere", "/failure", "/trace", "/reckoned", "/header")
        }
        found = {**found, "/bare": list(faults_of(client.get("/bare")))}
    return [f"the fault planted at {path} was not found" for path, each in found.items() if not each]


def _planted(database: Database) -> Flask:
    app = Flask("planted")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.logger.disabled = True

    def statement() -> str:
        with database.reading() as unit:
            unit.session.execute(text(f"SELECT '{asked_now.args['typed']}'"))
        return ""

    def failure() -> str:
        raise LookupError

    pages: Mapping[str, Callable[[], ResponseReturnValue]] = {
        "/statement": statement,
        "/tag": lambda: asked_now.args["typed"],
        "/elsewhere": lambda: redirect("https://elsewhere.example/"),
        "/failure": failure,
        "/trace": lambda: "<pre>Traceback (most recent call last)",
        "/reckoned": lambda: str(70007 * 3),
        "/header": lambda: ("", 200, {HEADER: "1"}),
        "/bare": lambda: "an answer without our headers",
    }
    for path, view in pages.items():
        app.add_url_rule(path, path.strip("/"), view)
    return app
