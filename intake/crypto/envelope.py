"""The envelope every word about a person is kept in.

`format (1) | suite (1) | key id (4) | nonce (12) | AES-256-GCM of the padded words | tag (16)`;
format, suite, key id and the whole binding are authenticated beside the words.
"""

import os
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.crypto.binding import Binding, join
from intake.crypto.data_keys import DataKey
from intake.crypto.padding import pad, unpad
from intake.errors import CannotOpen

FORMAT = 1
SUITE_AES_256_GCM = 1
_HEAD = bytes((FORMAT, SUITE_AES_256_GCM))
_NONCE_FROM = 6
_NONCE_LENGTH = 12
_BODY_FROM = _NONCE_FROM + _NONCE_LENGTH
_TAG_LENGTH = 16
_ANOTHER_KEY = "sealed under another key"
_ALTERED = "altered, or moved from the place it was sealed for"


def seal(plaintext: bytes, *, key: DataKey, binding: Binding) -> bytes:
    """Seal `plaintext` so that it opens only with `key` and only where `binding` says it belongs.

    Raises `ValueError` when the key is not of the binding's case and compartment.
    """
    if not _belongs(key, binding):
        raise ValueError("this key is of another case or compartment")
    front = _HEAD + key.generation.to_bytes(4, "big")
    nonce = os.urandom(_NONCE_LENGTH)
    return front + nonce + AESGCM(key.secret).encrypt(nonce, pad(plaintext), _beside(front, binding))


def open_sealed(blob: bytes, *, key: DataKey, binding: Binding) -> bytes:
    """Give back the words of `blob`; raises `CannotOpen` for a wrong key, a wrong place or altered bytes."""
    if key_generation(blob) != key.generation or not _belongs(key, binding):
        raise CannotOpen(_ANOTHER_KEY)
    nonce, body = blob[_NONCE_FROM:_BODY_FROM], blob[_BODY_FROM:]
    try:
        return unpad(AESGCM(key.secret).decrypt(nonce, body, _beside(blob[:_NONCE_FROM], binding)))
    except (InvalidTag, ValueError) as trouble:
        raise CannotOpen(_ALTERED) from trouble


def opener(like: Binding, generation: int) -> Callable[[UUID, bytes, bytes], bytes]:
    """Return what opens many cases' words, each by its case, its key's secret and its envelope.

    They stand where `like` does, each in the row that has the id of its case. It checks what `open_sealed`
    does; what is bound beside each is laid out once, and only the id put in.
    """
    any_case, front = uuid4(), _HEAD + generation.to_bytes(4, "big")
    around = _beside(front, replace(like, row_id=any_case, case_id=any_case)).split(any_case.bytes)

    def words_of(case_id: UUID, secret: bytes, blob: bytes) -> bytes:
        if blob[:_NONCE_FROM] != front:
            raise CannotOpen(_ANOTHER_KEY)
        try:
            beside = case_id.bytes.join(around)
            return unpad(AESGCM(secret).decrypt(blob[_NONCE_FROM:_BODY_FROM], blob[_BODY_FROM:], beside))
        except (InvalidTag, ValueError) as trouble:
            raise CannotOpen(_ALTERED) from trouble

    return words_of


def key_generation(blob: bytes) -> int:
    """Return which generation of its case's key sealed `blob`; raises `CannotOpen` if it is no envelope."""
    if len(blob) < _BODY_FROM + _TAG_LENGTH or blob[:2] != _HEAD:
        raise CannotOpen("not an envelope this program knows")
    return int.from_bytes(blob[2:_NONCE_FROM], "big")


def _belongs(key: DataKey, binding: Binding) -> bool:
    return (key.case_id, key.compartment) == (binding.case_id, binding.compartment)


def _beside(front: bytes, binding: Binding) -> bytes:
    return join(front[:1], front[1:2], *binding.parts(), front[2:])
