"""Once-keys: a double click, a back button or a retry after a cut connection is one record."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from intake.clock import Clock
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import Refused
from intake.ids import new_token
from intake.models.person import OnceKey
from intake.policy.actor import Actor

_KEPT_FOR = timedelta(hours=72)
_PURPOSE = "once-key"
_MARKING = "once-key-words"


@dataclass(frozen=True, slots=True)
class Taken:
    """What an earlier press of the same form made; `same` says whether it held the same words."""

    answer_path: str
    same: bool


class OnceKeys:
    """Issues once-keys and remembers what each of them made."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring

    def issue(self, actor: Actor) -> str:
        """Return a new once-key for one form shown to this person; nothing is stored until it is used."""
        token = new_token()
        return f"{token}.{self._signature(actor, token)}"

    def taken(self, actor: Actor, key: str, body: bytes) -> Taken | None:
        """Return what this key already made, or None.

        Raises `Refused` for a key this program did not issue to this person.
        """
        token, _, signature = key.partition(".")
        if not hmac.compare_digest(signature.encode(), self._signature(actor, token).encode()):
            raise Refused("once_key", "once_key.unknown")
        row = self._session.get(OnceKey, (actor.person_id, _hash(key.encode())))
        if row is None:
            return None
        same = hmac.compare_digest(row.request_hash, self._mark(actor, key, body))
        return Taken(row.answer_path, same=same)

    def used(self, actor: Actor, key: str) -> bool:
        """Tell whether the form with this key was sent already."""
        return self._session.get(OnceKey, (actor.person_id, _hash(key.encode()))) is not None

    def keep(self, actor: Actor, key: str, body: bytes, answer_path: str) -> None:
        """Remember what this key made, in the same commit as the thing itself."""
        now = self._clock.now()
        self._session.add(
            OnceKey(
                person_id=actor.person_id,
                key_hash=_hash(key.encode()),
                request_hash=self._mark(actor, key, body),
                answer_path=answer_path,
                made_at=now,
            )
        )

    def forget_old(self) -> None:
        """Let go of keys nobody can still be pressing again with."""
        self._session.execute(delete(OnceKey).where(OnceKey.made_at < self._clock.now() - _KEPT_FOR))

    def _signature(self, actor: Actor, token: str) -> str:
        secret = self._key_ring.derive(_PURPOSE, actor.person_id.bytes)
        return hmac.new(secret, token.encode(), hashlib.sha256).hexdigest()[:32]

    def _mark(self, actor: Actor, key: str, body: bytes) -> bytes:
        """Return what is kept of a form's words: under a key, so that nobody can try out guesses at them."""
        secret = self._key_ring.derive(_MARKING, actor.person_id.bytes)
        return hmac.digest(secret, _hash(key.encode()) + body, "sha256")


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
