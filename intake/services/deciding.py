"""Whether those to whom a case is kept can still decide on that: one of them asks, another approves."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from intake.audit.events.restrictions import RestrictionLifted
from intake.audit.log import AuditLog
from intake.models.restriction import RestrictedCase
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.table import DUTY, LEADS, MANAGERS
from intake.queries.restrictions import colleagues, forsaken
from intake.services.restricted_cases import restricted_subject

#: One person alone would take a case with them when they leave.
FEWEST = 2
#: Whoever lost their telephone, or is given their role again, is not gone.
GONE_AFTER = timedelta(days=14)


def can_decide(session: Session, organisation_id: UUID, people: frozenset[UUID], at: datetime) -> bool:
    """Tell whether, of these people, one who works there now may ask for a change and another approve it."""
    approve = people.intersection(colleagues(session, organisation_id, LEADS | DUTY, at))
    ask = approve.intersection(colleagues(session, organisation_id, LEADS | MANAGERS, at))
    return bool(ask) and len(approve) >= FEWEST


def who_decides(session: Session, facts: Facts, actor: Actor, at: datetime) -> Facts:
    """Return the facts of a case with whether too few of those it is restricted to are left to decide."""
    if facts.only is None:
        return facts
    return replace(
        facts, too_few=not can_decide(session, actor.organisation_id, facts.only - facts.named, at)
    )


def lift_forsaken(session: Session, audit: AuditLog, at: datetime) -> None:
    """Open again what is restricted in a school to people who have all gone: no glass would ever find it."""
    for row in forsaken(session, at - GONE_AFTER):
        row.lifted_at = at
        session.execute(delete(RestrictedCase).where(RestrictedCase.restriction_id == row.id))
        subject = restricted_subject(session, row)
        event = RestrictionLifted(restriction_id=row.id)
        audit.record(event, actor=None, organisation_id=row.organisation_id, subject=subject)
