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

from sqlalchemy import Row, delete, select, update

from intake.clock import Clock
from intake.crypto.binding import join
from intake.crypto.key_ring import KeyRing
from intake.db import Unit, insert_missing
from intake.models.person import Throttle as Bucket

_PURPOSE = "throttle"
_BUCKET_LENGTH = 16
_KEPT_FOR = timedelta(days=1)
#: The networks one person's address may wander in: what a household or a small site is given.
_IPV4_NETWORK = 24
_IPV6_NETWORK = 56
_NO_WAIT = timedelta(0)
_MOST_DOUBLINGS = 20
_COUNTS = select(Bucket.bucket, Bucket.failures, Bucket.since_at, Bucket.last_at)


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


@dataclass(frozen=True, slots=True)
class Count:
    """One count of failures: the last of them, and the moment up to which forgiving has been reckoned."""

    failures: int
    since_at: datetime
    last_at: datetime

    def at_latest(self, now: datetime) -> "Count":
        """Return the count with no time after `now`: a clock put back makes nobody wait longer than once."""
        return Count(self.failures, min(self.since_at, now), min(self.last_at, now))

    def wait(self, pace: Pace, now: datetime) -> timedelta:
        """Return how long the next try must wait; nothing or less where it need not."""
        return self.last_at + pace.wait_after(self.failures) - now

    def standing(self, pace: Pace, now: datetime) -> int:
        """Return the failures that time has not forgiven."""
        return max(0, self.failures - self._forgiven(pace, now))

    def failed(self, pace: Pace, now: datetime) -> "Count":
        """Return the count with one failure more, and without those that time has forgiven."""
        standing = self.standing(pace, now)
        since_at = self.since_at + self._forgiven(pace, now) * pace.forgiven_every if standing else now
        return Count(standing + 1, since_at, now)

    def columns(self) -> dict[str, object]:
        """Return the count as the columns it is kept in."""
        return {"failures": self.failures, "since_at": self.since_at, "last_at": self.last_at}

    def _forgiven(self, pace: Pace, now: datetime) -> int:
        return max(now - self.since_at, _NO_WAIT) // pace.forgiven_every


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
        self._make_missing(paces, now)
        counts = {bucket: count.at_latest(now) for bucket, count in self._locked(paces).items()}
        wait = max(count.wait(paces[bucket], now) for bucket, count in counts.items())
        if wait <= _NO_WAIT:
            counts = {bucket: count.failed(paces[bucket], now) for bucket, count in counts.items()}
        # Always one statement with every column: how long it takes tells nothing of what was counted.
        rows = [{"bucket": bucket, **count.columns()} for bucket, count in counts.items()]
        self._session.execute(update(Bucket), rows)
        if wait > _NO_WAIT:
            return Turn(wait)
        next_wait = max(paces[bucket].wait_after(count.failures) for bucket, count in counts.items())
        return Turn(_NO_WAIT, next_wait, tuple(paces))

    def give_back(self, turn: Turn) -> None:
        """Take a try that succeeded off the count, and forget what this person failed from here."""
        # Only what is held is touched: a count let go meanwhile and begun again belongs to another try, and
        # to wait for it while holding the others would be to wait for each other.
        held = self._locked(turn.counted).keys()
        own, *others = turn.counted
        self._session.execute(delete(Bucket).where(Bucket.bucket.in_(held & {own})))
        self._session.execute(
            update(Bucket)
            .where(Bucket.bucket.in_(held & set(others)), Bucket.failures > 0)
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
        found = self._session.execute(_COUNTS.where(Bucket.bucket == bucket)).one_or_none()
        return 0 if found is None else _count(found).standing(ACCOUNT_ANYWHERE, now)

    def _make_missing(self, buckets: Iterable[bytes], now: datetime) -> None:
        fresh = [{"bucket": bucket, **Count(0, now, now).columns()} for bucket in sorted(buckets)]
        self._session.execute(insert_missing(self._session, Bucket), fresh)

    def _locked(self, buckets: Iterable[bytes]) -> dict[bytes, Count]:
        """Return the counts, held until the commit, in one order always: no two tries block each other."""
        rows = _COUNTS.where(Bucket.bucket.in_(list(buckets))).order_by(Bucket.bucket).with_for_update()
        return {row.bucket: _count(row) for row in self._session.execute(rows)}

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


def _count(row: Row[bytes, int, datetime, datetime]) -> Count:
    return Count(row.failures, row.since_at, row.last_at)
