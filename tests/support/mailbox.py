"""A mail server on this machine for as long as a test needs it, and what it was handed."""

import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# Below the ports this machine hands out to callers, so that no other test can have been given ours.
_PORTS = range(20_000, 32_000)


@dataclass
class Postbox:
    """Takes every mail except one to nobody, and remembers over what it came."""

    taken: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 - the mail server's own name for it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such person"
        if address.startswith("busy@"):
            return "451 try again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        assert isinstance(content, bytes)
        if b"too heavy" in content:
            return "552 too heavy"
        self.taken.append(content.decode())
        self.encrypted.append(session.ssl is not None)
        return "250 taken"


@contextmanager
def receiving(controller: Controller) -> Iterator[int]:
    """Run a mail server; gives its port."""
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    """Return a port nobody listens on."""
    for port in random.sample(_PORTS, 50):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no port is free")
