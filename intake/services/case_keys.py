"""A new data key for each part of one case: its documents sealed anew under it, and the older keys destroyed.

For a case somebody may have copied the keys of. One column at a time, each in a unit of work of its own: what
was interrupted goes on where it stopped, and nobody who reads or writes the case meanwhile notices.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, update

from intake.audit.chain import PLATFORM
from intake.audit.event import INSTALLATION, Event
from intake.audit.events.keys import CaseKeyAdded, CaseKeyRetired, CaseResealed
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.crypto.binding import Binding
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import key_generation, open_sealed, seal
from intake.crypto.inventory import SEALED_COLUMNS, SealedColumn
from intake.crypto.key_ring import KeyRing
from intake.db import Unit
from intake.errors import CannotOpen, NotFound
from intake.models import METADATA
from intake.models.key_grant import KeyGrant
from intake.services.holders import Holders, held_grants, open_held
from intake.services.key_keeping import SETTLED
from intake.services.key_locks import lock_keys
from intake.services.keys import new_grants
from intake.services.sealed_rows import refusals_lifted, sealed_rows
from intake.vocabulary import Compartment


@dataclass(frozen=True, slots=True)
class OldDocument:
    """A document that is sealed under an older key of its part: its row, its envelope, and its place."""

    row_id: UUID
    was: bytes
    place: Binding


class CaseKeyKeeping:
    """An operator's work on the keys of one case, within one unit of work."""

    def __init__(
        self, unit: Unit, clock: Clock, key_ring: KeyRing, audit: AuditLog, holders: Holders
    ) -> None:
        self._unit = unit
        self._session = unit.session
        self._clock = clock
        self._key_ring = key_ring
        self._audit = audit
        self._holders = holders

    def parts(self, case_id: UUID) -> tuple[Compartment, ...]:
        """Return the parts of a case whose keys this ring opens; raises `NotFound` where there is none."""
        found = {
            grant.compartment
            for grant, kept in held_grants(self._session, KeyGrant.case_id == case_id)
            if self._holders.can_open(kept)
        }
        if not found:
            raise NotFound("There is no case with this id whose keys this key ring opens.")
        return tuple(sorted(found))

    def holders_of(self, case_id: UUID) -> frozenset[UUID]:
        """Return the organisations that hold a key of it which this ring opens: theirs is the case."""
        held = held_grants(self._session, KeyGrant.case_id == case_id, KeyGrant.ended_at.is_(None))
        return frozenset(grant.organisation_id for grant, kept in held if self._holders.can_open(kept))

    def columns(self, case_id: UUID) -> tuple[SealedColumn, ...]:
        """Return where its parts have documents; raises as `parts`."""
        parts = self.parts(case_id)
        return tuple(sealed for sealed in SEALED_COLUMNS if sealed.compartment in parts)

    def add_keys(self, case_id: UUID) -> None:
        """Make a new key for each part, granted to whoever holds one of it.

        Where that was begun and is not finished, give the newest to whoever has been given an older one only.
        """
        lock_keys(self._session, case_id)
        begun = self.is_under_way(case_id)
        for part in self.parts(case_id):
            key = max(self._keys(case_id, part).values(), key=lambda key: key.generation)
            self._hand_out(key if begun else DataKey.new(case_id, part, generation=key.generation + 1))

    def is_under_way(self, case_id: UUID) -> bool:
        """Whether a part has a newer key and its older one still: new keys were begun and not finished."""
        newest = func.max(KeyGrant.generation)
        parts = select(KeyGrant.compartment).where(KeyGrant.case_id == case_id).group_by(KeyGrant.compartment)
        return self._session.scalars(parts.having(newest > func.min(KeyGrant.generation))).first() is not None

    def documents(self, case_id: UUID) -> int:
        """Return how many sealed documents the parts have."""
        return sum(
            len(self._session.execute(sealed_rows(sealed, case_id)).all()) for sealed in self.columns(case_id)
        )

    def left(self, case_id: UUID) -> int:
        """Return how many documents are still sealed under an older key."""
        return sum(len(list(self._old_documents(case_id, sealed))) for sealed in self.columns(case_id))

    def reseal(self, case_id: UUID, sealed: SealedColumn) -> int:
        """Seal one column's documents of the case anew under the newest key; returns how many.

        Raises `CannotOpen`, and changes nothing, where one of them does not open, before or after.
        """
        keys = self._keys(case_id, sealed.compartment)
        newest = max(keys.values(), key=lambda key: key.generation, default=None)
        old = [] if newest is None else list(self._old_documents(case_id, sealed))
        if newest is None or not old:
            return 0
        done = 0
        with refusals_lifted(self._session, sealed.table):
            for document in old:
                done += self._reseal_one(sealed, document, keys, newest)
        if done:
            self._record(CaseResealed(case_id=case_id, documents=done))
        return done

    def retire(self, case_id: UUID) -> int:
        """Destroy the older keys of parts that need none of them any more; returns of how many parts.

        One is needed where something is sealed under it, and where somebody holds no newer one.
        """
        lock_keys(self._session, case_id)
        retired = 0
        for part in self.parts(case_id):
            newest, since = self._newest(case_id, part)
            columns = [sealed for sealed in SEALED_COLUMNS if sealed.compartment == part]
            used = any(True for sealed in columns for _ in self._old_documents(case_id, sealed))
            needed = used or self._holders_without(case_id, part, newest)
            if newest == 1 or needed or since > self._clock.now() - SETTLED:
                continue
            gone = self._session.execute(
                delete(KeyGrant).where(
                    KeyGrant.case_id == case_id, KeyGrant.compartment == part, KeyGrant.generation < newest
                )
            )
            if gone.rowcount:  # type: ignore[attr-defined]  # what a DELETE answers with
                retired += 1
                # Destroyed is what SQLite's journal has not got either.
                self._unit.clear_remains()
                self._record(CaseKeyRetired(case_id=case_id, compartment=part, before=newest))
        return retired

    def _hand_out(self, key: DataKey) -> None:
        """Grant a key to whoever holds an older one of its part only; where nobody does, it is not kept."""
        holders = self._holders_without(key.case_id, key.compartment, key.generation)
        if not holders:
            return
        here = (KeyGrant.case_id == key.case_id, KeyGrant.compartment == key.compartment)
        this = (*here, KeyGrant.generation == key.generation, KeyGrant.organisation_id.in_(holders))
        self._session.execute(delete(KeyGrant).where(*this))
        self._session.add_all(new_grants(key, self._holders.public_keys(holders), holders, self._clock.now()))
        self._record(
            CaseKeyAdded(case_id=key.case_id, compartment=key.compartment, generation=key.generation)
        )

    def _holders_without(self, case_id: UUID, part: Compartment, generation: int) -> set[UUID]:
        """Return who holds a key of a part, and only older ones than this."""
        held = select(KeyGrant.organisation_id).where(
            KeyGrant.case_id == case_id, KeyGrant.compartment == part, KeyGrant.ended_at.is_(None)
        )
        only = held.group_by(KeyGrant.organisation_id).having(func.max(KeyGrant.generation) < generation)
        return set(self._session.scalars(only))

    def _reseal_one(
        self, sealed: SealedColumn, old: OldDocument, keys: dict[int, DataKey], newest: DataKey
    ) -> bool:
        key = keys.get(key_generation(old.was))
        if key is None:
            raise CannotOpen(f"The key of a document in {sealed.table}.{sealed.column} is not there.")
        words = open_sealed(old.was, key=key, binding=old.place)
        now = seal(words, key=newest, binding=old.place)
        if open_sealed(now, key=newest, binding=old.place) != words:
            raise CannotOpen("a document that does not open again does not take the place of one that does")
        table = METADATA.tables[sealed.table]
        changed = self._session.connection().execute(
            update(table)
            .where(table.c[sealed.row] == old.row_id, table.c[sealed.column] == old.was)
            .values({sealed.column: now})
        )
        if changed.rowcount:
            self._audit.note_sealed(old.place, now)
        return bool(changed.rowcount)

    def _old_documents(self, case_id: UUID, sealed: SealedColumn) -> Iterator[OldDocument]:
        newest, _ = self._newest(case_id, sealed.compartment)
        for row_id, _, version, was in self._session.execute(sealed_rows(sealed, case_id)):
            if key_generation(was) < newest:
                place = sealed.place(row_id=row_id, case_id=case_id, version=version)
                yield OldDocument(row_id, was, place)

    def _newest(self, case_id: UUID, part: Compartment) -> tuple[int, datetime]:
        """Return the newest generation of a part's key, and since when it is there."""
        found = select(KeyGrant.generation, func.min(KeyGrant.granted_at)).where(
            KeyGrant.case_id == case_id, KeyGrant.compartment == part
        )
        newest_first = found.group_by(KeyGrant.generation).order_by(KeyGrant.generation.desc())
        generation, since = self._session.execute(newest_first.limit(1)).one()
        return generation, since

    def _keys(self, case_id: UUID, part: Compartment) -> dict[int, DataKey]:
        """Return every key of a part that this ring opens, whoever holds it, by generation."""
        here = (KeyGrant.case_id == case_id, KeyGrant.compartment == part)
        return {
            grant.generation: open_held(self._key_ring, grant, kept)
            for grant, kept in held_grants(self._session, *here)
            if self._holders.can_open(kept)
        }

    def _record(self, event: Event) -> None:
        self._audit.record(event, actor=None, organisation_id=PLATFORM, subject=INSTALLATION)
