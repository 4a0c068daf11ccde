"""Entries of the trail by the thousand, each in its organisation's chain as the program would write it."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from intake.audit.chain import Entry, chain_key, entry_mac, head_at
from intake.audit.event import Event, Subject, canonical, detail_of
from intake.audit.log import JOINT, SEALED, Joint
from intake.bench.bulk import Bulk
from intake.crypto.key_ring import KeyRing
from intake.models import METADATA

_HEADS = METADATA.tables["audit_head"]
_COLUMNS = tuple(field.name for field in fields(Entry))

#: What of sealed words an entry carries: place, row, version and digest.
Noted = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True)
class Happening:
    """An event, and what its entry says of it."""

    event: Event
    at: datetime
    actor_id: UUID | None
    subject: Subject
    sealed: tuple[Noted, ...] = ()
    joint: Joint | None = None


class Chain:
    """The end of one organisation's chain while entries are added to it."""

    def __init__(self, connection: Connection, key_ring: KeyRing, organisation_id: UUID) -> None:
        self._organisation_id = organisation_id
        self._key = chain_key(key_ring, organisation_id)
        head = connection.execute(_HEADS.select().where(_HEADS.c.organisation_id == organisation_id)).one()
        self._seq, self._mac = head.seq, head.mac

    def add(self, bulk: Bulk, happening: Happening) -> Joint:
        """Have the next entry written; returns where it stands."""
        self._seq += 1
        detail: dict[str, Any] = detail_of(happening.event)
        if happening.sealed:
            detail[SEALED] = happening.sealed
        if happening.joint is not None:
            there = happening.joint
            detail[JOINT] = {"chain": str(there.organisation_id), "seq": there.seq, "mac": there.mac.hex()}
        subject = happening.subject
        unsigned = Entry(
            organisation_id=self._organisation_id,
            seq=self._seq,
            at=happening.at,
            actor_id=happening.actor_id,
            session_id=None,
            event=happening.event.NAME,
            subject_kind=subject.kind.value,
            subject_id=subject.id,
            reference=subject.reference,
            detail=canonical(detail),
            prev_mac=self._mac,
        )
        self._mac = entry_mac(self._key, unsigned)
        row = {name: getattr(unsigned, name) for name in _COLUMNS}
        bulk.add("audit_entry", **row | {"mac": self._mac})
        return Joint(self._organisation_id, self._seq, self._mac)

    def end(self, connection: Connection) -> None:
        """Move the chain's head to its last entry."""
        head = head_at(self._key, self._organisation_id, self._seq, self._mac)
        connection.execute(
            _HEADS.update()
            .where(_HEADS.c.organisation_id == self._organisation_id)
            .values(seq=head.seq, mac=head.mac, seal=head.seal)
        )
