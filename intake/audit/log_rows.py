"""The log as it stands in the database: which entries are where in it, and their leaves."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.audit.tree import leaf_hash
from intake.models import METADATA

_ENTRIES = METADATA.tables["audit_entry"]
_STRETCHES = METADATA.tables["audit_stretch"]
_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """Consecutive entries of one chain, and where in the log the first of them stands."""

    start: int
    organisation_id: UUID
    first_seq: int
    last_seq: int

    @property
    def end(self) -> int:
        """Where in the log the next one begins."""
        return self.start + self.last_seq - self.first_seq + 1

    def between(self, start: int, end: int) -> "Stretch":
        """Return the part of it that stands at these places of the log."""
        moved = self.first_seq - self.start
        low, high = max(self.start, start), min(self.end, end)
        return Stretch(low, self.organisation_id, low + moved, high + moved - 1)


class EntryGone(Exception):
    """An entry that stands in the log is not in its chain."""

    def __init__(self, organisation_id: UUID, seq: int) -> None:
        super().__init__(f"entry {seq} of chain {organisation_id}")
        self.organisation_id = organisation_id
        self.seq = seq


class LogRows:
    """Reads the log: stretches that follow each other without a gap, in each chain and altogether."""

    def __init__(self, session: Session, since: int = 0) -> None:
        """Read it from the beginning, or from where a checkpoint ended."""
        self._session = session
        self._since = since
        #: Whether every stretch there is follows the one before it.
        self.follows = True
        self.stretches = tuple(self._whole())
        self.size = self.stretches[-1].end if self.stretches else since

    def leaves(self, size: int | None = None) -> Iterator[bytes]:
        """Yield the leaves in order up to `size`; raises `EntryGone` at one whose entry is not there."""
        end = self.size if size is None else size
        for start in range(self._since, end, _AT_ONCE):
            yield from self._leaves_of([*self._between(start, min(start + _AT_ONCE, end))])

    def place(self, index: int) -> tuple[UUID, int] | None:
        """Return the chain and number of the entry at this place of the log, or None past its end."""
        found = next(self._between(index, index + 1), None)
        return None if found is None else (found.organisation_id, found.first_seq)

    def index(self, organisation_id: UUID, seq: int) -> int | None:
        """Return where an entry stands in the log, or None where it is not in it."""
        return next(
            (
                each.start + seq - each.first_seq
                for each in self.stretches
                if each.organisation_id == organisation_id and each.first_seq <= seq <= each.last_seq
            ),
            None,
        )

    def _whole(self) -> Iterator[Stretch]:
        """Yield the stretches up to the first that does not follow what stands before it."""
        end, ends = self._since, dict[UUID, int]()
        found = select(_STRETCHES).order_by(_STRETCHES.c.start)
        if self._since:
            found = found.where(_STRETCHES.c.start >= self._since)
        for row in self._session.execute(found):
            stretch = Stretch(row.start, row.organisation_id, row.first_seq, row.last_seq)
            before = ends.get(stretch.organisation_id, stretch.first_seq - 1 if self._since else 0)
            if not (stretch.start == end and stretch.first_seq == before + 1 <= stretch.last_seq):
                self.follows = False
                return
            end, ends[stretch.organisation_id] = stretch.end, stretch.last_seq
            yield stretch

    def _between(self, start: int, end: int) -> Iterator[Stretch]:
        at = bisect_right(self.stretches, start, key=lambda each: each.end)
        for stretch in self.stretches[at:]:
            if stretch.start >= end:
                return
            yield stretch.between(start, end)

    def _leaves_of(self, stretches: Sequence[Stretch]) -> Iterator[bytes]:
        # The stretches of one chain follow each other, so what is read of it at once has no gap.
        spans: dict[UUID, tuple[int, int]] = {}
        for each in stretches:
            first, _ = spans.get(each.organisation_id, (each.first_seq, 0))
            spans[each.organisation_id] = first, each.last_seq
        macs = {chain: self._macs(chain, first, last) for chain, (first, last) in spans.items()}
        for each in stretches:
            of_chain = macs[each.organisation_id]
            for seq in range(each.first_seq, each.last_seq + 1):
                mac = of_chain.get(seq)
                if mac is None:
                    raise EntryGone(each.organisation_id, seq)
                yield leaf_hash(each.organisation_id, seq, mac)

    def _macs(self, organisation_id: UUID, first: int, last: int) -> dict[int, bytes]:
        rows = self._session.execute(
            select(_ENTRIES.c.seq, _ENTRIES.c.mac).where(
                _ENTRIES.c.organisation_id == organisation_id, _ENTRIES.c.seq.between(first, last)
            )
        )
        return {row.seq: row.mac for row in rows}
