"""Grants: one case's data key, wrapped for one organisation that may open it."""

import hmac
import os
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.crypto.binding import join
from intake.crypto.data_keys import DataKey
from intake.errors import CannotOpen
from intake.vocabulary import Compartment

FORMAT = 1
#: Suites 1 and 2 are kept for HPKE to an organisation's own key pair (X25519, and its hybrid).
SUITE_ROOT_AES_256_GCM = 16
_HEAD = bytes((FORMAT, SUITE_ROOT_AES_256_GCM))
_NONCE_LENGTH = 12
_BODY_FROM = len(_HEAD) + _NONCE_LENGTH


@dataclass(frozen=True, slots=True)
class GrantPlace:
    """Whose grant it is, and of which key: what a wrapped key is bound to."""

    holder: UUID
    case_id: UUID
    compartment: Compartment
    generation: int


@dataclass(frozen=True, slots=True)
class Grant:
    """A wrapped data key as the database keeps it: the root it was wrapped under and the key's commitment."""

    root_kid: int
    wrapped: bytes
    commitment: bytes


def wrap_under(wrapping: AESGCM, data_key: DataKey, *, root_kid: int, holder: UUID) -> Grant:
    """Wrap `data_key` for `holder` under the holder's own wrapping key of root `root_kid`."""
    place = GrantPlace(holder, data_key.case_id, data_key.compartment, data_key.generation)
    commitment = data_key.commitment()
    nonce = os.urandom(_NONCE_LENGTH)
    sealed = wrapping.encrypt(nonce, data_key.secret, _beside(place, root_kid, commitment))
    return Grant(root_kid, _HEAD + nonce + sealed, commitment)


def unwrap_under(wrapping: AESGCM, grant: Grant, place: GrantPlace) -> DataKey:
    """Give the data key back; raises `CannotOpen` unless grant, place and commitment all agree."""
    nonce, sealed = grant.wrapped[len(_HEAD) : _BODY_FROM], grant.wrapped[_BODY_FROM:]
    try:
        if not grant.wrapped.startswith(_HEAD):
            raise CannotOpen(_REFUSED)
        secret = wrapping.decrypt(nonce, sealed, _beside(place, grant.root_kid, grant.commitment))
        data_key = DataKey(place.case_id, place.compartment, place.generation, secret)
    except (InvalidTag, ValueError) as trouble:
        raise CannotOpen(_REFUSED) from trouble
    if not hmac.compare_digest(data_key.commitment(), grant.commitment):
        raise CannotOpen(_REFUSED)
    return data_key


_REFUSED = "this grant is not for this holder, case or key ring"


def _beside(place: GrantPlace, root_kid: int, commitment: bytes) -> bytes:
    return join(
        _HEAD,
        root_kid.to_bytes(4, "big"),
        place.holder.bytes,
        place.case_id.bytes,
        place.compartment.value.encode(),
        place.generation.to_bytes(4, "big"),
        commitment,
    )
