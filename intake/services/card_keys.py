"""Cards opened by the thousand, for a search: the keys of some hundred are one query."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import Final, NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.crypto import envelope, grants
from intake.crypto.grants import SUITE_HOLDER, SUITE_ROOT, Grant, GrantPlace, open_with
from intake.crypto.inventory import SealedColumn
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import KeyPair
from intake.errors import CannotOpen
from intake.models import METADATA
from intake.models.key_grant import OrganisationKey
from intake.services.holders import kept_pair
from intake.vocabulary import Compartment

_GRANTS: Final = METADATA.tables["key_grant"]
_AT_ONCE: Final = 500


class SealedCard(NamedTuple):
    """A card in the row that has the id of its case, and which version of it."""

    case_id: UUID
    version: int
    blob: bytes


#: A grant: its case, its generation, by what it is wrapped, by which version of it, the key and what pins it.
_Held = tuple[UUID, int, int, int, bytes, bytes]


def open_cards(
    session: Session, key_ring: KeyRing, column: SealedColumn, sealed: Sequence[SealedCard], *, holder: UUID
) -> Iterator[list[bytes]]:
    """Yield the words of the cards, some hundred at a time, by the keys of one holder; or `CannotOpen`.

    The same is done to all of them before the next thing is: that alone saves a fifth of the time.
    """
    secret_of = _secret_opener(session, key_ring, column.compartment, holder)
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
    session: Session, key_ring: KeyRing, part: Compartment, holder: UUID
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
        return open_with(pair, grant, place).secret

    return secret_of


def _pairs(session: Session, key_ring: KeyRing, holder: UUID) -> dict[int, KeyPair]:
    rows = session.scalars(select(OrganisationKey).where(OrganisationKey.organisation_id == holder))
    kept = ((row.version, kept_pair(row)) for row in rows)
    return {version: key_ring.open_pair(pair) for version, pair in kept if pair and key_ring.can_open(pair)}
