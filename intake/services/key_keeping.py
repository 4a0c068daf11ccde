"""Keeping keys: new roots and pairs, what older ones wrapped wrapped anew, and the older ones then let go of.

Nothing here stops anybody's work. What is left to do is found in the rows themselves, so whatever was
interrupted goes on where it stopped; a row is changed only if nobody else has changed it meanwhile, and
only after what takes its place has been opened.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session, aliased

from intake.audit.chain import PLATFORM, installation_chain
from intake.audit.event import INSTALLATION, Event
from intake.audit.events.keys import KeysResealed, PairAdded, PairRetired, RootAdded, RootsRetired
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.crypto.grants import SUITE_HOLDER, SUITE_ROOT
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import KeyPair
from intake.db import Unit
from intake.errors import CannotOpen
from intake.models import METADATA
from intake.models.audit import AuditEntry
from intake.models.key_grant import KeyGrant, OrganisationKey
from intake.services.holders import Better, Holders, held_grants, kept_pair, newest_pairs, open_held, rewrap
from intake.vocabulary import Tier

#: How many grants are wrapped anew in one unit of work.
BATCH = 500
#: No unit of work lives for so long: whoever could still be using an older key has finished.
SETTLED = timedelta(minutes=10)

_PAIRS = METADATA.tables["organisation_key"]
_KEPT_ANEW = (
    _PAIRS.update()
    .where(_PAIRS.c.id == bindparam("that"), _PAIRS.c.private_half == bindparam("was"))
    .values(root_kid=bindparam("kid"), private_half=bindparam("now"))
)
_EVERY = aliased(OrganisationKey)
_NEWEST_VERSION = (
    select(func.max(_EVERY.version))
    .where(_EVERY.organisation_id == KeyGrant.organisation_id)
    .correlate(KeyGrant)
    .scalar_subquery()
)
_OLDER: ColumnElement[bool] = or_(KeyGrant.suite != SUITE_HOLDER, KeyGrant.kid < _NEWEST_VERSION)


@dataclass(frozen=True, slots=True)
class Left:
    """How much is wrapped by anything but the newest: pairs of organisations, and keys of cases."""

    pairs: int
    grants: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What one unit of work wrapped anew; the last grant it looked at, and those that it could not open."""

    grants: int
    last: UUID | None
    unopened: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Retired:
    """What was let go of: versions of pairs, and roots of the ring."""

    pairs: int
    roots: tuple[int, ...]


def left_to_rewrap(session: Session, key_ring: KeyRing) -> Left:
    """Return how much is wrapped by anything but the newest, of what this ring can open."""
    ours = select(OrganisationKey.organisation_id).where(OrganisationKey.ring == key_ring.fingerprint())
    grants = select(func.count()).select_from(KeyGrant).where(KeyGrant.organisation_id.in_(ours), _OLDER)
    pairs = select(func.count()).select_from(_older_pairs(key_ring).subquery())
    return Left(session.scalars(pairs).one(), session.scalars(grants).one())


def under_each_root(session: Session, key_ring: KeyRing) -> dict[int, int]:
    """Count what each root of a ring wraps: pairs of organisations, and keys of cases from before pairs."""
    own = OrganisationKey.ring == key_ring.fingerprint()
    pairs = select(OrganisationKey.root_kid.label("kid")).where(
        own, OrganisationKey.private_half.is_not(None)
    )
    older = select(KeyGrant.kid).where(KeyGrant.suite == SUITE_ROOT)
    kid = pairs.union_all(older).subquery().c.kid
    counted = session.execute(select(kid, func.count().label("number")).group_by(kid).order_by(kid))
    return {each.kid: each.number for each in counted}


class KeyKeeping:
    """An operator's work on roots and pairs, within one unit of work."""

    def __init__(
        self, unit: Unit, clock: Clock, key_ring: KeyRing, audit: AuditLog, holders: Holders
    ) -> None:
        self._unit = unit
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring
        self._audit = audit
        self._holders = holders

    def left(self) -> Left:
        """Return how much is left to do, of what this ring can open."""
        return left_to_rewrap(self._session, self._key_ring)

    def add_root(self) -> int:
        """Give the ring a new root, active from now on, and return its number."""
        kid = self._key_ring.add_root()
        self._record(RootAdded(root_kid=kid))
        return kid

    def add_pair(self, organisation_id: UUID) -> int:
        """Give an organisation a new pair and return its version; raises `CannotOpen` if it is not ours."""
        now = newest_pairs(self._session, self._key_ring).get(organisation_id)
        if now is None:
            raise CannotOpen("The pair of this organisation is not kept by this key ring.")
        self._holders.add(KeyPair.new(organisation_id, now.version + 1))
        self._record(PairAdded(holder_id=organisation_id, version=now.version + 1))
        return now.version + 1

    def keep_pairs_anew(self) -> int:
        """Wrap under the active root whatever pairs older roots wrap; returns how many."""
        changes = []
        older = _older_pairs(self._key_ring).order_by(OrganisationKey.id)
        found = {row.id: kept_pair(row) for row in self._session.scalars(older)}
        for row_id, old in ((row_id, old) for row_id, old in found.items() if old is not None):
            pair = self._key_ring.open_pair(old)
            new = self._key_ring.keep_pair(pair)
            if self._key_ring.open_pair(new).secret != pair.secret:
                raise CannotOpen("a pair that does not open again does not take the place of one that does")
            changes.append({"that": row_id, "was": old.wrapped, "kid": new.root_kid, "now": new.wrapped})
        if changes:
            self._session.connection().execute(_KEPT_ANEW, changes)
            self._record(KeysResealed(pairs=len(changes), grants=0))
        return len(changes)

    def rewrap(self, after: UUID | None = None, *, size: int = BATCH) -> Batch:
        """Wrap the next keys of cases under their holders' newest pairs, in the order of their ids."""
        pairs = newest_pairs(self._session, self._key_ring)
        wanted = [_OLDER, KeyGrant.organisation_id.in_(pairs)]
        if after is not None:
            wanted.append(KeyGrant.id > after)
        better, unopened, last = [], [], None
        for grant, kept in held_grants(self._session, *wanted, first=size):
            last = grant.id
            try:
                key = open_held(self._key_ring, grant, kept)
            except CannotOpen:
                unopened.append(grant.id)
                continue
            better.append(Better(grant.id, grant.wrapped, pairs[grant.organisation_id], key))
        done = rewrap(self._session, better)
        if done:
            self._record(KeysResealed(pairs=0, grants=done))
        return Batch(done, last, tuple(unopened))

    def retire(self) -> Retired:
        """Let go of pairs and roots that wrap nothing, once nobody can still be using them."""
        long_ago = self._clock.now() - SETTLED
        pairs = [row for row in self._unused_pairs() if self._newest_made_at(row.organisation_id) <= long_ago]
        for row in pairs:
            row.private_half, row.retired_at = None, self._clock.now()
            self._unit.clear_remains()
            self._record(PairRetired(holder_id=row.organisation_id, version=row.version))
        self._session.flush()
        roots = self._unused_roots() if self._root_added_at() <= long_ago else ()
        if roots:
            self._record(RootsRetired(root_kids=roots))
            # The ring forgets them last: had the commit failed, nothing would be lost.
            self._unit.after_commit(lambda: self._key_ring.drop_roots(roots))
        return Retired(len(pairs), roots)

    def _unused_pairs(self) -> list[OrganisationKey]:
        newest = (
            select(OrganisationKey.organisation_id, func.max(OrganisationKey.version).label("version"))
            .group_by(OrganisationKey.organisation_id)
            .subquery()
        )
        used = select(KeyGrant.id).where(
            KeyGrant.organisation_id == OrganisationKey.organisation_id,
            KeyGrant.kid == OrganisationKey.version,
            KeyGrant.suite != SUITE_ROOT,
        )
        return list(
            self._session.scalars(
                select(OrganisationKey)
                .join(newest, newest.c.organisation_id == OrganisationKey.organisation_id)
                .where(
                    OrganisationKey.version < newest.c.version,
                    OrganisationKey.ring == self._key_ring.fingerprint(),
                    OrganisationKey.private_half.is_not(None),
                    ~used.exists(),
                )
            )
        )

    def _newest_made_at(self, organisation_id: UUID) -> datetime:
        made_at = select(OrganisationKey.made_at).where(OrganisationKey.organisation_id == organisation_id)
        return self._session.scalars(made_at.order_by(OrganisationKey.version.desc()).limit(1)).one()

    def _unused_roots(self) -> tuple[int, ...]:
        needed = under_each_root(self._session, self._key_ring).keys() | {self._key_ring.active}
        return tuple(kid for kid in self._key_ring.root_kids if kid not in needed)

    def _root_added_at(self) -> datetime:
        chains = [installation_chain(tier) for tier in Tier]
        added = select(AuditEntry.at).where(
            AuditEntry.organisation_id.in_(chains), AuditEntry.event == RootAdded.NAME
        )
        found = self._session.scalars(added.order_by(AuditEntry.at.desc()).limit(1)).first()
        # A root whose making stands in no chain was made just now, for all that is known.
        return found or self._clock.now()

    def _record(self, event: Event) -> None:
        self._audit.record(event, actor=None, organisation_id=PLATFORM, subject=INSTALLATION)


def _older_pairs(key_ring: KeyRing) -> Select[OrganisationKey]:
    return select(OrganisationKey).where(
        OrganisationKey.ring == key_ring.fingerprint(),
        OrganisationKey.private_half.is_not(None),
        OrganisationKey.root_kid != key_ring.active,
    )
