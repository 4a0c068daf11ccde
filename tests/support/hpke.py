"""A second reading of HPKE (RFC 9180, base mode) and its hybrid with ML-KEM-768, from the standard.

It shares no code with what the program seals by but the primitives, and is itself held to the published
vector.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_X25519, _HYBRID, _SHA256 = 0x0020, 0x647A, 0x0001
AES_128, AES_256 = 0x0001, 0x0002
_KEY_LENGTHS = {AES_128: 16, AES_256: 32}
_CAPSULE = 1088


def open_base(sealed: bytes, secret: bytes, info: bytes, *, aad: bytes = b"", aead: int = AES_256) -> bytes:
    """Open what was sealed to the X25519 key of `secret`."""
    theirs, body = sealed[:32], sealed[32:]
    own = X25519PrivateKey.from_private_bytes(secret)
    agreed = own.exchange(X25519PublicKey.from_public_bytes(theirs))
    suite = b"KEM" + _two(_X25519)
    mixed = _extract(suite, b"", b"eae_prk", agreed)
    shared = _expand(suite, mixed, b"shared_secret", theirs + own.public_key().public_bytes_raw(), 32)
    return _open(_X25519, aead, shared, info, aad, body)


def open_hybrid(sealed: bytes, secret: bytes, info: bytes) -> bytes:
    """Open what was sealed to the ML-KEM-768 key and the X25519 key of `secret` together."""
    capsule, theirs, body = sealed[:_CAPSULE], sealed[_CAPSULE : _CAPSULE + 32], sealed[_CAPSULE + 32 :]
    lattice, own = (
        MLKEM768PrivateKey.from_seed_bytes(secret[:64]),
        X25519PrivateKey.from_private_bytes(secret[64:]),
    )
    agreed = own.exchange(X25519PublicKey.from_public_bytes(theirs))
    public = own.public_key().public_bytes_raw()
    shared = hashlib.sha3_256(lattice.decapsulate(capsule) + agreed + theirs + public + rb"\.//^" + b"\\")
    return _open(_HYBRID, AES_256, shared.digest(), info, b"", body)


def _open(kem: int, aead: int, shared: bytes, info: bytes, aad: bytes, body: bytes) -> bytes:
    suite = b"HPKE" + _two(kem) + _two(_SHA256) + _two(aead)
    context = b"\0" + _extract(suite, b"", b"psk_id_hash", b"") + _extract(suite, b"", b"info_hash", info)
    secret = _extract(suite, shared, b"secret", b"")
    key = _expand(suite, secret, b"key", context, _KEY_LENGTHS[aead])
    return AESGCM(key).decrypt(_expand(suite, secret, b"base_nonce", context, 12), body, aad)


def _extract(suite: bytes, salt: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def _expand(suite: bytes, secret: bytes, label: bytes, info: bytes, length: int) -> bytes:
    """Expand by one block: nothing longer is wanted here."""
    said = _two(length) + b"HPKE-v1" + suite + label + info
    return hmac.digest(secret, said + b"\1", "sha256")[:length]


def _two(number: int) -> bytes:
    return number.to_bytes(2, "big")
