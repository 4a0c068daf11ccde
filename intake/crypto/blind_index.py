"""Blind indexes: finding a near-unique value again without keeping it.

Only what is all but unique may be indexed so. A name, a date of birth or a postcode never is:
how often each token occurs would give the common ones away.
"""

import hmac
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, Protocol
from uuid import UUID

from intake.crypto.binding import join
from intake.vocabulary import IdentifierKind

TOKEN_LENGTH = 8


class Deriving(Protocol):
    """Whatever derives keys for a purpose: the key ring."""

    def derive(self, purpose: str, context: bytes = b"", length: int = 32) -> bytes:
        """Return the key for one purpose and context."""
        ...


@dataclass(frozen=True, slots=True)
class Indexed:
    """One indexed value: its name, the version of its key, and how it is written before it is hashed."""

    name: str
    version: int
    written: Callable[[str], str]


@dataclass(frozen=True, slots=True, eq=False)
class BlindIndex:
    """Makes the 64-bit tokens of one indexed value under a key of its own."""

    indexed: Indexed
    key: bytes = field(repr=False)

    @classmethod
    def of(cls, indexed: Indexed, ring: Deriving, *, scope: UUID | None = None) -> "BlindIndex":
        """Derive the index's key; with `scope`, tokens of one organisation mean nothing in another."""
        within = scope.bytes if scope is not None else b""
        context = join(indexed.name.encode(), indexed.version.to_bytes(4, "big"), within)
        return cls(indexed, ring.derive("blind-index", context))

    def token(self, value: str) -> bytes:
        """Return the token of `value`: equal for values that are written alike, and telling nothing else."""
        return hmac.digest(self.key, self.indexed.written(value).encode(), "sha256")[:TOKEN_LENGTH]


def email_written(value: str) -> str:
    """Write an e-mail address one way: whatever case or spaces it was typed with."""
    return unicodedata.normalize("NFKC", value).strip().lower()


#: The address a person signs in with.
SIGN_IN_EMAIL = Indexed("sign-in-email", 1, email_written)

#: The version of the index of identifiers; a greater one has every service's referrals indexed anew.
IDENTIFIER_INDEX: Final = 1


def identifier_index(kind: IdentifierKind) -> Indexed:
    """Return the index of one kind of identifier, which comes written one way already."""
    return Indexed(f"identifier-{kind.value}", IDENTIFIER_INDEX, str)
