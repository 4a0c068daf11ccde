"""Row ids that sort by time, and references a person can read out over the telephone."""

import re
import secrets
from uuid import UUID

from uuid_utils.compat import uuid7

# No 0/O, 1/I/L, 5/S, 8/B, U/V: a reference is read aloud at three in the morning.
_ALPHABET = "234679ACDEFGHJKMNPQRTWXYZ"
_GROUP = 4
_REFERENCE = re.compile(rf"[CR](-[{_ALPHABET}]{{{_GROUP}}}){{2}}")


def new_id() -> UUID:
    """Return a new UUIDv7, made before the row it names so that sealing can bind to it."""
    return UUID(int=uuid7().int)


def new_reference(prefix: str) -> str:
    """Return a random reference such as `R-7K3M-9QTX`; about 37 bits, kept unique by the database."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(2))
    return "-".join((prefix, *groups))


def is_reference(text: str) -> bool:
    """Whether a text has the very shape of a reference of ours."""
    return _REFERENCE.fullmatch(text) is not None


def new_token() -> str:
    """Return 256 random bits in URL-safe text: for sessions and once-keys."""
    return secrets.token_urlsafe(32)
