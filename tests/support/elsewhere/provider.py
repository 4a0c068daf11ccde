"""A provider of single sign-on that is none of ours, and a person's browser there."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, OpenerDirector, build_opener

from tests.support.mailbox import free_port

_PROVIDER = Path(__file__).parent / "provider.mjs"
_NODE = Path(sys.executable).parent / "node"
_MOST_STEPS = 6


class _StepByStep(HTTPRedirectHandler):
    """Follows nothing by itself."""

    def redirect_request(self, *_said: object) -> None:
        return None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where somebody signs in with the provider, in a browser that keeps its cookies."""

    issuer: str
    browser: OpenerDirector = field(
        default_factory=lambda: build_opener(HTTPCookieProcessor(), _StepByStep())
    )

    def sign_in(self, address: str, name: str) -> str:
        """Sign in as somebody, and return the address of ours to which one is sent back."""
        for _ in range(_MOST_STEPS):
            if not address.startswith(self.issuer):
                return address
            page = f"{address}?name={name}" if urlsplit(address).path.startswith("/who/") else address
            address = urljoin(address, self._onward(page))
        raise AssertionError(address)

    def _onward(self, address: str) -> str:
        try:
            with self.browser.open(address, timeout=10) as shown:
                raise AssertionError(shown.read())
        except HTTPError as going_on:
            with going_on:
                return str(going_on.headers["Location"])


@contextmanager
def provider(
    client_id: str, client_secret: str, redirect_uri: str, *, amr: Sequence[str] = (), verified: bool = True
) -> Iterator[str]:
    """Start the provider and give its issuer."""
    asked = {
        "port": free_port(),
        "client_id": client_id,
        "client_secret": client_secret,
        "redirect_uri": redirect_uri,
        "amr": list(amr),
        "verified": verified,
    }
    with subprocess.Popen(
        [_NODE, _PROVIDER, json.dumps(asked)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        # What stands in the environment only starts the real one: both are ended, as one group.
        start_new_session=True,
    ) as running:
        try:
            assert running.stdout is not None
            yield running.stdout.readline().strip()
        finally:
            os.killpg(running.pid, signal.SIGKILL)
