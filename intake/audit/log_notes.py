"""The checkpoints of this database, as those who keep them elsewhere ask for them."""

from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.audit.log_rows import EntryGone, LogRows
from intake.audit.note import Checkpoint, LogKey
from intake.audit.tree import Frontier, consistency_path
from intake.errors import NotContinued
from intake.models import METADATA

_CHECKPOINTS = METADATA.tables["audit_checkpoint"]

CHANGED = "The newest checkpoint in the database is not as it was signed. Look: intake audit verify"
_AHEAD = (
    "A checkpoint was kept elsewhere that this database has not got: it was put back to an earlier state, or "
    "lost what was written. Nothing more is signed. Look: intake audit verify"
)


class LogNotes:
    """What was signed, in order."""

    def __init__(self, session: Session, key: LogKey) -> None:
        self._session = session
        self._key = key

    def newest(self) -> Checkpoint | None:
        """Return the newest checkpoint; raises `NotContinued` where it is not as it was signed."""
        note = self._session.scalar(
            select(_CHECKPOINTS.c.signed).order_by(_CHECKPOINTS.c.size.desc()).limit(1)
        )
        if note is None:
            return None
        signed = self._key.open(note)
        if signed is None:
            raise NotContinued(CHANGED)
        return signed

    def after(self, kept: str) -> list[str]:
        """Return every note that follows this one, in order; all where it is empty.

        Raises `NotContinued` where this database has not got it: nothing may be signed beside it then.
        """
        notes = select(_CHECKPOINTS.c.signed).order_by(_CHECKPOINTS.c.size)
        if not kept:
            return [*self._session.scalars(notes)]
        size = self._session.scalar(select(_CHECKPOINTS.c.size).where(_CHECKPOINTS.c.signed == kept))
        if size is None:
            raise NotContinued(_AHEAD)
        return [*self._session.scalars(notes.where(_CHECKPOINTS.c.size > size))]

    def growth(self, since: int, newest: Checkpoint) -> list[bytes]:
        """Return the proof that the newest checkpoint only adds to the one of that size.

        Raises `NotContinued` where there is none of that size here, or its entries are gone.
        """
        if since in {0, newest.size}:
            return []
        edge = self._session.scalar(select(_CHECKPOINTS.c.edge).where(_CHECKPOINTS.c.size == since))
        if edge is None:
            raise NotContinued(_AHEAD)
        try:
            added = [*LogRows(self._session, since).leaves(newest.size)]
        except EntryGone as gone:
            raise NotContinued(_AHEAD) from gone
        return consistency_path(Frontier(since, edge), added)


class Keeper(Protocol):
    """Somebody elsewhere who keeps checkpoints."""

    def tell(self, notes: LogNotes) -> None:
        """Have them keep what they have not got.

        Raises `NotConfigured` where they cannot be told, `NotContinued` where they keep something else.
        """
