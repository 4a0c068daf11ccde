"""Slowing down whoever guesses, without ever shutting out the person whose account it is.

Failures are counted by where they come from as well as by whose account they try, so that a stranger's
guesses slow the stranger. A browser the person signed in from before has a count of its own. Nothing here
locks an account.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Insert, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from intake.clock import Clock
from intake.crypto.binding import join
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.models.person import Throttle as Bucket

_PURPOSE = "throttle"
_BUCKET_LENGTH = 16
_KEPT_FOR = timedelta(days=1)
#: The networks one person's address may wander in: what a household or a small site is given.
_IPV4_NETWORK = 24
_IPV6_NETWORK = 56
_NO_WAIT = timedelta(0)
_MOST_DOUBLINGS = 20


@dataclass(frozen=True, slots=True)
class Pace:
    """How many failures are free, how the wait grows after them, and how soon one is forgiven."""

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgiven_every: timedelta

    def wait_after(self, failures: int) -> timedelta:
        """Return how long to wait after so many failures: twice as long after each one."""
        beyond = failures - self.free
        if beyond < 0:
            return _NO_WAIT
        return min(self.first_wait * (1 << min(beyond, _MOST_DOUBLINGS)), self.longest_wait)


#: One account tried from one place: five tries, then eight in the first five minutes at the most.
ACCOUNT_HERE = Pace(5, timedelta(seconds=30), timedelta(minutes=15), timedelta(minutes=15))
#: The same while many places try this account: nobody is shut out, everybody has fewer free tries.
ACCOUNT_HERE_UNDER_ATTACK = Pace(2, timedelta(seconds=30), timedelta(minutes=15), timedelta(minutes=15))
#: Everything from one place: a whole school stands behind one address, and on Monday morning it mistypes.
PLACE = Pace(30, timedelta(seconds=5), timedelta(minutes=2), timedelta(seconds=30))
#: One account from anywhere: it makes nobody wait, and only says when an account is under attack.
ACCOUNT_ANYWHERE = Pace(50, _NO_WAIT, _NO_WAIT, timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Try:
    """One try at a secret: which secret, whose account, from which address, and from which known device."""

    secret: str
    account: bytes
    source: str
    device: bytes | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a try may be made now; `next_wait` is how long the next one must wait if this one fails."""

    wait: timedelta
    next_wait: timedelta = _NO_WAIT
    counted: tuple[bytes, ...] = ()

    @property
    def granted(self) -> bool:
        """Whether the try may be made."""
        return self.wait <= _NO_WAIT

    @property
    def wait_seconds(self) -> int:
        """The wait in whole seconds, rounded up."""
        return _whole_seconds(self.wait)

    @property
    def next_wait_seconds(self) -> int:
        """The wait after this try, should it fail, in whole seconds."""
        return _whole_seconds(self.next_wait)


class Throttle:
    """Counts tries in the database, where every process and every machine sees the same count."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring

    def take(self, tried: Try) -> Turn:
        """Count a try as failed before it is made, so that no two are made at once on one count.

        A try that must wait is not counted. `give_back` takes the count off again when it succeeds.
        """
        now = self._clock.now()
        paces = self._paces(tried, now)
        rows = self._locked(paces, now)
        wait = max(_wait(row, paces[row.bucket], now) for row in rows)
        if wait > _NO_WAIT:
            return Turn(wait)
        for row in rows:
            _forgive(row, paces[row.bucket], now)
            row.failures += 1
            row.last_at = now
        next_wait = max(paces[row.bucket].wait_after(row.failures) for row in rows)
        return Turn(_NO_WAIT, next_wait, tuple(paces))

    def give_back(self, turn: Turn) -> None:
        """Take a try that succeeded off the count, and forget what this person failed from here."""
        if not turn.counted:
            return
        own, *others = turn.counted
        self._session.execute(delete(Bucket).where(Bucket.bucket == own))
        self._session.execute(
            update(Bucket)
            .where(Bucket.bucket.in_(others), Bucket.failures > 0)
            .values(failures=Bucket.failures - 1)
        )

    def forget_old(self) -> None:
        """Let go of counts that no longer make anybody wait."""
        self._session.execute(delete(Bucket).where(Bucket.last_at < self._clock.now() - _KEPT_FOR))

    def _paces(self, tried: Try, now: datetime) -> dict[bytes, Pace]:
        """Return the buckets of a try and their paces; the first is the person's own."""
        secret = tried.secret.encode()
        if tried.device is not None:
            return {self._bucket(b"device", secret, tried.account, tried.device): ACCOUNT_HERE}
        place = network_of(tried.source).encode()
        anywhere = self._bucket(b"account", secret, tried.account)
        here = self._bucket(b"account here", secret, tried.account, place)
        under_attack = self._failures(anywhere, now) >= ACCOUNT_ANYWHERE.free
        return {
            here: ACCOUNT_HERE_UNDER_ATTACK if under_attack else ACCOUNT_HERE,
            self._bucket(b"place", secret, place): PLACE,
            anywhere: ACCOUNT_ANYWHERE,
        }

    def _failures(self, bucket: bytes, now: datetime) -> int:
        row = self._session.get(Bucket, bucket)
        return 0 if row is None else max(0, row.failures - _forgiven(row, ACCOUNT_ANYWHERE, now))

    def _locked(self, buckets: Iterable[bytes], now: datetime) -> list[Bucket]:
        """Return the rows of the buckets, made where there were none, held until the commit."""
        # Sorted, so that two tries never wait for each other's rows.
        wanted = sorted(buckets)
        fresh = [{"bucket": bucket, "failures": 0, "since_at": now, "last_at": now} for bucket in wanted]
        self._session.execute(_insert_missing(self._session.get_bind().dialect.name), fresh)
        rows = select(Bucket).where(Bucket.bucket.in_(wanted)).order_by(Bucket.bucket).with_for_update()
        return list(self._session.scalars(rows.execution_options(populate_existing=True)))

    def _bucket(self, *parts: bytes) -> bytes:
        key = self._key_ring.derive(_PURPOSE)
        return hmac.digest(key, join(*parts), hashlib.sha256)[:_BUCKET_LENGTH]


def network_of(address: str) -> str:
    """Return the network an address belongs to, as far as one person or site may wander in it."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    mapped = getattr(found, "ipv4_mapped", None) or found
    length = _IPV4_NETWORK if mapped.version == 4 else _IPV6_NETWORK  # noqa: PLR2004 - the number of the protocol
    return str(ipaddress.ip_network((mapped, length), strict=False))


def _whole_seconds(length: timedelta) -> int:
    return -(-length // timedelta(seconds=1))


def _wait(row: Bucket, pace: Pace, now: datetime) -> timedelta:
    # Where the clock was put back, nobody waits longer for it than one wait.
    row.last_at = min(row.last_at, now)
    return row.last_at + pace.wait_after(row.failures) - now


def _forgive(row: Bucket, pace: Pace, now: datetime) -> None:
    """Take off what time has forgiven; `since_at` is the moment up to which that has been reckoned."""
    forgiven = _forgiven(row, pace, now)
    row.failures = max(0, row.failures - forgiven)
    row.since_at = min(row.since_at, now) + forgiven * pace.forgiven_every if row.failures else now


def _forgiven(row: Bucket, pace: Pace, now: datetime) -> int:
    return max(now - row.since_at, _NO_WAIT) // pace.forgiven_every


def _insert_missing(dialect: str) -> Insert:
    if dialect == "sqlite":
        return sqlite.insert(Bucket).on_conflict_do_nothing()
    return postgresql.insert(Bucket).on_conflict_do_nothing()
