"""Grants as they were before organisations had pairs of keys: wrapped by a root of the key ring."""

import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import delete
from sqlalchemy.orm import Session

from intake.crypto.binding import join
from intake.crypto.data_keys import DataKey
from intake.crypto.escrow import from_shares
from intake.crypto.grants import FORMAT, SUITE_ROOT
from intake.crypto.key_ring import KeyRing
from intake.models.key_grant import KeyGrant, OrganisationKey
from intake.services.holders import held_grants, open_held


def wrap_as_before(session: Session, ring: KeyRing) -> int:
    """Wrap every grant by the active root, drop the pairs, and return how many grants there were."""
    found = [(grant, open_held(ring, grant, kept)) for grant, kept in held_grants(session)]
    root = from_shares(ring.to_shares()).roots[ring.active]
    for grant, data_key in found:
        grant.suite, grant.kid = SUITE_ROOT, ring.active
        grant.wrapped = _wrapped(root, grant, data_key)
    session.flush()
    session.execute(delete(OrganisationKey))
    return len(found)


def _wrapped(root: bytes, grant: KeyGrant, data_key: DataKey) -> bytes:
    holder = grant.organisation_id.bytes
    wrapping = HKDF(algorithm=SHA256(), length=32, salt=None, info=join(b"holder", holder)).derive(root)
    beside = join(
        bytes((FORMAT, SUITE_ROOT)),
        grant.kid.to_bytes(4, "big"),
        holder,
        grant.case_id.bytes,
        grant.compartment.value.encode(),
        grant.generation.to_bytes(4, "big"),
        grant.commitment,
    )
    nonce = os.urandom(12)
    sealed = AESGCM(wrapping).encrypt(nonce, data_key.secret, beside)
    return bytes((FORMAT, SUITE_ROOT)) + nonce + sealed
