"""Checking a chain: whether it is whole, and if not, which entry is the first that is wrong and how."""

import hmac
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain as one_after_another
from uuid import UUID

from intake.audit.chain import GENESIS, Head, Written, head_at, macs_under
from intake.vocabulary import ChainFault


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place at which a chain is wrong."""

    organisation_id: UUID
    seq: int
    kind: ChainFault


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found: how many entries in a row are whole, and the fault that ended the row."""

    organisation_id: UUID
    entries: int
    fault: Fault | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing was found wrong."""
        return self.fault is None


class ChainCheck:
    """Checks one organisation's chain, entry by entry in order of number, holding none in memory."""

    def __init__(
        self, organisation_id: UUID, key: bytes, *, seen: Callable[[Written], None] | None = None
    ) -> None:
        self._organisation_id = organisation_id
        self._chain = str(organisation_id)
        self._key = key
        self._mac = macs_under(key)
        self._seen = seen
        self._seq = 0
        self._last = GENESIS

    def run(self, entries: Iterable[Written], head: Head | None) -> Checked:
        """Check `entries`, sorted by number, against each other and against the head."""
        stream, seen = iter(entries), self._seen
        seq, last, genuine = self._seq, self._last, self._is_genuine
        for entry in stream:
            if not (entry.seq == seq + 1 and entry.prev_mac == last and genuine(entry)):
                self._seq, self._last = seq, last
                return self._found(*self._name(entry, stream, head))
            seq, last = entry.seq, entry.mac
            if seen is not None:
                seen(entry)
        self._seq, self._last = seq, last
        return self._check_head(head)

    def _check_head(self, head: Head | None) -> Checked:
        if head is None:
            return (
                Checked(self._organisation_id, 0)
                if self._seq == 0
                else self._found(self._seq, ChainFault.HEAD)
            )
        if head.seq > self._seq:
            return self._found(self._seq + 1, ChainFault.TRUNCATED)
        wanted = head_at(self._key, self._organisation_id, self._seq, self._last)
        if head.seq < self._seq or head.mac != wanted.mac or not hmac.compare_digest(head.seal, wanted.seal):
            return self._found(head.seq, ChainFault.HEAD)
        return Checked(self._organisation_id, self._seq)

    def _name(self, entry: Written, rest: Iterator[Written], head: Head | None) -> tuple[int, ChainFault]:
        """Name the fault at an entry that does not follow; reads what comes after it for evidence."""
        wanted = self._seq + 1
        if entry.seq < wanted:
            copied = entry.mac == self._last or not self._is_genuine(entry)
            return entry.seq, ChainFault.INSERTED if copied else ChainFault.FORK
        if entry.seq > wanted:
            moved = any(self._belongs_here(other) for other in one_after_another((entry,), rest))
            return wanted, ChainFault.REORDERED if moved else ChainFault.MISSING
        if self._is_genuine(entry):
            return wanted, ChainFault.FORK
        if head is not None and wanted > head.seq:
            return wanted, ChainFault.INSERTED
        return wanted, self._name_false(entry, rest, head)

    def _name_false(self, entry: Written, rest: Iterator[Written], head: Head | None) -> ChainFault:
        last, pushed_aside = max(entry.seq, head.seq if head else 0), False
        for other in rest:
            last = max(last, other.seq)
            pushed_aside = pushed_aside or self._belongs_here(other)
        from_elsewhere = self._true_seq(entry, last + 1)
        if pushed_aside:
            return ChainFault.REORDERED if from_elsewhere else ChainFault.INSERTED
        return ChainFault.MISSING if from_elsewhere > entry.seq else ChainFault.ALTERED

    def _belongs_here(self, entry: Written) -> bool:
        return entry.prev_mac == self._last and self._is_genuine(entry._replace(seq=self._seq + 1))

    def _true_seq(self, entry: Written, last: int) -> int:
        """Return the number under which the entry was once written, or 0 where it is under none."""
        numbers = (seq for seq in range(1, last + 1) if self._is_genuine(entry._replace(seq=seq)))
        return next(numbers, 0)

    def _is_genuine(self, entry: Written) -> bool:
        return entry.chain == self._chain and hmac.compare_digest(entry.mac, self._mac(entry))

    def _found(self, seq: int, kind: ChainFault) -> Checked:
        return Checked(self._organisation_id, self._seq, Fault(self._organisation_id, seq, kind))
