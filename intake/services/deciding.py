"""Whether those to whom a case is kept can still decide on that: one of them asks, another approves."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.policy.table import DUTY, LEADS, MANAGERS
from intake.queries.restrictions import colleagues

#: One person alone would take a case with them when they leave.
FEWEST = 2


def can_decide(session: Session, organisation_id: UUID, people: frozenset[UUID], at: datetime) -> bool:
    """Tell whether, of these people, one who works there now may ask for a change and another approve it."""
    approve = people.intersection(colleagues(session, organisation_id, LEADS | DUTY, at))
    ask = approve.intersection(colleagues(session, organisation_id, LEADS | MANAGERS, at))
    return bool(ask) and len(approve) >= FEWEST
