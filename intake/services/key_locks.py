"""Locks upon keys of cases, which are no rows: none need be there yet."""

import hashlib
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, func, literal, select
from sqlalchemy.orm import Session


def lock_keys(session: Session, *case_ids: UUID) -> None:
    """Let nobody else give, end, replace or destroy keys of these cases before this unit is over.

    What is then asked of them is as it stays: who holds the newest key, and who holds any.
    """
    lock(session, *(b"keys of " + each.bytes for each in sorted(case_ids)))


def lock(session: Session, *what: bytes) -> None:
    """Wait until no other unit has locked the same, and lock it; SQLite has one writer only anyway."""
    if what and session.get_bind().dialect.name == "postgresql":
        numbers = [int.from_bytes(hashlib.sha256(each).digest()[:8], "big", signed=True) for each in what]
        session.execute(select(func.pg_advisory_xact_lock(func.unnest(literal(numbers, ARRAY(BigInteger))))))
