"""What keeps the key ring: a file, the service manager, a token, or a key service."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from intake.crypto.key_file import RingFile
from intake.errors import KeysMissing
from intake.services.fetching import Fetch, Unreachable, fetch
from intake.services.key_token import TokenWrapping
from intake.vocabulary import Custodian


class Custody(Protocol):
    """Which custodian, and how it is reached; `secret` is the file with its PIN or token."""

    @property
    def custodian(self) -> Custodian: ...
    @property
    def module(self) -> Path | None: ...
    @property
    def token(self) -> str: ...
    @property
    def key(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def secret(self) -> Path | None: ...


def ring_file(path: Path, custody: Custody) -> RingFile:
    """Return where the key ring is kept; raises `KeysMissing` where its custodian's secret is missing."""
    match custody.custodian:
        case Custodian.TOKEN:
            secret = _secret(custody)
            return RingFile(path, TokenWrapping(str(custody.module), custody.token, custody.key, secret))
        case Custodian.SERVICE:
            return RingFile(path, TransitWrapping(custody.url, custody.key, _secret(custody)))
    return RingFile(path, given=custody.custodian is Custodian.CREDENTIAL)


def _secret(custody: Custody) -> str:
    try:
        if custody.secret is not None:
            return custody.secret.read_text(encoding="utf-8").strip()
    except OSError as trouble:
        raise KeysMissing(f"The secret at {custody.secret} cannot be read ({trouble.strerror}).") from trouble
    raise KeysMissing("INTAKE_KEYS_SECRET names no file with the PIN or the token of what keeps the keys.")


@dataclass(frozen=True, slots=True)
class TransitWrapping:
    """A key of a key service (the transit engine of OpenBao or Vault), which encrypts and never leaves it."""

    url: str
    key: str
    token: str = field(repr=False)
    ask: Fetch = field(default=fetch, repr=False)

    @property
    def name(self) -> str:
        """What it is, for people."""
        return f"the key {self.key} of the key service at {self.url}"

    def wrap(self, data: bytes) -> bytes:
        """Have the service encrypt; raises `KeysMissing` where it does not."""
        said = self._asked("encrypt", {"plaintext": base64.b64encode(data).decode()})
        return str(said["ciphertext"]).encode()

    def unwrap(self, wrapped: bytes) -> bytes:
        """Have the service decrypt; raises `KeysMissing` where it does not."""
        said = self._asked("decrypt", {"ciphertext": wrapped.decode("ascii", "replace")})
        return base64.b64decode(said["plaintext"], validate=True)

    def _asked(self, act: str, what: Mapping[str, str]) -> Mapping[str, Any]:
        headers = {"X-Vault-Token": self.token, "Content-Type": "application/json"}
        address = f"{self.url.rstrip('/')}/v1/transit/{act}/{self.key}"
        try:
            said: Mapping[str, Any] = json.loads(self.ask(address, headers, json.dumps(what).encode()))[
                "data"
            ]
        except (Unreachable, ValueError, KeyError, TypeError) as trouble:
            raise KeysMissing(f"No answer, or none as it should be, from {self.name}.") from trouble
        return said
