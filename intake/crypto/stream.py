"""Sealing what is too long to hold: a backup, in pieces that open only whole and in their order.

Each piece is AES-256-GCM under a key used for one stream and nothing else, its nonce the number
of the piece and whether it is the last (the STREAM construction): a piece dropped, repeated,
moved or cut off the end is noticed before anything after it is given out.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.errors import CannotOpen

PIECE = 1 << 16
_TAG_LENGTH = 16
_COUNTER_LENGTH = 11


class Readable(Protocol):
    """An open file: `read` gives as many bytes as asked for until the end."""

    def read(self, size: int, /) -> bytes: ...


def seal_stream(parts: Iterable[bytes], *, key: bytes, header: bytes) -> Iterator[bytes]:
    """Yield the sealed pieces of `parts`; `key` must be fresh, and every piece vouches for `header`."""
    cipher, number, waiting = AESGCM(key), 0, bytearray()
    for part in parts:
        waiting += part
        # A full piece waits until it is known not to be the last.
        while len(waiting) > PIECE:
            yield cipher.encrypt(_nonce(number, last=False), bytes(waiting[:PIECE]), header)
            del waiting[:PIECE]
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), bytes(waiting), header)


def open_stream(file: Readable, *, key: bytes, header: bytes) -> Iterator[bytes]:
    """Yield what was sealed; raises `CannotOpen` at the first piece that is not as it was written.

    What was yielded before is genuine but not known to be whole: keep nothing of it until the end.
    """
    cipher, number, sealed = AESGCM(key), 0, file.read(PIECE + _TAG_LENGTH)
    while True:
        following = file.read(PIECE + _TAG_LENGTH)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, header)
        except InvalidTag as trouble:
            raise CannotOpen("this backup was cut short or altered, or is of another key ring") from trouble
        if not following:
            return
        number, sealed = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(_COUNTER_LENGTH, "big") + bytes((last,))
