"""A visitor over HTTP who checks the whole of every page, and posts only the forms that were shown."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from html5lib.html5parser import ParseError
from werkzeug.test import TestResponse

from tests.support.pages import FormOnPage, Page

Said = str | Sequence[str]

_MUST_BE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_GOING_ON = frozenset({301, 302, 303, 307, 308})


class Faulty(AssertionError):
    """A page, or its headers, was not as every page must be."""


class Filled:
    """A form being filled in as a person would: only what it offers, by the names it has."""

    def __init__(self, visitor: "Visitor", form: FormOnPage) -> None:
        self._visitor = visitor
        self.form = form
        self.values = form.values()

    def fill(self, answers: Mapping[str, Said] | None = None, /, **more: Said) -> "Filled":
        """Answer questions by name; a choice must be one that the form offers. Give () to untick."""
        for name, said in {**(answers or {}), **more}.items():
            if name not in self.form.controls:
                raise Faulty(
                    f"the form to {self.form.action} does not ask {name!r}: {sorted(self.form.controls)}"
                )
            control = self.form.controls[name]
            values = [said] if isinstance(said, str) else list(said)
            if control.offered and not set(values) <= set(control.offered):
                raise Faulty(f"{name!r} offers {control.offered}, not {values}")
            self.values[name] = values
        return self

    def submit(self, button: str = "", *, status: int | None = None) -> "Answer":
        """Press a button, the first when none is named by its words, and read what comes back."""
        pressed = [found for found in self.form.buttons if not button or found[0] == button]
        if not pressed:
            raise Faulty(f"there is no button {button!r}: {[found[0] for found in self.form.buttons]}")
        _, name, value = pressed[0]
        posted = {**self.values, **({name: [value]} if name else {})}
        return self._visitor.send(self.form.method, self.form.action, posted, status=status)


class Answer:
    """What came back: a page, or an address to go on to."""

    def __init__(self, visitor: "Visitor", response: TestResponse) -> None:
        self._visitor = visitor
        self.response = response
        self.status = response.status_code
        self.location = response.headers.get("Location", "")
        reads = response.mimetype == "text/html" and self.status not in _GOING_ON
        self.page = _read(response) if reads else None

    @property
    def text(self) -> str:
        """The words of the page."""
        return self.shown.text

    @property
    def shown(self) -> Page:
        """The page, which there must be."""
        if self.page is None:
            raise Faulty(f"{self.status} {self.response.mimetype} is not a page")
        return self.page

    def follow(self, *, status: int | None = None) -> "Answer":
        """Go where this answer leads."""
        if not self.location:
            raise Faulty(f"{self.status} leads nowhere: {self.shown.heading} {self.shown.problems}")
        return self._visitor.get(self.location, status=status)

    def link(self, words: str, *, status: int | None = None) -> "Answer":
        """Follow the link that reads exactly so."""
        links = self.shown.links
        if words not in links:
            raise Faulty(f"there is no link {words!r}: {sorted(links)}")
        return self._visitor.get(urljoin(self.response.request.path, links[words]), status=status)

    def form(self, which: str | int = 0) -> Filled:
        """Take up a form by one of its buttons' words or its action, or by its place in the main part."""
        if isinstance(which, int):
            found = [form for form in self.shown.forms if form.in_main][which : which + 1]
        else:
            found = [
                form
                for form in self.shown.forms
                if form.action == which or any(which == words for words, _, _ in form.buttons)
            ]
        if not found:
            raise Faulty(f"there is no form {which!r}: {[form.action for form in self.shown.forms]}")
        return Filled(self._visitor, found[0])


class Visitor:
    """One browser: it keeps cookies, sends only what it was shown, and finds fault with every page."""

    def __init__(self, app: Flask, *, base_url: str = "http://localhost") -> None:
        self._client: FlaskClient = app.test_client()
        self._base_url = base_url
        self._static = f"{app.static_url_path}/"
        self.last: Answer | None = None

    @property
    def origin(self) -> str:
        """Where the pages come from that this browser shows."""
        return self._base_url

    @property
    def page(self) -> Page:
        """The page last shown."""
        assert self.last is not None
        return self.last.shown

    def carry(self, token: str) -> None:
        """Give this browser a session that was begun elsewhere: for tests that are not about signing in."""
        with self._client.session_transaction(base_url=self._base_url) as carried:
            carried["_user_id"] = token

    def cookie(self, name: str) -> str:
        """Return what this browser keeps under a name; '' where it keeps nothing."""
        kept = self._client.get_cookie(name, domain=urlsplit(self._base_url).hostname or "")
        return "" if kept is None else kept.value

    def take(self, name: str, value: str) -> None:
        """Keep a cookie got from somewhere else, as a thief's browser would."""
        self._client.set_cookie(name, value, domain=urlsplit(self._base_url).hostname or "")

    def get(self, path: str, *, status: int | None = None) -> Answer:
        """Open an address; redirects are not followed of themselves."""
        return self.send("get", path, {}, status=status)

    def send(
        self, method: str, path: str, posted: Mapping[str, Sequence[str]], *, status: int | None = None
    ) -> Answer:
        """Send a request and check all of the answer; without `status` a page or a redirect is expected."""
        where = urlsplit(path)
        target = f"{where.path}?{where.query}" if where.query else where.path
        if method == "get" and posted:
            target = f"{where.path}?{urlencode(posted, doseq=True)}"
        answer = Answer(
            self,
            self._client.open(
                target,
                method=method.upper(),
                data=dict(posted) if method == "post" else None,
                base_url=self._base_url,
                buffered=True,
                headers={"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "navigate"},
            ),
        )
        self._check(method, path, answer, status)
        self.last = answer
        return answer

    def _check(self, method: str, path: str, answer: Answer, status: int | None) -> None:
        expected = {200} | _GOING_ON if status is None else {status}
        faults = (
            [] if answer.status in expected else [f"the answer is {answer.status}, not {sorted(expected)}"]
        )
        faults += _faults_of_headers(answer.response, static=path.startswith(self._static))
        if answer.page is not None:
            faults += answer.page.faults()
        if faults:
            raise Faulty(f"{method.upper()} {path}: " + "; ".join(faults))


def _read(response: TestResponse) -> Page:
    html = response.get_data(as_text=True)
    try:
        return Page(html)
    except ParseError as fault:
        raise Faulty(f"{response.request.path} is not valid HTML: {fault}") from fault


def _faults_of_headers(response: TestResponse, *, static: bool) -> list[str]:
    """Return what is wrong with what an answer carries."""
    headers = response.headers
    faults = [
        f"{name} is {headers.get(name)}" for name, value in _MUST_BE.items() if headers.get(name) != value
    ]
    policy = headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy or "frame-ancestors 'none'" not in policy:
        faults.append(f"the content security policy is {policy!r}")
    if not static and headers.get("Cache-Control") != "no-store":
        faults.append(f"the answer may be kept: {headers.get('Cache-Control')}")
    if not headers.get("Permissions-Policy"):
        faults.append("there is no permissions policy")
    faults += [f"{name} tells what this runs on" for name in ("Server", "X-Powered-By") if name in headers]
    return faults
