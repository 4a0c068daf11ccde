"""Key pairs of organisations: anybody seals to the public half, only the holder opens with the private one.

HPKE (RFC 9180) in its base mode, with HKDF-SHA256 and AES-256-GCM. Suite 1 agrees on a key by X25519
alone; suite 2, by which new pairs are made, by ML-KEM-768 and X25519 together, so that what is copied
today stays closed to a quantum computer of tomorrow.
"""

import hashlib
import os
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.crypto.binding import is_number, join
from intake.errors import CannotOpen

SUITE_X25519 = 1
SUITE_HYBRID = 2
_HPKE = {
    SUITE_X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
    SUITE_HYBRID: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM),
}
_X25519_LENGTH = 32
_MLKEM_SEED = 64
_SECRET_LENGTHS = {SUITE_X25519: _X25519_LENGTH, SUITE_HYBRID: _MLKEM_SEED + _X25519_LENGTH}
_FINGERPRINT_LENGTH = 32


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The public half of an organisation's pair: enough to seal to it, and nothing to open with."""

    holder: UUID
    version: int
    suite: int
    raw: bytes

    def fingerprint(self) -> str:
        """Return 32 hexadecimal digits by which two people can compare a public key over the telephone."""
        numbers = (self.version.to_bytes(4, "big"), bytes((self.suite,)))
        said = join(b"public key", self.holder.bytes, *numbers, self.raw)
        return hashlib.sha256(said).hexdigest()[:_FINGERPRINT_LENGTH]

    def seal(self, secret: bytes, info: bytes) -> bytes:
        """Seal `secret` so that only the private half opens it, and only beside the same `info`."""
        return _HPKE[self.suite].encrypt(secret, _public(self.suite, self.raw), info)


@dataclass(frozen=True, slots=True)
class KeptPair:
    """The private half of a pair as the database keeps it: wrapped under root `root_kid` of `ring`."""

    holder: UUID
    version: int
    suite: int
    ring: str
    root_kid: int
    wrapped: bytes = field(repr=False)


class KeyPair:
    """Both halves of an organisation's pair, and the wrapping key that comes of the private one."""

    def __init__(self, holder: UUID, version: int, suite: int, secret: bytes) -> None:
        if len(secret) != _SECRET_LENGTHS.get(suite) or not is_number(version):
            raise ValueError(
                "a pair has a version counted from 1, a suite that is known, and its private half"
            )
        self.holder = holder
        self.version = version
        self.suite = suite
        self.secret = secret
        self._private, raw = _halves(suite, secret)
        self.public = PublicKey(holder, version, suite, raw)
        # A key for each holder and version: no single one ever nears the limit on random nonces.
        self.wrapping = AESGCM(_derive(secret, join(b"holder", holder.bytes, version.to_bytes(4, "big"))))

    def __repr__(self) -> str:
        return f"<KeyPair {self.public.fingerprint()}, version {self.version} of {self.holder}>"

    @classmethod
    def new(cls, holder: UUID, version: int = 1, suite: int = SUITE_HYBRID) -> "KeyPair":
        """Make a fresh pair from the operating system's randomness."""
        return cls(holder, version, suite, os.urandom(_SECRET_LENGTHS[suite]))

    def open(self, sealed: bytes, info: bytes) -> bytes:
        """Give back what was sealed to the public half; raises `CannotOpen`."""
        try:
            return _HPKE[self.suite].decrypt(sealed, self._private, info)
        except InvalidTag as trouble:
            raise CannotOpen("sealed to another key, or altered") from trouble


def _derive(secret: bytes, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=info).derive(secret)


def _halves(suite: int, secret: bytes) -> tuple[X25519PrivateKey | MLKEM768X25519PrivateKey, bytes]:
    """Return the private key of a secret, and the bytes of its public half."""
    agreeing = X25519PrivateKey.from_private_bytes(secret[-_X25519_LENGTH:])
    agreed = agreeing.public_key().public_bytes_raw()
    if suite == SUITE_X25519:
        return agreeing, agreed
    capsule = MLKEM768PrivateKey.from_seed_bytes(secret[:_MLKEM_SEED])
    return MLKEM768X25519PrivateKey(capsule, agreeing), capsule.public_key().public_bytes_raw() + agreed


def _public(suite: int, raw: bytes) -> X25519PublicKey | MLKEM768X25519PublicKey:
    agreeing = X25519PublicKey.from_public_bytes(raw[-_X25519_LENGTH:])
    if suite == SUITE_X25519:
        return agreeing
    return MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(raw[:-_X25519_LENGTH]), agreeing)
