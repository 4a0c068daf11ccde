"""The key ring: the root keys, which no database and no backup of a database ever holds."""

import os
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.crypto import key_file
from intake.crypto.binding import join
from intake.crypto.data_keys import DataKey
from intake.crypto.grants import Grant, GrantPlace, unwrap_under, wrap_under
from intake.crypto.ring_keys import KEY_LENGTH, RingKeys
from intake.errors import CannotOpen
from intake.vocabulary import Compartment

_FINGERPRINT_LENGTH = 16
_HOLDERS_REMEMBERED = 1024


class KeyRing:
    """Root keys by number, one of them active, and the seed from which every other long-lived key derives.

    Root keys wrap data keys and are rotated. The seed is not rotated with them: chain keys and
    index keys come from it, and what they once signed must stay checkable.
    """

    def __init__(self, keys: RingKeys) -> None:
        self._keys = keys
        self._wrapping = lru_cache(_HOLDERS_REMEMBERED)(self._make_wrapping)

    def __repr__(self) -> str:
        return f"<KeyRing {self.fingerprint()}, active root {self.active} of {len(self.root_kids)}>"

    @classmethod
    def new(cls) -> "KeyRing":
        """Make a ring of fresh keys, kept nowhere yet."""
        return cls(RingKeys(seed=os.urandom(KEY_LENGTH), roots={1: os.urandom(KEY_LENGTH)}, active=1))

    @classmethod
    def create(cls, path: Path) -> "KeyRing":
        """Make a new ring and keep it at `path`; raises `KeysMissing` if anything is there already."""
        ring = cls.new()
        ring.keep(path)
        return ring

    @classmethod
    def load(cls, path: Path) -> "KeyRing":
        """Read the ring at `path`; raises `KeysMissing`, saying what to do, if it cannot be used."""
        return cls(key_file.read(path))

    def keep(self, path: Path) -> None:
        """Write the ring to a file that does not exist yet, readable by its owner alone."""
        key_file.write_new(path, self._keys)

    @property
    def active(self) -> int:
        """The number of the root under which new grants are wrapped."""
        return self._keys.active

    @property
    def root_kids(self) -> tuple[int, ...]:
        """The numbers of the roots this ring can open grants of."""
        return tuple(sorted(self._keys.roots))

    def fingerprint(self) -> str:
        """Return 32 hexadecimal digits by which a database recognises its own ring; they reveal no key."""
        return self.derive("ring-fingerprint", length=_FINGERPRINT_LENGTH).hex()

    def derive(self, purpose: str, context: bytes = b"", length: int = KEY_LENGTH) -> bytes:
        """Return the key for one purpose (and, by `context`, one organisation); the same every time."""
        return _derive(self._keys.seed, join(b"purpose", purpose.encode(), context), length)

    def wrap(self, data_key: DataKey, *, holder: UUID) -> Grant:
        """Wrap `data_key` for the organisation `holder` under the active root."""
        return wrap_under(self._wrapping(self.active, holder), data_key, root_kid=self.active, holder=holder)

    def unwrap(
        self, grant: Grant, *, case_id: UUID, compartment: Compartment, generation: int, holder: UUID
    ) -> DataKey:
        """Give back the data key of a grant; raises `CannotOpen` where the ring or the place is wrong."""
        if grant.root_kid not in self._keys.roots:
            raise CannotOpen(f"this key ring has no root key {grant.root_kid}")
        place = GrantPlace(holder, case_id, compartment, generation)
        return unwrap_under(self._wrapping(grant.root_kid, holder), grant, place)

    def _make_wrapping(self, root_kid: int, holder: UUID) -> AESGCM:
        # A wrapping key for each holder: no single key ever nears the limit on random nonces.
        return AESGCM(_derive(self._keys.roots[root_kid], join(b"holder", holder.bytes), KEY_LENGTH))


def _derive(secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive(secret)
