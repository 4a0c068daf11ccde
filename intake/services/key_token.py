"""A key of a PKCS#11 token (a smart card, a security module), which wraps the ring and never leaves it.

The library that speaks to tokens is installed only where there is one: requirements/token.txt.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from intake.errors import KeysMissing

_NONCE_LENGTH = 12
_TAG_BITS = 128


@dataclass(frozen=True, slots=True)
class TokenWrapping:
    """One AES key of a token: AES-256-GCM, done by the token itself."""

    module: str
    token: str
    key: str
    pin: str = field(repr=False)

    @property
    def name(self) -> str:
        """What it is, for people."""
        return f"the key {self.key} of the token {self.token}"

    def wrap(self, data: bytes) -> bytes:
        """Have the token encrypt; raises `KeysMissing` where it does not."""
        with self._opened() as (library, session, key):
            nonce = bytes(session.generate_random(_NONCE_LENGTH * 8))
            return nonce + bytes(key.encrypt(data, **self._by(library, nonce)))

    def unwrap(self, wrapped: bytes) -> bytes:
        """Have the token decrypt; raises `KeysMissing` where it does not, or the bytes were altered."""
        with self._opened() as (library, _, key):
            return bytes(key.decrypt(wrapped[_NONCE_LENGTH:], **self._by(library, wrapped[:_NONCE_LENGTH])))

    @contextmanager
    def _opened(self) -> Iterator[tuple[Any, Any, Any]]:
        try:
            library = import_module("pkcs11")
        except ImportError as trouble:
            raise KeysMissing(
                "No library for tokens is installed: requirements/token.txt has it."
            ) from trouble
        failed = import_module("pkcs11.exceptions").PKCS11Error
        try:
            token = library.lib(self.module).get_token(token_label=self.token)
            with token.open(user_pin=self.pin) as session:
                wanted = {"label": self.key, "object_class": library.ObjectClass.SECRET_KEY}
                yield library, session, session.get_key(**wanted)
        except (failed, RuntimeError) as trouble:
            raise KeysMissing(f"There is no using {self.name} ({type(trouble).__name__}).") from trouble

    @staticmethod
    def _by(library: Any, nonce: bytes) -> dict[str, Any]:  # noqa: ANN401 - it is not installed everywhere
        params = library.GCMParams(nonce, b"pass-it-on", _TAG_BITS)
        return {"mechanism": library.Mechanism.AES_GCM, "mechanism_param": params}
