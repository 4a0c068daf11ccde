"""Challenges: random bytes given to one browser, to be answered once."""

import hashlib
from datetime import timedelta

from sqlalchemy import delete

from intake.clock import Clock
from intake.db import Unit, insert_missing
from intake.models.passkey import SpentChallenge

_KEPT_FOR = timedelta(days=1)


class Challenges:
    """Remembers which were answered. One that never is leaves nothing here: anybody may ask for one.

    The browser carries its challenge, signed, with when and for which session it was given; it is good for
    minutes, so a day is long enough to remember it.
    """

    def __init__(self, unit: Unit, clock: Clock) -> None:
        self._session = unit.session
        self._clock = clock

    def spend(self, challenge: bytes) -> bool:
        """Whether a challenge is answered for the first time; it never is again."""
        row = {"challenge_hash": hashlib.sha256(challenge).digest(), "spent_at": self._clock.now()}
        insert = insert_missing(self._session, SpentChallenge).values(row)
        # Told by the row itself: how many there were is not counted by every database.
        spent = insert.returning(SpentChallenge.challenge_hash)
        return self._session.execute(spent).one_or_none() is not None

    def forget_old(self) -> None:
        """Let go of challenges too old to be answered again."""
        self._session.execute(
            delete(SpentChallenge).where(SpentChallenge.spent_at < self._clock.now() - _KEPT_FOR)
        )
