"""The key pairs of organisations: made when needed, sealed to by anybody, opened by whoever has the ring."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, bindparam, select
from sqlalchemy.orm import Session

from intake.audit.crossings import Side
from intake.clock import Clock
from intake.crypto.data_keys import DataKey
from intake.crypto.grants import SUITE_ROOT, Grant, GrantPlace, open_with, wrap_under
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import KeptPair, KeyPair, PublicKey
from intake.db import Unit, insert_missing
from intake.errors import CannotOpen
from intake.ids import new_id
from intake.models import METADATA
from intake.models.key_grant import KeyGrant, OrganisationKey
from intake.models.organisation import Organisation
from intake.vocabulary import Tier

_PAIRS = METADATA.tables["organisation_key"]
_GRANTS = METADATA.tables["key_grant"]
_BETTER = (
    _GRANTS.update()
    .where(_GRANTS.c.id == bindparam("that"), _GRANTS.c.wrapped == bindparam("was"))
    .values(suite=bindparam("to"), root_kid=bindparam("kid"), wrapped=bindparam("now"))
)
_PRIVATE = (
    OrganisationKey.version,
    OrganisationKey.suite,
    OrganisationKey.ring,
    OrganisationKey.root_kid,
    OrganisationKey.private_half,
)


@dataclass(frozen=True, slots=True)
class Better:
    """A grant to be wrapped anew: as it was found, for which pair, and the data key that was in it."""

    grant_id: UUID
    was: bytes
    pair: KeyPair
    key: DataKey


def held_grants(
    session: Session, *conditions: ColumnElement[bool], first: int | None = None
) -> Iterator[tuple[KeyGrant, KeptPair | None]]:
    """Yield grants, each with the pair of its holder that it was sealed to; one query, however many.

    With `first`, only so many, in the order of their ids.
    """
    of_its_pair = and_(
        OrganisationKey.organisation_id == KeyGrant.organisation_id,
        OrganisationKey.version == KeyGrant.kid,
        KeyGrant.suite != SUITE_ROOT,
    )
    found = select(KeyGrant, *_PRIVATE).outerjoin(OrganisationKey, of_its_pair).where(*conditions)
    if first is not None:
        found = found.order_by(KeyGrant.id).limit(first)
    for grant, version, suite, ring, root_kid, wrapped in session.execute(found):
        kept = None
        if wrapped is not None:
            kept = KeptPair(grant.organisation_id, version, suite, ring, root_kid, wrapped)
        yield grant, kept


def open_held(key_ring: KeyRing, grant: KeyGrant, kept: KeptPair | None) -> DataKey:
    """Give back the data key of a grant; raises `CannotOpen`."""
    return key_ring.open_grant(
        Grant(grant.suite, grant.kid, grant.wrapped, grant.commitment),
        GrantPlace(grant.organisation_id, grant.case_id, grant.compartment, grant.generation),
        kept,
    )


def newest_pairs(session: Session, key_ring: KeyRing) -> dict[UUID, KeyPair]:
    """Return the newest pair of every organisation whose private half this ring opens."""
    rows = session.scalars(select(OrganisationKey).order_by(OrganisationKey.version))
    kept = {row.organisation_id: kept_pair(row) for row in rows}
    return {each: key_ring.open_pair(pair) for each, pair in kept.items() if pair and key_ring.can_open(pair)}


def rewrap(session: Session, better: Iterable[Better]) -> int:
    """Wrap data keys anew, each under its holder's pair; returns how many.

    What another unit is at work on is left to it, and what it has changed meanwhile stays as it is. A new
    wrapping takes the old one's place only after it has been opened; else `CannotOpen`.
    """
    found = {each.grant_id: each for each in better}
    free = select(KeyGrant.id).where(KeyGrant.id.in_(found)).order_by(KeyGrant.id)
    changes = []
    for grant_id in session.scalars(free.with_for_update(skip_locked=True)).all():
        each = found[grant_id]
        new = wrap_under(each.pair, each.key)
        place = GrantPlace(each.pair.holder, each.key.case_id, each.key.compartment, each.key.generation)
        if open_with(each.pair, new, place).secret != each.key.secret:
            raise CannotOpen("a grant that does not open again does not take the place of one that does")
        changes.append(
            {"that": grant_id, "was": each.was, "to": new.suite, "kid": new.kid, "now": new.wrapped}
        )
    if changes:
        session.connection().execute(_BETTER, changes)
    return len(changes)


class Holders:
    """The pairs of organisations, within one unit of work."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing, side: Side | None = None) -> None:
        self._session = unit.session
        self._side = side or Side(unit.session, Tier.COMBINED)
        self._clock = clock
        self._key_ring = key_ring
        self._public: dict[UUID, PublicKey] = {}

    def can_open(self, kept: KeptPair | None) -> bool:
        """Whether what was sealed to this pair opens here; what a root wraps always may."""
        return kept is None or self._key_ring.can_open(kept)

    def public_keys(self, holders: Iterable[UUID]) -> dict[UUID, PublicKey]:
        """Return the newest public key of each organisation; whoever has none yet is given a pair.

        Raises `CannotOpen` where a public key of this ring's own is not the one that was made, or one of
        this tier is not this ring's: nothing is ever sealed to a key that somebody put in its place.
        """
        wanted = set(holders)
        missing = wanted - self._public.keys()
        if missing:
            self._public |= self._newest(missing)
        if missing := wanted - self._public.keys():
            if self._side.ours(missing) != missing:
                raise CannotOpen(
                    "an organisation of the other tier has no pair of keys yet: it makes its own"
                )
            self._make_first(missing)
            self._public |= self._newest(missing)
        return self._public

    def make_missing(self) -> int:
        """Give a pair to every organisation that has none yet; returns how many had none."""
        having = select(OrganisationKey.organisation_id)
        without = self._session.scalars(select(Organisation.id).where(Organisation.id.not_in(having))).all()
        ours = self._side.ours(set(without))
        self._make_first(ours)
        return len(ours)

    def add(self, pair: KeyPair) -> None:
        """Keep a further pair of an organisation: from now on it is the one that is sealed to."""
        self._session.execute(_PAIRS.insert(), self._row(pair))
        self._public.pop(pair.holder, None)

    def _newest(self, organisation_ids: Iterable[UUID]) -> dict[UUID, PublicKey]:
        rows = self._session.scalars(
            select(OrganisationKey)
            .where(OrganisationKey.organisation_id.in_(set(organisation_ids)))
            .order_by(OrganisationKey.version)
        )
        newest = {row.organisation_id: row for row in rows}
        ours = self._side.ours(set(newest)) if self._side.tier.is_split else frozenset()
        return {each: self._checked(row, ours=each in ours) for each, row in newest.items()}

    def _checked(self, row: OrganisationKey, *, ours: bool) -> PublicKey:
        said = PublicKey(row.organisation_id, row.version, row.suite, row.public_half)
        kept = kept_pair(row)
        opens = kept is not None and self._key_ring.can_open(kept)
        if (ours and not opens) or (kept and opens and self._key_ring.open_pair(kept).public != said):
            raise CannotOpen("the public key of an organisation is not the one that was made for it")
        return said

    def _make_first(self, organisation_ids: Iterable[UUID]) -> None:
        # In one order, as all locks on more rows than one.
        wanted = sorted(organisation_ids)
        if wanted:
            self._key_ring.read_anew()
            rows = [self._row(KeyPair.new(each)) for each in wanted]
            # Two units may find the same organisation without a pair: one of them makes it.
            self._session.execute(insert_missing(self._session, _PAIRS), rows)

    def _row(self, pair: KeyPair) -> dict[str, Any]:
        kept = self._key_ring.keep_pair(pair)
        return {
            "id": new_id(),
            "organisation_id": pair.holder,
            "version": pair.version,
            "suite": pair.suite,
            "public_half": pair.public.raw,
            "fingerprint": pair.public.fingerprint(),
            "ring": kept.ring,
            "root_kid": kept.root_kid,
            "private_half": kept.wrapped,
            "made_at": self._clock.now(),
        }


def kept_pair(row: OrganisationKey) -> KeptPair | None:
    """Return the private half of a pair as it is kept, or None once it is retired."""
    if row.private_half is None:
        return None
    return KeptPair(row.organisation_id, row.version, row.suite, row.ring, row.root_kid, row.private_half)
