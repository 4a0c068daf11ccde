"""Entering what was opened while the database could only be read: each batch once, whatever stops it."""

from collections.abc import Sequence

from sqlalchemy import insert, select

from intake.audit.spool import Batch
from intake.models.audit import AuditBatch
from intake.services.workplace import Workplace


class KeptBeside:
    """Hands the second sink's batches to the chains they belong to."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def round(self) -> int:
        """Enter all that waits and return how many batches. Raises `NotContinued` for a changed file."""
        spool = self._place.tools.spool
        return 0 if spool is None else spool.hand_over(self._enter)

    def _enter(self, batches: Sequence[Batch]) -> None:
        with self._place.writing() as services:
            session = services.unit.session
            wanted = [batch.id for batch in batches]
            known = set(session.scalars(select(AuditBatch.id).where(AuditBatch.id.in_(wanted))))
            for batch in batches:
                if batch.id in known:
                    continue
                session.execute(
                    insert(AuditBatch).values(id=batch.id, entered_at=self._place.tools.clock.now())
                )
                for recorded in batch.recorded:
                    services.audit.enter(recorded)
