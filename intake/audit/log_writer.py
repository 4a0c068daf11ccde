"""Adding to the log: what is new in every chain, and a signature over the whole."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.audit.log_notes import CHANGED
from intake.audit.log_rows import Stretch
from intake.audit.note import Checkpoint, LogKey
from intake.audit.tree import Frontier, leaf_hash
from intake.errors import NotContinued
from intake.models import METADATA

_ENTRIES = METADATA.tables["audit_entry"]
_HEADS = METADATA.tables["audit_head"]
_STRETCHES = METADATA.tables["audit_stretch"]
_CHECKPOINTS = METADATA.tables["audit_checkpoint"]

_MANY = 1_000
_LONG = timedelta(minutes=1)
#: So many entries are hashed in well under a second, and nobody who writes waits longer.
_MOST = 20_000

_BROKEN = "The chain of {chain} has no entry {seq}, so nothing more is signed. Look: intake audit verify"
_CLAIMED = (
    "The log names entry {seq} of chain {chain}, which has no such entry, so nothing more is signed. "
    "Look: intake audit verify"
)


class LogWriter:
    """Adds to the log in a unit that writes.

    No two checkpoints can follow the same one, so of two servers that sign at once one fails with an
    `IntegrityError`, and nothing of its checkpoint is kept or shown.
    """

    def __init__(self, session: Session, key: LogKey) -> None:
        self._session = session
        self._key = key

    def is_due(self, now: datetime) -> bool:
        """Whether a thousand entries are new, or any is and the last checkpoint is a minute old."""
        _, last = self._newest()
        size = 0 if last is None else last.size
        new = sum(stretch.end - stretch.start for stretch in self._new(size))
        return new >= _MANY or (new > 0 and (last is None or now - last.at >= _LONG))

    def append(self, now: datetime) -> Checkpoint | None:
        """Add what is new, sign it and return what was signed, or None where nothing is new.

        Raises `NotContinued` where what is here is not what was signed before.
        """
        frontier, last = self._newest()
        follows, stretches = frontier.size, [*self._new(frontier.size)]
        if not stretches:
            return None
        for stretch in stretches:
            self._add(frontier, stretch)
        signed = self._key.sign(frontier.size, frontier.root, now if last is None else max(now, last.at))
        connection = self._session.connection()
        row = {"size": signed.size, "follows": follows, "edge": frontier.edge, "signed": signed.note}
        connection.execute(_CHECKPOINTS.insert(), row)
        columns = ("start", "organisation_id", "first_seq", "last_seq")
        rows = [{name: getattr(each, name) for name in columns} for each in stretches]
        connection.execute(_STRETCHES.insert(), rows)
        return signed

    def _newest(self) -> tuple[Frontier, Checkpoint | None]:
        row = self._session.execute(
            select(_CHECKPOINTS).order_by(_CHECKPOINTS.c.size.desc()).limit(1)
        ).one_or_none()
        if row is None:
            return Frontier(), None
        frontier, signed = Frontier(row.size, row.edge), self._key.open(row.signed)
        if signed is None or (signed.size, signed.root) != (frontier.size, frontier.root):
            raise NotContinued(CHANGED)
        return frontier, signed

    def _new(self, size: int) -> Iterator[Stretch]:
        """Yield what each chain has that the log has not, chain by chain, at most so much at once.

        Raises `NotContinued` where the log claims more of a chain than there is: somebody put that there.
        """
        covered = (
            select(func.max(_STRETCHES.c.last_seq))
            .where(_STRETCHES.c.organisation_id == _HEADS.c.organisation_id)
            .scalar_subquery()
        )
        ends = select(_HEADS.c.organisation_id, _HEADS.c.seq, covered).order_by(_HEADS.c.organisation_id)
        room = _MOST
        for organisation_id, seq, last in self._session.execute(ends).all():
            if last is not None and last > seq:
                raise NotContinued(_CLAIMED.format(chain=organisation_id, seq=last))
            first = (last or 0) + 1
            many = min(seq - first + 1, room)
            if many > 0:
                yield Stretch(size, organisation_id, first, first + many - 1)
                size, room = size + many, room - many

    def _add(self, frontier: Frontier, stretch: Stretch) -> None:
        rows = self._session.execute(
            select(_ENTRIES.c.seq, _ENTRIES.c.mac)
            .where(
                _ENTRIES.c.organisation_id == stretch.organisation_id,
                _ENTRIES.c.seq.between(stretch.first_seq, stretch.last_seq),
            )
            .order_by(_ENTRIES.c.seq)
        ).all()
        found = {row.seq: row.mac for row in rows}
        for seq in range(stretch.first_seq, stretch.last_seq + 1):
            if seq not in found:
                raise NotContinued(_BROKEN.format(chain=stretch.organisation_id, seq=seq))
            frontier.add(leaf_hash(stretch.organisation_id, seq, found[seq]))
