"""Cards opened by the thousand, for a search: the keys of some hundred are one query.

A key that is only sealed to its holder takes a hundred times as long to open as one that is wrapped. Those a
search meets are wrapped before its answer is shown, so that the next one is quick.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.crypto import envelope, grants
from intake.crypto.data_keys import DataKey
from intake.crypto.grants import SEALED_SUITES, SUITE_HOLDER, SUITE_ROOT, Grant, GrantPlace, open_with
from intake.crypto.inventory import SealedColumn
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import KeyPair
from intake.errors import CannotOpen
from intake.models import METADATA
from intake.models.key_grant import OrganisationKey
from intake.services.holders import Better, kept_pair, rewrap
from intake.vocabulary import Compartment

_GRANTS: Final = METADATA.tables["key_grant"]
_AT_ONCE: Final = 500
#: More than this no search wraps: the next one goes on, and so does the hourly round.
MOST_WRAPPED: Final = 10_000


class SealedCard(NamedTuple):
    """A card in the row that has the id of its case, and which version of it."""

    case_id: UUID
    version: int
    blob: bytes


class Slow(NamedTuple):
    """A key that was only sealed to a pair of its holder: the pair, the key, and how it was kept."""

    pair: KeyPair
    key: DataKey
    was: bytes


#: A grant: its case, its generation, by what it is wrapped, by which version of it, the key and what pins it.
_Held = tuple[UUID, int, int, int, bytes, bytes]


def open_cards(
    session: Session,
    key_ring: KeyRing,
    column: SealedColumn,
    sealed: Sequence[SealedCard],
    *,
    holder: UUID,
    slow: list[Slow],
) -> Iterator[list[bytes]]:
    """Yield the words of the cards, some hundred at a time, by the keys of one holder; or `CannotOpen`.

    The same is done to all of them before the next thing is: that alone saves a fifth of the time. Keys that
    were only sealed are added to `slow`.
    """
    secret_of = _secret_opener(session, key_ring, column.compartment, holder, slow)
    anywhere = partial(column.place, row_id=holder, case_id=holder)
    opener = cache(lambda version, generation: envelope.opener(anywhere(version=version), generation))
    for start in range(0, len(sealed), _AT_ONCE):
        some = sealed[start : start + _AT_ONCE]
        held = _held(session, column.compartment, holder, [case_id for case_id, _, _ in some])
        generations = [envelope.key_generation(blob) for _, _, blob in some]
        secrets = [
            secret_of(_of_generation(at, held.get(each.case_id, ())))
            for each, at in zip(some, generations, strict=True)
        ]
        yield [
            opener(version, at)(case_id, secret, blob)
            for (case_id, version, blob), at, secret in zip(some, generations, secrets, strict=True)
        ]


def wrap(session: Session, slow: Sequence[Slow]) -> None:
    """Wrap keys that were only sealed to their holders' pairs, in one order; raises as `rewrap`."""
    some = sorted(slow[:MOST_WRAPPED], key=lambda each: each.key.case_id)
    for start in range(0, len(some), _AT_ONCE):
        as_kept = {each.was: each for each in some[start : start + _AT_ONCE]}
        columns = _GRANTS.c
        only_sealed = select(columns.id, columns.wrapped).where(
            columns.case_id.in_({each.key.case_id for each in as_kept.values()}),
            columns.organisation_id.in_({each.pair.holder for each in as_kept.values()}),
            columns.suite.in_(SEALED_SUITES),
        )
        rows = session.execute(only_sealed)
        found = [(grant_id, as_kept[was]) for grant_id, was in rows if was in as_kept]
        rewrap(session, [Better(grant_id, each.was, each.pair, each.key) for grant_id, each in found])


def _held(
    session: Session, part: Compartment, holder: UUID, case_ids: Iterable[UUID]
) -> dict[UUID, list[_Held]]:
    columns = _GRANTS.c
    rows = session.execute(
        select(
            columns.case_id,
            columns.generation,
            columns.suite,
            columns.root_kid,
            columns.wrapped,
            columns.commitment,
        ).where(
            columns.case_id.in_(tuple(case_ids)),
            columns.compartment == part,
            columns.organisation_id == holder,
            columns.ended_at.is_(None),
        )
    )
    found: dict[UUID, list[_Held]] = defaultdict(list)
    for case_id, generation, suite, kid, wrapped, commitment in rows:
        found[case_id].append((case_id, generation, suite, kid, wrapped, commitment))
    return found


def _of_generation(generation: int, held: Iterable[_Held]) -> _Held:
    for grant in held:
        if grant[1] == generation:
            return grant
    raise CannotOpen("this organisation holds no key to it")


def _secret_opener(
    session: Session, key_ring: KeyRing, part: Compartment, holder: UUID, slow: list[Slow]
) -> Callable[[_Held], bytes]:
    pairs = _pairs(session, key_ring, holder)
    opener = cache(lambda kid, generation: grants.opener(pairs[kid], part, generation))

    def secret_of(held: _Held) -> bytes:
        case_id, generation, suite, kid, wrapped, commitment = held
        pair = pairs.get(kid)
        if pair is not None and suite == SUITE_HOLDER:
            return opener(kid, generation)(case_id, wrapped, commitment)
        grant, place = Grant(suite, kid, wrapped, commitment), GrantPlace(holder, case_id, part, generation)
        # A grant from before pairs is wrapped by a root; without a pair the ring says what is missing.
        if pair is None or suite == SUITE_ROOT:
            return key_ring.open_grant(grant, place, None).secret
        key = open_with(pair, grant, place)
        slow.append(Slow(pair, key, wrapped))
        return key.secret

    return secret_of


def _pairs(session: Session, key_ring: KeyRing, holder: UUID) -> dict[int, KeyPair]:
    rows = session.scalars(select(OrganisationKey).where(OrganisationKey.organisation_id == holder))
    kept = ((row.version, kept_pair(row)) for row in rows)
    return {version: key_ring.open_pair(pair) for version, pair in kept if pair and key_ring.can_open(pair)}
