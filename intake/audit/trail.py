"""The trail in the database, read from end to end to prove that nobody changed it."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, func, select, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from intake.audit.attested import Attested
from intake.audit.chain import Head, Written, chain_key
from intake.audit.check import ChainCheck, Checked, Fault
from intake.audit.crossings import Side, crossed
from intake.audit.log import JOINT, Joint
from intake.crypto.key_ring import KeyRing
from intake.models import METADATA
from intake.models.crossing import Crossing
from intake.vocabulary import ChainFault, Tier

_ENTRIES = METADATA.tables["audit_entry"]
_HEADS = METADATA.tables["audit_head"]
_AT_ONCE = 10_000
_JOINTS_AT_ONCE = 2_000
_REMEMBERED = 16_384
_JOINED = f'"{JOINT}":'


#: The columns of an entry in the order of `Written`, as the database has them.
_IN_ORDER = (
    *("organisation_id", "seq", "at", "actor_id", "session_id", "event", "subject_kind", "subject_id"),
    *("reference", "detail", "prev_mac", "mac"),
)
_IDS = frozenset({"organisation_id", "actor_id", "session_id", "subject_id"})


def _text_of(name: str) -> ColumnElement[Any]:
    """Have PostgreSQL itself say ids and times as the MAC covers them: no object is made of them here."""
    column = _ENTRIES.c[name]
    if name == "at":
        return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    return cast(column, String) if name in _IDS else column


def _text_of_sqlite(name: str) -> ColumnElement[Any]:
    """Take what SQLite keeps as it is; only the time lacks its T and its zone."""
    kept = type_coerce(_ENTRIES.c[name], NullType())
    return func.replace(kept, " ", "T").concat("+00:00") if name == "at" else kept


_TEXTS = [_text_of(name) for name in _IN_ORDER]
_TEXTS_OF_SQLITE = [_text_of_sqlite(name) for name in _IN_ORDER]


@lru_cache(_REMEMBERED)
def _id(kept: str) -> str:
    """Write an id as everybody does; SQLite keeps its digits alone."""
    return f"{kept[:8]}-{kept[8:12]}-{kept[12:16]}-{kept[16:20]}-{kept[20:]}"


def _dashed(row: Iterable[Any]) -> Written:
    """Take a row of `_TEXTS_OF_SQLITE`."""
    chain, seq, at, actor, session, event, kind, subject, *rest = row
    actor, session, subject = actor and _id(actor), session and _id(session), subject and _id(subject)
    return Written(_id(chain), seq, at, actor, session, event, kind, subject, *rest)


class Trail:
    """Checks chains as they stood when the check began; what is added meanwhile waits for the next."""

    def __init__(self, session: Session, key_ring: KeyRing, tier: Tier = Tier.COMBINED) -> None:
        self._session = session
        self._key_ring = key_ring
        self._side = Side(session, tier)

    def organisations(self) -> tuple[UUID, ...]:
        """Return every organisation whose chain is kept here, or what is left of one."""
        chains = select(_HEADS.c.organisation_id).union(select(_ENTRIES.c.organisation_id))
        return tuple(sorted(self._side.chains(self._session.scalars(chains))))

    def check(self, organisation_id: UUID, attested: Attested | None = None) -> Checked:
        """Check one chain; where it is whole, also that every entry it answers to still stands elsewhere.

        A fault found in the second way names the other organisation's chain. What is proved, `attested`
        takes in.
        """
        joints: list[Joint] = []

        def collect(entry: Written) -> None:
            if attested is not None:
                attested.take(entry)
            if _JOINED in entry.detail:
                said = json.loads(entry.detail)[JOINT]
                joints.append(Joint(UUID(said["chain"]), said["seq"], bytes.fromhex(said["mac"])))

        head, last = self._end(organisation_id)
        key = chain_key(self._key_ring, organisation_id)
        checked = ChainCheck(organisation_id, key, seen=collect).run(
            self._entries(organisation_id, last), head
        )
        fault = next(self._loose(joints), None) if checked.whole else checked.fault
        return Checked(organisation_id, checked.entries, fault)

    def check_everything(self) -> Iterator[Checked]:
        """Check every chain there is."""
        return (self.check(organisation_id) for organisation_id in self.organisations())

    def take_theirs(self, attested: Attested) -> None:
        """Take in what can be read here of the other tier's chains, which are checked there."""
        if not self._side.tier.is_split:
            return
        chains = set(self._session.scalars(select(_ENTRIES.c.organisation_id).distinct()))
        for organisation_id in sorted(chains - self._side.chains(chains)):
            _, last = self._end(organisation_id)
            for entry in self._entries(organisation_id, last):
                attested.take(entry, ours=False)
        for detail, sent_at in self._session.execute(select(Crossing.detail, Crossing.sent_at)):
            attested.take_crossing(detail, sent_at)

    def _end(self, organisation_id: UUID) -> tuple[Head | None, int | None]:
        """Return the head and the last entry's number, if there is one, both read at one instant."""
        last = select(func.max(_ENTRIES.c.seq)).where(_ENTRIES.c.organisation_id == organisation_id)
        found = self._session.execute(
            select(_HEADS.c.seq, _HEADS.c.mac, _HEADS.c.seal, last.scalar_subquery())
            .select_from(select(1).subquery())
            .outerjoin(_HEADS, _HEADS.c.organisation_id == organisation_id)
        ).one()
        seq, mac, seal, last_seq = found
        return None if seq is None else Head(seq, mac, seal), last_seq

    def _entries(self, organisation_id: UUID, last: int | None) -> Iterator[Written]:
        sqlite = self._session.get_bind().dialect.name == "sqlite"
        columns, read = (_TEXTS_OF_SQLITE, _dashed) if sqlite else (_TEXTS, Written._make)
        of_chain = select(*columns).where(_ENTRIES.c.organisation_id == organisation_id)
        # From wherever the numbers begin: what was put below the first is no part of the chain, and shown.
        after: int | None = None
        while last is not None and after != last:
            beyond = of_chain if after is None else of_chain.where(_ENTRIES.c.seq > after)
            rows = self._session.execute(
                beyond.where(_ENTRIES.c.seq <= last).order_by(_ENTRIES.c.seq).limit(_AT_ONCE)
            )
            found = [read(row) for row in rows.all()]
            yield from found
            after = found[-1].seq if found else last

    def _loose(self, joints: list[Joint]) -> Iterator[Fault]:
        """Yield a fault for each entry of another chain that was answered to and is not there as it was."""
        for start in range(0, len(joints), _JOINTS_AT_ONCE):
            asked = joints[start : start + _JOINTS_AT_ONCE]
            found = self._macs(asked)
            for joint in asked:
                mac = found.get((joint.organisation_id, joint.seq))
                if mac != joint.mac:
                    kind = ChainFault.TRUNCATED if mac is None else ChainFault.FORK
                    yield Fault(joint.organisation_id, joint.seq, kind)

    def _macs(self, joints: list[Joint]) -> dict[tuple[UUID, int], bytes]:
        found: dict[tuple[UUID, int], bytes] = {}
        chains = {joint.organisation_id for joint in joints}
        # The hubs' tier reads every chain; the schools' sees of a hub's entry what crossed with its answer.
        read_here = self._side.chains(chains) if self._side.tier is Tier.SCHOOL else chains
        for organisation_id in chains:
            wanted = {joint.seq for joint in joints if joint.organisation_id == organisation_id}
            if organisation_id in read_here:
                rows = select(_ENTRIES.c.seq, _ENTRIES.c.mac).where(
                    _ENTRIES.c.organisation_id == organisation_id, _ENTRIES.c.seq.in_(wanted)
                )
            else:
                rows = crossed(organisation_id, wanted)
            found |= {(organisation_id, seq): mac for seq, mac in self._session.execute(rows)}
        return found
