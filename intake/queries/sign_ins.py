"""What the trail says of somebody's sign-ins, for themselves alone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from intake.models.audit import AuditEntry

#: Counting stops here.
MOST_COUNTED: Final = 100


@dataclass(frozen=True, slots=True)
class OtherSignIns:
    """When somebody's account was last signed in to but for the session they look from, and the tries since.

    `at` is None where it never was; `failed` is never more than `MOST_COUNTED`.
    """

    at: datetime | None
    failed: int

    @property
    def or_more(self) -> bool:
        """Whether counting stopped before the tries did."""
        return self.failed == MOST_COUNTED


def others(
    session: Session, home: UUID, person_id: UUID, here: UUID, *, succeeded: str, failed: str
) -> OtherSignIns:
    """Return what the chain of somebody's own organisation says but for the session `here`.

    `succeeded` and `failed` are the names of the two kinds of entry.
    """
    theirs = AuditEntry.organisation_id == home, AuditEntry.subject_id == person_id
    last = session.execute(
        select(AuditEntry.at, AuditEntry.seq)
        .where(*theirs, AuditEntry.event == succeeded, AuditEntry.session_id != here)
        .order_by(AuditEntry.seq.desc())
        .limit(1)
    ).one_or_none()
    at, seq = (None, 0) if last is None else (last.at, last.seq)
    tries = select(AuditEntry.seq).where(*theirs, AuditEntry.event == failed, AuditEntry.seq > seq)
    counted = select(func.count()).select_from(tries.limit(MOST_COUNTED).subquery())
    return OtherSignIns(at, session.execute(counted).scalar_one())
