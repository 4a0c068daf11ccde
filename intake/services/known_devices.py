"""Browsers a person signed in from before: a stranger's failures elsewhere do not slow them."""

import hashlib
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from intake.clock import Clock
from intake.db import Unit
from intake.ids import new_token
from intake.models.person import KnownDevice

_KEPT_FOR = timedelta(days=180)


class KnownDevices:
    """Knows a browser by the hash of its token with the person: one browser may serve a whole staffroom."""

    def __init__(self, unit: Unit, clock: Clock) -> None:
        self._session = unit.session
        self._clock = clock

    def recognise(self, person_id: UUID, token: str) -> bytes | None:
        """Return what the person's tries from this browser are counted under, or None for a strange one."""
        row = self._session.get(KnownDevice, _hash(person_id, token))
        if row is None or row.seen_at < self._clock.now() - _KEPT_FOR:
            return None
        return row.token_hash

    def remember(self, person_id: UUID, token: str) -> str:
        """Know this browser from now on; returns the token it is to keep, a new one if it had none."""
        token = token or new_token()
        now = self._clock.now()
        row = self._session.get(KnownDevice, _hash(person_id, token))
        if row is None:
            self._session.add(
                KnownDevice(token_hash=_hash(person_id, token), person_id=person_id, seen_at=now)
            )
        else:
            row.seen_at = now
        return token

    def forget_all(self, person_id: UUID) -> None:
        """Know none of a person's browsers any more."""
        self._session.execute(delete(KnownDevice).where(KnownDevice.person_id == person_id))

    def forget_old(self) -> None:
        """Let go of browsers nobody has signed in from for half a year."""
        self._session.execute(delete(KnownDevice).where(KnownDevice.seen_at < self._clock.now() - _KEPT_FOR))


def _hash(person_id: UUID, token: str) -> bytes:
    return hashlib.sha256(person_id.bytes + token.encode()).digest()
