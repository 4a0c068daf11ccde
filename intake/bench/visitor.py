"""A browser without a window: it keeps its cookies, reads the forms of a page and posts them back."""

from collections.abc import Mapping
from html.parser import HTMLParser

from flask import Flask
from werkzeug.test import TestResponse

from intake.errors import IntakeError

_SEE_OTHER = 303
_OK = 200
#: What a form carries for itself, and what of it a person has typed or chosen already.
_TYPED = frozenset({"hidden", "text", "tel", "email", "number", ""})


class WentWrong(IntakeError):
    """A page that is measured did not answer as it should."""


class Visitor:
    """Somebody at a browser; with the token of a session, somebody who is signed in."""

    def __init__(self, app: Flask, token: str | None = None) -> None:
        self._client = app.test_client()
        if token is not None:
            with self._client.session_transaction() as carried:
                carried["_user_id"] = token

    def get(self, path: str) -> str:
        """Open a page and return it whole; raises `WentWrong` for anything but a page."""
        return _expect(self._client.get(path), _OK, path).get_data(as_text=True)

    def form(self, path: str) -> dict[str, str]:
        """Open a page and return its main form as it stands there, ready to be filled in."""
        reader = _FormReader()
        reader.feed(self.get(path))
        return reader.fields

    def post(self, path: str, said: Mapping[str, str]) -> str:
        """Send a form and return where it leads; raises `WentWrong` where it leads nowhere."""
        return _expect(self._client.post(path, data=said), _SEE_OTHER, path).headers["Location"]


def _expect(response: TestResponse, status: int, path: str) -> TestResponse:
    if response.status_code != status:
        raise WentWrong(f"{path} answered {response.status_code}, not {status}.")
    return response


class _FormReader(HTMLParser):
    """Reads the fields of the forms in the main part of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._in_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "main":
            self._in_main = True
        is_field = tag == "input" and said.get("type", "") in _TYPED
        if self._in_main and is_field and said.get("name"):
            self.fields[said["name"]] = said.get("value", "")
