"""Grants: one case's data key, wrapped for one organisation that may open it."""

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.crypto.binding import join
from intake.crypto.data_keys import COMMITMENT_LENGTH, SECRET_LENGTH, DataKey, commitment_of
from intake.crypto.pairs import SUITE_HYBRID, SUITE_X25519, KeyPair, PublicKey
from intake.errors import CannotOpen
from intake.vocabulary import Compartment

FORMAT = 1
#: Sealed to the public half of the holder's pair, by anybody.
SEALED_SUITES = (SUITE_X25519, SUITE_HYBRID)
#: Wrapped under a root of the ring, as all were before organisations had pairs: opened, and made no more.
SUITE_ROOT = 16
#: Wrapped under a key that comes of the private half of the holder's pair: opens a hundred times as fast.
SUITE_HOLDER = 17
_HEAD_LENGTH = 2
_NONCE_LENGTH = 12
_REFUSED = "this grant is not for this holder, case or key"


@dataclass(frozen=True, slots=True)
class GrantPlace:
    """Whose grant it is, and of which key: what a wrapped key is bound to."""

    holder: UUID
    case_id: UUID
    compartment: Compartment
    generation: int


@dataclass(frozen=True, slots=True)
class Grant:
    """A wrapped data key as the database keeps it: by what it was wrapped, and the key's commitment.

    `kid` is the version of its holder's pair; for a grant of `SUITE_ROOT`, the number of the root.
    """

    suite: int
    kid: int
    wrapped: bytes
    commitment: bytes


def seal_to(public: PublicKey, data_key: DataKey) -> Grant:
    """Seal `data_key` to a holder's public half: no private key is needed for it."""
    place = _place_of(data_key, public.holder)
    commitment = data_key.commitment()
    sealed = public.seal(data_key.secret, _beside(place, public.suite, public.version, commitment))
    return Grant(public.suite, public.version, bytes((FORMAT, public.suite)) + sealed, commitment)


def wrap_under(pair: KeyPair, data_key: DataKey) -> Grant:
    """Wrap `data_key` under the holder's own pair: what is sealed to it is made to open quickly."""
    place = _place_of(data_key, pair.holder)
    commitment = data_key.commitment()
    nonce = os.urandom(_NONCE_LENGTH)
    beside = _beside(place, SUITE_HOLDER, pair.version, commitment)
    sealed = pair.wrapping.encrypt(nonce, data_key.secret, beside)
    return Grant(SUITE_HOLDER, pair.version, bytes((FORMAT, SUITE_HOLDER)) + nonce + sealed, commitment)


def open_with(pair: KeyPair, grant: Grant, place: GrantPlace) -> DataKey:
    """Give the data key back; raises `CannotOpen` unless pair, grant, place and commitment all agree."""
    if grant.suite == SUITE_HOLDER:
        return _opened(grant, place, lambda body, beside: _unwrapped(pair.wrapping, body, beside))
    if grant.suite == pair.suite:
        return _opened(grant, place, pair.open)
    raise CannotOpen(_REFUSED)


def opener(pair: KeyPair, compartment: Compartment, generation: int) -> Callable[[UUID, bytes, bytes], bytes]:
    """Return what gives back many cases' keys, each by its case, its wrapping and its commitment.

    It takes grants of `SUITE_HOLDER` alone and checks what `open_with` does; what is bound beside each is
    laid out once, and only the case's id put in.
    """
    any_case = uuid4()
    place = GrantPlace(pair.holder, any_case, compartment, generation)
    beside = _beside(place, SUITE_HOLDER, pair.version, bytes(COMMITMENT_LENGTH))
    around = beside[:-COMMITMENT_LENGTH].split(any_case.bytes)
    head, body_from = bytes((FORMAT, SUITE_HOLDER)), _HEAD_LENGTH + _NONCE_LENGTH
    decrypt = pair.wrapping.decrypt

    def secret_of(case_id: UUID, wrapped: bytes, commitment: bytes) -> bytes:
        try:
            beside = case_id.bytes.join(around) + commitment
            secret = decrypt(wrapped[_HEAD_LENGTH:body_from], wrapped[body_from:], beside)
        except (InvalidTag, ValueError) as trouble:
            raise CannotOpen(_REFUSED) from trouble
        pinned = hmac.compare_digest(commitment_of(secret), commitment)
        if not pinned or len(secret) != SECRET_LENGTH or wrapped[:_HEAD_LENGTH] != head:
            raise CannotOpen(_REFUSED)
        return secret

    return secret_of


def open_under_root(wrapping: AESGCM, grant: Grant, place: GrantPlace) -> DataKey:
    """Give back the data key of a grant from before organisations had pairs; raises `CannotOpen`."""
    return _opened(grant, place, lambda body, beside: _unwrapped(wrapping, body, beside))


def _opened(grant: Grant, place: GrantPlace, opening: Callable[[bytes, bytes], bytes]) -> DataKey:
    if grant.wrapped[:_HEAD_LENGTH] != bytes((FORMAT, grant.suite)):
        raise CannotOpen(_REFUSED)
    try:
        beside = _beside(place, grant.suite, grant.kid, grant.commitment)
        secret = opening(grant.wrapped[_HEAD_LENGTH:], beside)
        data_key = DataKey(place.case_id, place.compartment, place.generation, secret)
    except (InvalidTag, ValueError) as trouble:
        raise CannotOpen(_REFUSED) from trouble
    if not hmac.compare_digest(data_key.commitment(), grant.commitment):
        raise CannotOpen(_REFUSED)
    return data_key


def _unwrapped(wrapping: AESGCM, body: bytes, beside: bytes) -> bytes:
    return wrapping.decrypt(body[:_NONCE_LENGTH], body[_NONCE_LENGTH:], beside)


def _place_of(data_key: DataKey, holder: UUID) -> GrantPlace:
    return GrantPlace(holder, data_key.case_id, data_key.compartment, data_key.generation)


def _beside(place: GrantPlace, suite: int, kid: int, commitment: bytes) -> bytes:
    return join(
        bytes((FORMAT, suite)),
        kid.to_bytes(4, "big"),
        place.holder.bytes,
        place.case_id.bytes,
        place.compartment.value.encode(),
        place.generation.to_bytes(4, "big"),
        commitment,
    )
