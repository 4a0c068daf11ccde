"""What crosses: an entry for a chain whose key is in the other tier, carried there by the database."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session, aliased

from intake.audit.chain import installation_chain
from intake.audit.event import Subject, canonical
from intake.audit.recorded import Joint, Recorded
from intake.ids import new_id
from intake.models import METADATA
from intake.models.crossing import Crossing, CrossingTaken
from intake.models.organisation import Organisation
from intake.vocabulary import SubjectKind, Tier

_CROSSINGS = METADATA.tables["crossing"]
_TAKEN = METADATA.tables["crossing_taken"]
#: The number of the lock under which one unit at a time takes crossings in, in one tier.
_LOCKS = {Tier.SCHOOL: 7_301, Tier.HUB: 7_302}


@dataclass(frozen=True, slots=True)
class Side:
    """Which chains are written in this tier."""

    session: Session
    tier: Tier

    def ours(self, organisation_ids: set[UUID]) -> frozenset[UUID]:
        """Return those whose keys are here; what is no organisation, as the installation, always is."""
        if not self.tier.is_split or not organisation_ids:
            return frozenset(organisation_ids)
        theirs = select(Organisation.id).where(
            Organisation.id.in_(organisation_ids), Organisation.kind.not_in(self.tier.kinds)
        )
        return frozenset(organisation_ids - set(self.session.scalars(theirs)))

    def chains(self, chain_ids: Iterable[UUID]) -> frozenset[UUID]:
        """Return those of these chains that are kept here, the installation's own among them.

        What is nobody's is kept nowhere: whoever put it there is to be found out on either side.
        """
        found = set(chain_ids)
        if self.tier.is_split:
            found -= {installation_chain(tier) for tier in Tier if tier is not self.tier}
        return self.ours(found)

    def is_ours(self, organisation_id: UUID) -> bool:
        """Whether this organisation's keys are here."""
        return bool(self.ours({organisation_id}))


def send(session: Session, crossing: list[Recorded], now: datetime) -> None:
    """Write what goes to the other tier; what it answers to has been written before, or crosses itself."""
    rows = [_row(each, now) for each in crossing]
    session.connection().execute(_CROSSINGS.insert(), rows)


def _row(recorded: Recorded, now: datetime) -> dict[str, Any]:
    joint, subject = recorded.joint, recorded.subject
    at = joint.written if isinstance(joint, Recorded) else joint
    waits_for = joint.crossing_id if isinstance(joint, Recorded) and at is None else None
    if joint is None or (at is None and waits_for is None):
        raise RuntimeError("what crosses answers to an entry that was written before it, or crosses itself")
    recorded.crossing_id = new_id()
    return {
        "id": recorded.crossing_id,
        "to_id": recorded.organisation_id,
        "from_id": joint.organisation_id,
        "from_seq": None if at is None else at.seq,
        "from_mac": None if at is None else at.mac,
        "answers_id": waits_for,
        "event": recorded.event,
        "subject_kind": subject.kind.value,
        "subject_id": subject.id,
        "reference": subject.reference,
        "detail": canonical(recorded.said()),
        "sent_at": now,
    }


def waiting(session: Session, tier: Tier, most: int) -> Iterator[Recorded]:
    """Yield what waits for this tier's chains and can be taken in, each sender's in the order it was sent.

    One unit at a time takes in: the next waits for its commit, and finds what is left.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_LOCKS[tier])))
    before = aliased(CrossingTaken)
    taken = exists().where(CrossingTaken.crossing_id == Crossing.id)
    rows = session.execute(
        select(Crossing, before.organisation_id, before.seq, before.mac)
        .join(Organisation, Organisation.id == Crossing.to_id)
        .outerjoin(before, before.crossing_id == Crossing.answers_id)
        .where(
            Organisation.kind.in_(tier.kinds),
            ~taken,
            Crossing.answers_id.is_(None) | before.seq.is_not(None),
        )
        .order_by(Crossing.from_id, Crossing.from_seq, Crossing.id)
        .limit(most)
    )
    for row, by, seq, mac in rows:
        joint = Joint(by, seq, mac)
        if row.from_seq is not None and row.from_mac is not None:
            joint = Joint(row.from_id, row.from_seq, row.from_mac)
        subject = Subject(SubjectKind(row.subject_kind), row.subject_id, row.reference)
        yield Recorded(row.event, json.loads(row.detail), None, row.to_id, subject, joint, crossing_id=row.id)


def mark_taken(session: Session, written: list[Recorded], now: datetime) -> None:
    """Keep which crossings stand in their chains now, and where; a second time the database refuses."""
    rows = [
        {
            "crossing_id": each.crossing_id,
            "organisation_id": each.place.organisation_id,
            "seq": each.place.seq,
            "mac": each.place.mac,
            "taken_at": now,
        }
        for each in written
        if each.crossing_id is not None
    ]
    if rows:
        session.connection().execute(_TAKEN.insert(), rows)


def crossed(organisation_id: UUID, wanted: Iterable[int]) -> Select[Any]:
    """Select the numbers and MACs of another tier's entries, as they crossed or as they were taken in."""
    wanted = set(wanted)
    sent = select(_CROSSINGS.c.from_seq, _CROSSINGS.c.from_mac).where(
        _CROSSINGS.c.from_id == organisation_id, _CROSSINGS.c.from_seq.in_(wanted)
    )
    taken = select(_TAKEN.c.seq, _TAKEN.c.mac).where(
        _TAKEN.c.organisation_id == organisation_id, _TAKEN.c.seq.in_(wanted)
    )
    both = sent.union(taken).subquery()
    return select(both.c[0], both.c[1])
