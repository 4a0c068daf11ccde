"""Checking the log: whether the entries there are now are those that were signed, here and elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.audit.log_rows import EntryGone, LogRows
from intake.audit.note import Checkpoint, LogKey, notes_in
from intake.audit.tree import Frontier
from intake.models import METADATA
from intake.vocabulary import LogFault

_CHECKPOINTS = METADATA.tables["audit_checkpoint"]


@dataclass(frozen=True, slots=True)
class LogWrong:
    """The first thing wrong: at which checkpoint, here or elsewhere, and the first entry not proved."""

    kind: LogFault
    size: int
    elsewhere: bool
    organisation_id: UUID | None = None
    seq: int | None = None


@dataclass(frozen=True, slots=True)
class LogChecked:
    """What a check found: how many entries and checkpoints agree, and what ended the row."""

    entries: int
    checkpoints: int
    fault: LogWrong | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing was found wrong."""
        return self.fault is None


@dataclass(frozen=True, slots=True)
class _Claim:
    """What a checkpoint, here or elsewhere, says of the log; None where it is not as this key signed it."""

    size: int
    said: Checkpoint | None
    elsewhere: bool = False
    follows: int | None = None
    edge: bytes | None = None

    def fault(self, frontier: Frontier, before: int) -> LogFault | None:
        """Return how it disagrees with the log up to it; `before` is the size of the one before it here."""
        if self.said is None or self.said.size != self.size:
            return LogFault.FORGED
        if self.follows not in {None, before}:
            return LogFault.LOST
        if self.said.root != frontier.root:
            return LogFault.REWRITTEN
        return LogFault.FORGED if self.edge not in {None, frontier.edge} else None


class LogCheck:
    """Reads the log from its first entry to its last, beside everything that was signed of it."""

    def __init__(self, session: Session, key: LogKey) -> None:
        self._session = session
        self._key = key
        # What is signed while the check runs waits for the next one.
        self._here = [*self._claims_here()]
        self._rows = LogRows(session)

    def run(self, witnessed: str = "") -> LogChecked:
        """Check; `witnessed` is the text of the file elsewhere."""
        claims = sorted([*self._here, *self._claims_elsewhere(witnessed)], key=attrgetter("size"))
        frontier, before, leaves = Frontier(), 0, self._rows.leaves()
        proved = agreed = 0
        for claim in claims:
            try:
                while frontier.size < min(claim.size, self._rows.size):
                    frontier.add(next(leaves))
            except EntryGone as gone:
                wrong = LogWrong(LogFault.LOST, claim.size, claim.elsewhere, gone.organisation_id, gone.seq)
                return LogChecked(proved, agreed, wrong)
            kind = LogFault.LOST if claim.size > frontier.size else claim.fault(frontier, before)
            if kind is not None:
                first = self._rows.place(proved) or (None, None)
                return LogChecked(proved, agreed, LogWrong(kind, claim.size, claim.elsewhere, *first))
            proved, agreed = claim.size, agreed + 1
            before = before if claim.elsewhere else claim.size
        return LogChecked(proved, agreed, self._unsigned(before))

    def _unsigned(self, signed: int) -> LogWrong | None:
        """Return what is wrong behind the last checkpoint: it was taken away, or a stretch was put in."""
        if not self._rows.follows:
            return LogWrong(LogFault.LOST, signed, elsewhere=False)
        first = self._rows.place(signed)
        last = self._session.scalar(select(_CHECKPOINTS.c.size).order_by(_CHECKPOINTS.c.size.desc()).limit(1))
        if first is None or (last or 0) > signed:
            return None
        return LogWrong(LogFault.LOST, signed, elsewhere=False, organisation_id=first[0], seq=first[1])

    def _claims_here(self) -> Iterator[_Claim]:
        for row in self._session.execute(select(_CHECKPOINTS).order_by(_CHECKPOINTS.c.size)):
            yield _Claim(row.size, self._key.open(row.signed), follows=row.follows, edge=row.edge)

    def _claims_elsewhere(self, text: str) -> Iterator[_Claim]:
        size, notes = 0, [*notes_in(text)]
        for number, (before, note) in enumerate(notes, start=1):
            # A last note that was cut short is completed by the next round; anything else was put there.
            if before.strip("\n") and not (number == len(notes) and self._begins(before.strip("\n"))):
                yield _Claim(size, None, elsewhere=True)
            said = self._key.open(note) if note else None
            size = said.size if said else size
            if note:
                yield _Claim(size, said, elsewhere=True)

    def _begins(self, torn: str) -> bool:
        return any(claim.said is not None and claim.said.note.startswith(torn) for claim in self._here)
