"""Recovery codes: each stands in for a lost telephone, once."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass, field
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import CursorResult, delete, func, select, update

from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.ids import new_id
from intake.models.person import RecoveryCode

HOW_MANY = 10
_PURPOSE = "recovery-code"
# Nothing that looks like something else: a code is copied from paper by hand.
_ALPHABET = "234679acdefghjkmnpqrtwxyz"
_GROUPS, _GROUP = 3, 4
#: Salt and hash are kept as one, and fill the column that held a hash alone.
_SALT, _HASH = 16, 16
#: As of a password. A code that is kept says no cost, so this one stands for as long as codes do.
_PASSES, _KIBIBYTES = 2, 19 * 1_024


@dataclass(frozen=True, slots=True)
class FreshCodes:
    """Ten new codes under one salt, slowly hashed: made while nothing is held (ADR 42)."""

    codes: tuple[str, ...] = field(repr=False)
    salt: bytes = field(repr=False)
    slow: tuple[bytes, ...] = field(repr=False)

    @classmethod
    def make(cls) -> "FreshCodes":
        """Draw them."""
        codes, salt = tuple(new_code() for _ in range(HOW_MANY)), secrets.token_bytes(_SALT)
        return cls(codes, salt, tuple(_slow(code, salt) for code in codes))


@dataclass(frozen=True, slots=True)
class TypedCode:
    """A code as somebody typed it, slowly hashed under the salt of their own."""

    code: str = field(repr=False)
    salt: bytes = field(repr=False)
    slow: bytes = field(repr=False)

    @classmethod
    def read(cls, code: str, salt: bytes) -> "TypedCode":
        """Hash it, while nothing is held."""
        return cls(code, salt, _slow(code, salt))


class RecoveryCodes:
    """Keeps, counts and spends a person's codes: of each a slow hash, under a key from the ring."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring

    def renew(self, person_id: UUID, fresh: FreshCodes) -> tuple[str, ...]:
        """Return ten new codes, to be shown once; the old ones stop working."""
        self.forget(person_id)
        for slow in fresh.slow:
            kept = self._kept(person_id, fresh.salt, slow)
            self._session.add(RecoveryCode(id=new_id(), person_id=person_id, code_hash=kept))
        return fresh.codes

    def salt(self, person_id: UUID) -> bytes:
        """Return what a code must be hashed with; for whoever has none, what makes for the same work."""
        kept = self._session.scalars(
            select(RecoveryCode.code_hash).where(RecoveryCode.person_id == person_id).limit(1)
        ).first()
        return (kept or bytes(_SALT))[:_SALT]

    def spend(self, person_id: UUID, typed: TypedCode) -> bool:
        """Use a code up; whether it was one of this person's and not yet used."""
        # Codes of before ADR 157 are kept under the key alone, until their owner makes new ones.
        older = hash_of(typed.code, self._key(person_id))
        spent = self._session.execute(
            update(RecoveryCode)
            .where(
                RecoveryCode.person_id == person_id,
                RecoveryCode.code_hash.in_((self._kept(person_id, typed.salt, typed.slow), older)),
                RecoveryCode.used_at.is_(None),
            )
            .values(used_at=self._clock.now())
        )
        return isinstance(spent, CursorResult) and spent.rowcount == 1

    def left(self, person_id: UUID) -> int:
        """Return how many codes can still be used."""
        statement = select(func.count()).where(
            RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None)
        )
        return self._session.execute(statement).scalar_one()

    def forget(self, person_id: UUID) -> None:
        """Have no code of this person work any more."""
        self._session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))

    def _kept(self, person_id: UUID, salt: bytes, slow: bytes) -> bytes:
        return salt + hmac.digest(self._key(person_id), slow, hashlib.sha256)[:_HASH]

    def _key(self, person_id: UUID) -> bytes:
        return self._key_ring.derive(_PURPOSE, person_id.bytes)


def hash_of(code: str, key: bytes) -> bytes:
    """Return the hash by which a code is known, under a key of one person's, however it was typed."""
    return hmac.digest(key, meant(code).encode(), hashlib.sha256)


def meant(typed: str) -> str:
    """Return the code somebody meant: capitals, spaces and hyphens are all one."""
    return "".join(letter for letter in typed.lower() if letter.isalnum())


def new_code(groups: int = _GROUPS) -> str:
    """Return a random code that is copied from paper, or read out over the telephone: 18 bits a group."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(groups))


def _slow(code: str, salt: bytes) -> bytes:
    return hash_secret_raw(
        meant(code).encode(),
        salt,
        time_cost=_PASSES,
        memory_cost=_KIBIBYTES,
        parallelism=1,
        hash_len=hashlib.sha256().digest_size,
        type=Type.ID,
    )
