"""T7, third part: wapiti, signed in as somebody of each kind, and a planted page for each kind of fault."""

import json
import logging
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Response, request

from config import Settings
from intake import schema
from intake.app import create_app
from intake.db import Database
from tests.security.faulty import faulty
from tests.security.hostile import Watch
from tests.security.outcome import Outcome
from tests.support.matrix import Trier
from tests.support.place import make_place
from tests.support.serving import served
from tests.support.web import make_app
from tests.support.world import NOBODY, build_world

#: In an environment of its own: what it needs clashes with what the program is locked with.
_WAPITI = Path(sys.executable).parent / "wapiti" / "bin" / "wapiti"
#: Nobody, a duty worker, a safeguarding lead, an administrator.
_LETTERS = NOBODY + "wlp"
#: Left out are those that must be called back from, or must ask, a server elsewhere (ssrf, xxe, log4shell,
#: takeover, nikto, wapp), that guess a password or an address from a list, and those for other programs.
_MODULES = (
    *("backup", "cookieflags", "crlf", "csp", "csrf", "exec", "file"),
    *("http_headers", "permanentxss", "redirect", "sql", "xss"),
)
#: As a browser asks, from behind the proxy of a deployment.
_HEADERS = ("X-Forwarded-Proto: https", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Mode: navigate")
#: What would end one's own session, shut oneself out of the case, or is a file.
_EXCLUDED = ("/sign-out", "/account/sessions/*", "/account/password*", "/static/*", "*/tie")
_SECONDS_TO_CRAWL, _SECONDS_EACH, _SECONDS_EACH_PLANTED, _LONGEST = 20, 8, 60, 900


def measure(folder: Path) -> Outcome:
    """Scan as each of them, and a program in which every one of these faults is."""
    if not _WAPITI.exists():
        return Outcome({}, not_run={"wapiti": "it is not installed: make security installs it"})
    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    faults: list[str] = []
    crawled, answered = 0, Counter[int]()
    for letter in _LETTERS:
        scan = _scanned(folder, letter)
        crawled, answered = crawled + scan.crawled, answered + scan.answered
        faults += [f"as {letter}: {each}" for each in scan.faults]
    missed = set(_MODULES) - {module for module, _ in _found(_planted(folder))}
    faults += [f"{module} does not find what is planted for it" for module in sorted(missed)]
    figures = {
        "pages and forms": crawled,
        "requests": answered.total(),
        **{
            f"{kind}xx": sum(n for code, n in answered.items() if code // 100 == kind)
            for kind in (2, 3, 4, 5)
        },
        "planted faults found": f"{len(_MODULES) - len(missed)} of {len(_MODULES)}",
    }
    return Outcome(figures, tuple(dict.fromkeys(faults)))


@dataclass
class Scan:
    """What was found as somebody, and how they were answered."""

    answered: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    crawled: int = 0


def _scanned(folder: Path, letter: str) -> Scan:
    """Scan as somebody upon a world of their own; they must be signed in to the end."""
    folder = folder / letter
    folder.mkdir()
    scan, watch = Scan(), Watch()
    logging.getLogger("intake").addHandler(watch)
    with closing(Database(f"sqlite:///{folder / 'intake.sqlite3'}")) as database:
        schema.upgrade(database)
        place = make_place(database)
        trier = Trier(make_app(place), place, build_world(place), letter)
        settings = Settings(
            "", Path("unused"), public_url="https://localhost", trusted_proxies=1, testing=True
        )
        app = create_app(settings, place)
        app.config["PROPAGATE_EXCEPTIONS"] = False

        @app.after_request
        def count(answer: Response) -> Response:
            scan.answered[answer.status_code] += 1
            if answer.status_code >= 500:
                scan.faults.append(f"{request.method} {request.endpoint} is answered by {answer.status_code}")
            return answer

        cookie = trier.client.get_cookie("session")
        words = ("-C", f"{app.config['SESSION_COOKIE_NAME']}={cookie.value}") if cookie else ()
        with served(app) as address:
            report = _wapiti(folder, address, _SECONDS_EACH, *words)
        scan.crawled = report["infos"]["crawled_pages_nbr"]
        scan.faults += [f"{module}: {what}" for module, what in _found(report)]
        if letter != NOBODY and trier.client.get("/account").status_code != HTTPStatus.OK:
            scan.faults.append("the session had ended before the scan did")
    logging.getLogger("intake").removeHandler(watch)
    scan.faults += watch.taken()
    return scan


def _wapiti(folder: Path, address: str, seconds: int, *words: str) -> Mapping[str, Any]:
    """Crawl, attack for so many seconds in each way, and read the report."""
    report = folder / "report.json"
    limits = f"--max-scan-time {_SECONDS_TO_CRAWL} --max-attack-time {seconds} --tasks 1 --no-bugreport"
    kept = ("--store-session", str(folder), "--store-config", str(folder), "-f", "json", "-o", str(report))
    many = [
        *(word for header in _HEADERS for word in ("-H", header)),
        *(word for each in _EXCLUDED for word in ("-x", f"{address}{each}")),
        *(word for each in ("csrf_token", "once_key") for word in ("--skip", each)),
    ]
    subprocess.run(
        [_WAPITI, "-u", f"{address}/", "-m", ",".join(_MODULES), *limits.split(), *kept, *many, *words],
        capture_output=True,
        check=True,
        timeout=_LONGEST,
        stdin=subprocess.DEVNULL,
    )
    report_read: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return report_read


def _found(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield which module found what, and where."""
    for name, each in report["vulnerabilities"].items():
        yield from ((one["module"], f"{name}: {one['method']} {one['path']}: {one['info']}") for one in each)


def _planted(folder: Path) -> Mapping[str, Any]:
    """Scan a program with a page for each fault."""
    folder = folder / "planted"
    folder.mkdir()
    with (
        closing(Database(f"sqlite:///{folder / 'planted.sqlite3'}")) as database,
        served(faulty(folder, database)) as address,
    ):
        return _wapiti(folder, address, _SECONDS_EACH_PLANTED)
