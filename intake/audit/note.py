"""A checkpoint as it is signed: a size and a root in a note of C2SP's form, under Ed25519."""

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from intake.audit.event import instant_text
from intake.crypto.key_ring import KeyRing
from intake.errors import NotConfigured
from intake.vocabulary import Tier

_SIGNED_BY_HUBS = (
    "The log of both tiers is signed in the hubs' tier, and proved there: do it with INTAKE_TIER=hub and the "
    "key ring of that tier."
)
ED25519 = b"\x01"
_NOTE = re.compile(
    r"(?P<text>(?P<origin>[^\n]+)\n(?P<size>0|[1-9][0-9]{0,9})\n(?P<root>[A-Za-z0-9+/]{43}=)\n"
    r"signed (?P<at>[^\n]+)\n)\n\u2014 (?P<name>[^\n ]+) (?P<signature>[A-Za-z0-9+/=]+)\n"
)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How many entries the log had, the root that stands for them, and when; `note` is all of it, signed."""

    size: int
    root: bytes
    at: datetime
    note: str


class PublicKey:
    """The key by which the notes of one log are known, as the line that is handed out says it."""

    def __init__(self, line: str) -> None:
        """Read the line; raises `ValueError` for anything else."""
        self.name, self._id, self._key = read_key(line, ED25519)

    def open(self, note: str) -> Checkpoint | None:
        """Return what a note says, or None where it is not one that this key signed."""
        found = _NOTE.fullmatch(note)
        if found is None or not found["origin"] == found["name"] == self.name:
            return None
        try:
            signature = base64.b64decode(found["signature"], validate=True)
            self._key.verify(signature[4:], found["text"].encode())
        except (ValueError, InvalidSignature):
            return None
        if in_base64(signature) != found["signature"] or signature[:4] != self._id:
            return None
        at = datetime.fromisoformat(found["at"])
        return Checkpoint(int(found["size"]), base64.b64decode(found["root"]), at, note)


class LogKey:
    """The key under which checkpoints are signed: derived from the key ring, and no part of the database."""

    def __init__(self, key_ring: KeyRing, tier: Tier = Tier.COMBINED) -> None:
        """Raises `NotConfigured` in the schools' tier, whose ring would make another key."""
        if tier is Tier.SCHOOL:
            raise NotConfigured(_SIGNED_BY_HUBS)
        self._private = Ed25519PrivateKey.from_private_bytes(key_ring.derive("audit-log"))
        self.name = f"pass-it-on/{key_ring.fingerprint()}"
        public = ED25519 + self._private.public_key().public_bytes_raw()
        self._id = key_id(self.name, public)
        #: The public key with its name, as one line to hand to whoever checks a proof.
        self.public = f"{self.name}+{self._id.hex()}+{in_base64(public)}"
        self.open = PublicKey(self.public).open

    def sign(self, size: int, root: bytes, at: datetime) -> Checkpoint:
        """Sign a size and a root."""
        text = f"{self.name}\n{size}\n{in_base64(root)}\nsigned {instant_text(at)}\n"
        signature = in_base64(self._id + self._private.sign(text.encode()))
        return Checkpoint(size, root, at, f"{text}\n\u2014 {self.name} {signature}\n")


def notes_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield each note of a file, with whatever stands before it that is none; then what is left."""
    end = 0
    for found in _NOTE.finditer(text):
        yield text[end : found.start()].strip("\n"), found[0]
        end = found.end()
    yield text[end:], ""


def read_key(line: str, kind: bytes) -> tuple[str, bytes, Ed25519PublicKey]:
    """Read a public key of one kind from its line: its name, its id and itself. Raises `ValueError`."""
    name, identity, public = line.strip().split("+", 2)
    raw = base64.b64decode(public, validate=True)
    if identity != key_id(name, raw).hex() or raw[:1] != kind:
        raise ValueError("not a public key of this kind")
    return name, key_id(name, raw), Ed25519PublicKey.from_public_bytes(raw[1:])


def key_id(name: str, public: bytes) -> bytes:
    """Return the four bytes by which a signature says whose it is; `public` begins with the kind of key."""
    return hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]


def in_base64(value: bytes) -> str:
    """Write bytes as notes and proofs do."""
    return base64.b64encode(value).decode()
