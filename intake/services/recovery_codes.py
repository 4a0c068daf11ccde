"""Recovery codes: each stands in for a lost telephone, once."""

import hashlib
import hmac
import secrets
from uuid import UUID

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


class RecoveryCodes:
    """Makes, counts and spends a person's codes; only a keyed hash of each is kept."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring

    def renew(self, person_id: UUID) -> tuple[str, ...]:
        """Return ten new codes, to be shown once; the old ones stop working."""
        self.forget(person_id)
        codes = tuple(new_code() for _ in range(HOW_MANY))
        for code in codes:
            self._session.add(
                RecoveryCode(id=new_id(), person_id=person_id, code_hash=self._hash(person_id, code))
            )
        return codes

    def spend(self, person_id: UUID, code: str) -> bool:
        """Use a code up; whether it was one of this person's and not yet used."""
        spent = self._session.execute(
            update(RecoveryCode)
            .where(
                RecoveryCode.person_id == person_id,
                RecoveryCode.code_hash == self._hash(person_id, code),
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

    def _hash(self, person_id: UUID, code: str) -> bytes:
        return hash_of(code, self._key_ring.derive(_PURPOSE, person_id.bytes))


def hash_of(code: str, key: bytes) -> bytes:
    """Return the hash by which a code is known, under a key of one person's, however it was typed."""
    # About 55 random bits under a key that is not in the database: nothing here to slow down.
    return hmac.digest(key, meant(code).encode(), hashlib.sha256)


def meant(typed: str) -> str:
    """Return the code somebody meant: capitals, spaces and hyphens are all one."""
    return "".join(letter for letter in typed.lower() if letter.isalnum())


def new_code(groups: int = _GROUPS) -> str:
    """Return a random code that is copied from paper, or read out over the telephone: 18 bits a group."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(groups))
