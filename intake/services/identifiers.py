"""The index of near-unique identifiers: which of a service's referrals carry one, and nothing of whom."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final
from uuid import UUID

from sqlalchemy import delete, or_, select

from intake.casework.identifiers import Identifier
from intake.clock import Clock
from intake.crypto import blind_index
from intake.crypto.blind_index import BlindIndex, identifier_index
from intake.crypto.key_ring import KeyRing
from intake.db import Unit, insert_missing
from intake.models.searching import IdentifierIndex, IdentifierToken
from intake.vocabulary import IdentifierKind

_TABLES: Final = (IdentifierToken, IdentifierIndex)
_AT_ONCE: Final = 500


class Identifiers:
    """Keeps and asks the index of a service; its keys mean nothing to any other, and no school has them."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing) -> None:
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring
        self._indexes: dict[tuple[UUID, IdentifierKind], BlindIndex] = {}

    @property
    def version(self) -> int:
        """The version of the index that is asked and kept now."""
        return blind_index.IDENTIFIER_INDEX

    def holding(self, hub_id: UUID, sought: frozenset[Identifier]) -> frozenset[UUID]:
        """Return which of a service's referrals are indexed under any of these identifiers."""
        tokens = self._tokens(hub_id, sought)
        if not tokens:
            return frozenset()
        any_of = ((IdentifierToken.kind == kind) & (IdentifierToken.token == token) for kind, token in tokens)
        found = select(IdentifierToken.case_id).where(
            IdentifierToken.organisation_id == hub_id,
            IdentifierToken.index_version == self.version,
            or_(*any_of),
        )
        return frozenset(self._session.scalars(found))

    def keep(self, hub_id: UUID, carried: Mapping[UUID, frozenset[Identifier]]) -> None:
        """Index a service's referrals, by what each of their cards carries, in place of what was indexed."""
        case_ids, now = tuple(carried), self._clock.now()
        here = {"organisation_id": hub_id, "index_version": self.version}
        for start in range(0, len(case_ids), _AT_ONCE):
            some = case_ids[start : start + _AT_ONCE]
            for table in _TABLES:
                self._session.execute(delete(table).where(table.case_id.in_(some)))
            self._insert(IdentifierIndex, [{"case_id": each, "indexed_at": now, **here} for each in some])
            tokens = [
                {"case_id": each, "kind": kind, "token": token, **here}
                for each in some
                for kind, token in self._tokens(hub_id, carried[each])
            ]
            self._insert(IdentifierToken, tokens)

    def forget(self, hub_id: UUID, case_ids: Collection[UUID]) -> None:
        """Take cases out of a service's index, because it has erased them."""
        for table in _TABLES:
            ours = (table.case_id.in_(case_ids), table.organisation_id == hub_id)
            self._session.execute(delete(table).where(*ours))

    def _insert(self, table: type[IdentifierIndex | IdentifierToken], rows: list[dict[str, object]]) -> None:
        if rows:
            # Two searches may index the same referral at once: what one of them kept, the other need not.
            self._session.execute(insert_missing(self._session, table), rows)

    def _tokens(self, hub_id: UUID, said: Iterable[Identifier]) -> set[tuple[IdentifierKind, bytes]]:
        return {(each.kind, self._index(hub_id, each.kind).token(each.written)) for each in said}

    def _index(self, hub_id: UUID, kind: IdentifierKind) -> BlindIndex:
        index = self._indexes.get((hub_id, kind))
        if index is None:
            index = BlindIndex.of(identifier_index(kind), self._key_ring, scope=hub_id)
            self._indexes[hub_id, kind] = index
        return index
