"""The data keys of cases by the thousand, for a search: one query, and no object for each row of it."""

from collections.abc import Iterable
from typing import Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.crypto.data_keys import DataKey
from intake.crypto.grants import SUITE_ROOT, Grant, GrantPlace, open_with
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import KeyPair
from intake.models import METADATA
from intake.models.key_grant import OrganisationKey
from intake.services.holders import kept_pair
from intake.vocabulary import Compartment

_GRANTS: Final = METADATA.tables["key_grant"]

#: A key by its case, its part and its generation.
Keys = dict[tuple[UUID, Compartment, int], DataKey]


def data_keys(
    session: Session,
    key_ring: KeyRing,
    case_ids: Iterable[UUID],
    compartments: Iterable[Compartment],
    *,
    holder: UUID,
) -> Keys:
    """Return the keys of these parts of these cases that an organisation holds; raises `CannotOpen`."""
    pairs = _pairs(session, key_ring, holder)
    columns = _GRANTS.c
    rows = session.execute(
        select(
            columns.case_id,
            columns.compartment,
            columns.generation,
            columns.suite,
            columns.root_kid,
            columns.wrapped,
            columns.commitment,
        ).where(
            columns.case_id.in_(tuple(case_ids)),
            columns.compartment.in_(tuple(compartments)),
            columns.organisation_id == holder,
            columns.ended_at.is_(None),
        )
    )
    found: Keys = {}
    for case_id, part, generation, suite, kid, wrapped, commitment in rows:
        grant = Grant(suite, kid, wrapped, commitment)
        place = GrantPlace(holder, case_id, part, generation)
        pair = pairs.get(kid)
        # A grant from before pairs is wrapped by a root; without a pair the ring says what is missing.
        if pair is None or suite == SUITE_ROOT:
            key = key_ring.open_grant(grant, place, None)
        else:
            key = open_with(pair, grant, place)
        found[case_id, part, generation] = key
    return found


def _pairs(session: Session, key_ring: KeyRing, holder: UUID) -> dict[int, KeyPair]:
    rows = session.scalars(select(OrganisationKey).where(OrganisationKey.organisation_id == holder))
    kept = ((row.version, kept_pair(row)) for row in rows)
    return {version: key_ring.open_pair(pair) for version, pair in kept if pair and key_ring.can_open(pair)}
