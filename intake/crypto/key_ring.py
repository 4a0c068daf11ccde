"""The key ring: the root keys, which no database and no backup of a database ever holds."""

import hmac
import os
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.crypto.binding import join
from intake.crypto.data_keys import DataKey
from intake.crypto.escrow import Share, from_shares, to_shares
from intake.crypto.grants import SUITE_ROOT, Grant, GrantPlace, open_under_root, open_with
from intake.crypto.key_file import RingFile
from intake.crypto.pairs import KeptPair, KeyPair
from intake.crypto.ring_keys import KEY_LENGTH, RingKeys
from intake.errors import CannotOpen, KeysMissing

_FINGERPRINT_LENGTH = 16
_PAIRS_REMEMBERED = 1024
_NONCE_LENGTH = 12


class KeyRing:
    """Root keys by number, one of them active, and the seed from which every other long-lived key derives.

    Root keys wrap the private halves of organisations' pairs and are rotated. The seed is not rotated
    with them: chain keys and index keys come from it, and what they once signed must stay checkable.
    """

    def __init__(self, keys: RingKeys, file: RingFile | None = None) -> None:
        self._keys = keys
        self._file = file
        self._opened_pair = lru_cache(_PAIRS_REMEMBERED)(self._open_pair)

    def __repr__(self) -> str:
        return f"<KeyRing {self.fingerprint()}, active root {self.active} of {len(self.root_kids)}>"

    @classmethod
    def new(cls) -> "KeyRing":
        """Make a ring of fresh keys, kept nowhere yet."""
        return cls(RingKeys(seed=os.urandom(KEY_LENGTH), roots={1: os.urandom(KEY_LENGTH)}, active=1))

    @classmethod
    def create(cls, place: Path | RingFile) -> "KeyRing":
        """Make a new ring and keep it; raises `KeysMissing` if anything is there already."""
        return cls.new().kept_in(place)

    @classmethod
    def load(cls, place: Path | RingFile) -> "KeyRing":
        """Read the ring that is kept there; raises `KeysMissing`, saying what to do, if it cannot be used."""
        file = _file(place)
        return cls(file.read(), file)

    @classmethod
    def from_shares(cls, shares: Iterable[Share]) -> "KeyRing":
        """Give a ring back from its shares on paper, kept nowhere yet; raises `Refused`."""
        return cls(from_shares(shares))

    def kept_in(self, place: Path | RingFile) -> "KeyRing":
        """Write the ring where nothing is yet, readable by its owner alone, and return it as it is kept."""
        file = _file(place)
        file.write_new(self._keys)
        return KeyRing(self._keys, file)

    def keep(self, path: Path) -> None:
        """Write a copy of the ring to a file that does not exist yet, readable by its owner alone."""
        RingFile(path).write_new(self._keys)

    def to_shares(self) -> tuple[Share, ...]:
        """Return the ring in three shares for paper, any two of which bring it back."""
        return to_shares(self._keys)

    def add_root(self) -> int:
        """Make a new root, the active one from now on, and return its number; the others still open."""

        def added(keys: RingKeys) -> RingKeys:
            kid = max(keys.roots) + 1
            return RingKeys(keys.seed, {**keys.roots, kid: os.urandom(KEY_LENGTH)}, kid)

        return self._change(added).active

    def drop_roots(self, kids: Collection[int]) -> None:
        """Forget roots that nothing is wrapped under; the active one stays whatever is asked."""

        def dropped(keys: RingKeys) -> RingKeys:
            kept = {kid: root for kid, root in keys.roots.items() if kid == keys.active or kid not in kids}
            return RingKeys(keys.seed, kept, keys.active)

        self._change(dropped)

    def take_roots(self, other: "KeyRing") -> None:
        """Add the other ring's roots to those that are here, and have its active root be active.

        Raises `KeysMissing` where the two rings went apart: one number, and two roots.
        """
        self._change(other.added_to)

    def added_to(self, keys: RingKeys) -> RingKeys:
        """Return keys with this ring's roots beside their own and its active one; raises as `take_roots`."""
        if any(keys.roots.get(kid, root) != root for kid, root in self._keys.roots.items()):
            raise KeysMissing("Two copies of the key ring have different roots of one number: look at both.")
        return RingKeys(keys.seed, {**keys.roots, **self._keys.roots}, self.active)

    def has_all_of(self, other: "KeyRing") -> bool:
        """Whether whatever the other ring opens, this one opens as well."""
        return other.is_within(self._keys)

    def is_within(self, keys: RingKeys) -> bool:
        """Whether whatever this ring opens, these keys open as well."""
        same_seed = hmac.compare_digest(keys.seed, self._keys.seed)
        return same_seed and self._keys.roots.items() <= keys.roots.items()

    def read_anew(self) -> None:
        """Take up what another process made of the ring; where it is not to be had, go on with what is here.

        It asks whatever keeps the ring, which may be a token or a service: once for many pairs.
        """
        with suppress(KeysMissing):
            keys = self._keys if self._file is None else self._file.read()
            # Only roots come and go: a ring of another seed is another ring.
            if hmac.compare_digest(keys.seed, self._keys.seed):
                self._keys = keys

    @property
    def active(self) -> int:
        """The number of the root under which new pairs are wrapped."""
        return self._keys.active

    @property
    def root_kids(self) -> tuple[int, ...]:
        """The numbers of the roots this ring has."""
        return tuple(sorted(self._keys.roots))

    def fingerprint(self) -> str:
        """Return 32 hexadecimal digits by which a database recognises its own ring; they reveal no key."""
        return self.derive("ring-fingerprint", length=_FINGERPRINT_LENGTH).hex()

    def derive(self, purpose: str, context: bytes = b"", length: int = KEY_LENGTH) -> bytes:
        """Return the key for one purpose (and, by `context`, one organisation); the same every time."""
        return _derive(self._keys.seed, join(b"purpose", purpose.encode(), context), length)

    def keep_pair(self, pair: KeyPair) -> KeptPair:
        """Wrap the private half of a pair under the active root, for the database to keep.

        Whoever has had the ring for long reads it anew before: an older root must not come into use again.
        """
        kept = KeptPair(pair.holder, pair.version, pair.suite, self.fingerprint(), self.active, b"")
        nonce = os.urandom(_NONCE_LENGTH)
        wrapped = nonce + self._wrapping(kept).encrypt(nonce, pair.secret, _beside(kept))
        return replace(kept, wrapped=wrapped)

    def can_open(self, kept: KeptPair) -> bool:
        """Whether the private half was wrapped under this very ring: another's pairs are only sealed to."""
        return kept.ring == self.fingerprint()

    def open_pair(self, kept: KeptPair) -> KeyPair:
        """Give a pair back; raises `CannotOpen` where the ring is another's or what was kept was altered."""
        return self._opened_pair(kept)

    def open_grant(self, grant: Grant, place: GrantPlace, kept: KeptPair | None) -> DataKey:
        """Give back the data key of a grant by its holder's pair; raises `CannotOpen` if anything is wrong.

        Grants from before organisations had pairs need none: a root of the ring wraps them.
        """
        if grant.suite == SUITE_ROOT:
            wrapping = AESGCM(_derive(self._root(grant.kid), join(b"holder", place.holder.bytes), KEY_LENGTH))
            return open_under_root(wrapping, grant, place)
        if kept is None:
            raise CannotOpen("the pair of keys that this grant was sealed to is not there")
        return open_with(self.open_pair(kept), grant, place)

    def _open_pair(self, kept: KeptPair) -> KeyPair:
        nonce, sealed = kept.wrapped[:_NONCE_LENGTH], kept.wrapped[_NONCE_LENGTH:]
        try:
            secret = self._wrapping(kept).decrypt(nonce, sealed, _beside(kept))
            return KeyPair(kept.holder, kept.version, kept.suite, secret)
        except (InvalidTag, ValueError) as trouble:
            raise CannotOpen("this pair of keys was not kept by this key ring, or was altered") from trouble

    def _wrapping(self, kept: KeptPair) -> AESGCM:
        # A wrapping key for each holder: no single key ever nears the limit on random nonces.
        return AESGCM(_derive(self._root(kept.root_kid), join(b"pair", kept.holder.bytes), KEY_LENGTH))

    def _root(self, kid: int) -> bytes:
        if kid not in self._keys.roots:
            self.read_anew()
        root = self._keys.roots.get(kid)
        if root is None:
            raise CannotOpen(f"this key ring has no root key {kid}")
        return root

    def _change(self, changed: Callable[[RingKeys], RingKeys]) -> RingKeys:
        self._keys = changed(self._keys) if self._file is None else self._file.change(changed)
        return self._keys


def _file(place: Path | RingFile) -> RingFile:
    return place if isinstance(place, RingFile) else RingFile(place)


def _beside(kept: KeptPair) -> bytes:
    numbers = (kept.version.to_bytes(4, "big"), bytes((kept.suite,)), kept.root_kid.to_bytes(4, "big"))
    return join(b"pair", kept.holder.bytes, *numbers, kept.ring.encode())


def _derive(secret: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive(secret)
