"""The log: what happened in one unit of work, written into the chains in the same commit."""

import hashlib
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select

from intake.audit.chain import (
    GENESIS,
    PLATFORM,
    Entry,
    Head,
    chain_key,
    entry_mac,
    head_at,
    installation_chain,
)
from intake.audit.crossings import Side, mark_taken, send, waiting
from intake.audit.event import Event, Subject, canonical, detail_of
from intake.audit.recorded import (
    BEHIND_GLASS,
    JOINT,
    KEPT,
    SEALED,
    Doer,
    Joint,
    MayBreakGlass,
    Person,
    Recorded,
)
from intake.clock import Clock
from intake.crypto.binding import Binding
from intake.crypto.key_ring import KeyRing
from intake.db import Unit, insert_missing
from intake.models import METADATA
from intake.vocabulary import Tier

__all__ = [
    "BEHIND_GLASS",
    "JOINT",
    "KEPT",
    "SEALED",
    "AuditLog",
    "Doer",
    "Joint",
    "MayBreakGlass",
    "Person",
    "Recorded",
]

_ENTRIES = METADATA.tables["audit_entry"]
_HEADS = METADATA.tables["audit_head"]
_MOVE_HEAD = (
    _HEADS.update()
    .where(_HEADS.c.organisation_id == bindparam("chain"))
    .values(seq=bindparam("new_seq"), mac=bindparam("new_mac"), seal=bindparam("new_seal"))
)


class AuditLog:
    """Collects the events of one unit and writes them, heads locked last, just before its commit."""

    def __init__(self, unit: Unit, clock: Clock, key_ring: KeyRing, tier: Tier = Tier.COMBINED) -> None:
        self._session = unit.session
        self._tier = tier
        self.side = Side(unit.session, tier)
        self._clock = clock
        self._key_ring = key_ring
        self._pending: list[Recorded] = []
        self._sealed: list[tuple[str, str, int, str]] = []
        unit.before_commit(self._write)
        # Not when it is written: what a commit lost must be there to be kept elsewhere.
        unit.once_kept(self._pending.clear)

    def record(
        self,
        event: Event,
        *,
        actor: Doer | None,
        organisation_id: UUID,
        subject: Subject,
        joint: Recorded | Joint | None = None,
    ) -> Recorded:
        """Have `event` written into the chain of `organisation_id` at the commit.

        `actor` is None for what the program does by itself. `joint` is the entry of another
        organisation's chain this one answers to: the record of what was sent, for what was received.
        """
        if organisation_id == PLATFORM:
            organisation_id = installation_chain(self._tier)
        recorded = Recorded(
            event.NAME, detail_of(event), actor, organisation_id, subject, joint, self._sealed
        )
        self._sealed = []
        self._pending.append(recorded)
        return recorded

    def enter(self, recorded: Recorded) -> None:
        """Have an event written that was kept beside the database when it could not be written."""
        self._pending.append(recorded)

    def take_in(self, most: int) -> list[Recorded]:
        """Have what crossed from the other tier written into its chains at the commit, once; what it was."""
        taken = list(waiting(self._session, self._tier, most))
        self._pending.extend(taken)
        return taken

    def take_back(self) -> tuple[Recorded, ...]:
        """Return what was recorded and could not be written: whoever takes it answers for it now.

        What crossed from the other tier is not among it: it waits where it is.
        """
        taken = tuple(recorded for recorded in self._pending if recorded.crossing_id is None)
        self._pending.clear()
        return taken

    def note_sealed(self, binding: Binding, blob: bytes) -> None:
        """Have the next event recorded carry the SHA-256 of these sealed words: older ones put back show."""
        place = f"{binding.table}.{binding.column}"
        digest = hashlib.sha256(blob).hexdigest()
        self._sealed.append((place, str(binding.row_id), binding.version, digest))

    def _write(self) -> None:
        self._session.flush()
        if self._sealed:
            if not self._pending:
                raise RuntimeError("words were sealed and nothing was recorded")
            self._pending[-1].sealed.extend(self._sealed)
            self._sealed = []
        if self._pending:
            self._append(self._pending)

    def _append(self, pending: list[Recorded]) -> None:
        ours, crossing = self._sides(pending)
        if ours:
            self._add(ours)
        if crossing:
            send(self._session, crossing, self._clock.now())

    def _add(self, pending: list[Recorded]) -> None:
        ends = {
            organisation_id: _End(organisation_id, chain_key(self._key_ring, organisation_id), head)
            for organisation_id, head in self._lock_heads({recorded.organisation_id for recorded in pending})
        }
        # The time is told once the heads are held: no entry is older than the one it follows.
        now = self._clock.now()
        entries = [ends[recorded.organisation_id].add(recorded, now) for recorded in pending]
        self._session.connection().execute(_ENTRIES.insert(), [_columns(entry) for entry in entries])
        self._move_heads([end.moved() for end in ends.values()])
        mark_taken(self._session, pending, now)

    def _sides(self, pending: list[Recorded]) -> tuple[list[Recorded], list[Recorded]]:
        """Tell what is written here from what crosses: another tier's entries, and whatever answers to one.

        What crosses and answers to nothing answers to what was last recorded here: somebody did it.
        """
        here = self.side.ours({recorded.organisation_id for recorded in pending})
        ours: list[Recorded] = []
        crossing: list[Recorded] = []
        for recorded in pending:
            if recorded.organisation_id in here and recorded.joint not in crossing:
                ours.append(recorded)
                continue
            recorded.joint = recorded.joint or (ours[-1] if ours else None)
            crossing.append(recorded)
        return ours, crossing

    def _lock_heads(self, organisation_ids: set[UUID]) -> Iterable[tuple[UUID, Head]]:
        """Lock the heads, always in the same order, so that two units never wait for each other."""
        found = self._read_heads(organisation_ids)
        missing = organisation_ids - found.keys()
        if missing:
            self._begin_chains(missing)
            found = self._read_heads(organisation_ids)
        return found.items()

    def _move_heads(self, moved: list[dict[str, Any]]) -> None:
        self._session.connection().execute(_MOVE_HEAD, moved)

    def _read_heads(self, organisation_ids: set[UUID]) -> dict[UUID, Head]:
        rows = self._session.connection().execute(
            select(_HEADS)
            .where(_HEADS.c.organisation_id.in_(organisation_ids))
            .order_by(_HEADS.c.organisation_id)
            .with_for_update()
        )
        return {row.organisation_id: Head(row.seq, row.mac, row.seal) for row in rows}

    def _begin_chains(self, organisation_ids: set[UUID]) -> None:
        heads = {
            each: head_at(chain_key(self._key_ring, each), each, 0, GENESIS) for each in organisation_ids
        }
        rows = [{"organisation_id": each, **_columns(heads[each])} for each in sorted(heads)]
        self._session.connection().execute(insert_missing(self._session, _HEADS), rows)


class _End:
    """The end of one chain while a unit adds to it."""

    def __init__(self, organisation_id: UUID, key: bytes, head: Head) -> None:
        self._organisation_id = organisation_id
        self._key = key
        self._seq = head.seq
        self._mac = head.mac
        # A head that somebody moved is not put right by adding to it: it stays wrong until it is seen.
        self._broken = head if head != head_at(key, organisation_id, head.seq, head.mac) else None

    def add(self, recorded: Recorded, now: datetime) -> Entry:
        """Return the entry that follows, and let it be the end."""
        self._seq += 1
        actor, subject = recorded.actor, recorded.subject
        unsigned = Entry(
            organisation_id=self._organisation_id,
            seq=self._seq,
            at=now,
            actor_id=None if actor is None else actor.person_id,
            session_id=None if actor is None else actor.session_id,
            event=recorded.event,
            subject_kind=subject.kind.value,
            subject_id=subject.id,
            reference=subject.reference,
            detail=canonical(recorded.answering()),
            prev_mac=self._mac,
        )
        self._mac = entry_mac(self._key, unsigned)
        recorded.written = Joint(self._organisation_id, self._seq, self._mac)
        return replace(unsigned, mac=self._mac)

    def moved(self) -> dict[str, Any]:
        """Return how the head moves, as `_MOVE_HEAD` wants it."""
        head = head_at(self._key, self._organisation_id, self._seq, self._mac)
        seal = head.seal if self._broken is None else self._broken.seal
        return {"chain": self._organisation_id, "new_seq": head.seq, "new_mac": head.mac, "new_seal": seal}


def _columns(value: Entry | Head) -> dict[str, Any]:
    return {column.name: getattr(value, column.name) for column in fields(value)}
