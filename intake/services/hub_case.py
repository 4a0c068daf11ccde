"""The hub's way to a referral: its clear header, if it is the actor's to work with, and moving it on."""

from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake.audit.event import Event, Subject
from intake.audit.log import AuditLog, Recorded
from intake.casework.triage import urgency_rank
from intake.errors import IllegalTransition, NotFound, StaleVersion
from intake.models.meeting import Meeting
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.services.case_facts import facts_about
from intake.vocabulary import ReferralAct, SubjectKind

#: What a refused act is said to follow when somebody else has the referral.
_NOT_YOURS = "taken by somebody else"


def hub_referral(session: Session, actor: Actor, permission: Permission, referral_id: UUID) -> Referral:
    """Return the header of a referral the actor may do this with.

    Raises `NotPermitted`, or `NotFound` where it is another hub's, is closed to the actor, or does not exist.
    """
    referral = session.get(Referral, referral_id)
    if referral is None:
        require(actor, permission, Facts())
        raise NotFound
    facts = Facts(school_id=referral.school_id, hub_id=referral.hub_id, sent_by=referral.sent_by)
    require(actor, permission, facts_about(session, referral_id, facts, seen_from=actor.organisation_id))
    return referral


def hub_meeting(
    session: Session, actor: Actor, permission: Permission, meeting_id: UUID
) -> tuple[Meeting, Referral]:
    """Return a meeting the actor may do this with, and the referral it is about. Raises as `hub_referral`."""
    meeting = session.get(Meeting, meeting_id)
    # A meeting that is not there is asked after as a referral that is not there: one answer for both.
    referral_id = meeting_id if meeting is None else meeting.referral_id
    referral = hub_referral(session, actor, permission, referral_id)
    if meeting is None:
        raise NotFound
    return meeting, referral


def require_current(referral: Referral, version: int) -> None:
    """Raise `StaleVersion` where somebody moved the referral on since the actor's page was made."""
    if referral.version != version:
        raise StaleVersion


def require_taken_by(referral: Referral, actor: Actor, act: ReferralAct) -> None:
    """Raise `IllegalTransition` unless the actor has the referral: whoever acts on it has taken it first."""
    if referral.taken_by != actor.person_id:
        raise IllegalTransition(_NOT_YOURS, act)


def move_on(session: Session, referral: Referral, version: int, **changes: object) -> None:
    """Change the header once, if nobody else has; raises `StaleVersion`.

    The rank by which the queue is sorted follows from what is in the header, so it is reckoned here.
    """
    colour: Any = changes.get("colour", referral.colour)
    state: Any = changes.get("state", referral.state)
    rank = urgency_rank(referral.danger_now, referral.missing_now, colour, state)
    moved = session.execute(
        update(Referral)
        .where(Referral.id == referral.id, Referral.version == version)
        .values(version=version + 1, urgency_rank=rank, **changes)
        .returning(Referral.version)
    )
    if moved.one_or_none() is None:
        raise StaleVersion


def move_meeting_on(session: Session, meeting: Meeting, **changes: object) -> None:
    """Change a meeting once, if nobody else has; raises `StaleVersion`."""
    moved = session.execute(
        update(Meeting)
        .where(Meeting.id == meeting.id, Meeting.version == meeting.version)
        .values(version=meeting.version + 1, **changes)
        .returning(Meeting.version)
    )
    if moved.one_or_none() is None:
        raise StaleVersion


def record_about(audit: AuditLog, event: Event, actor: Actor, referral: Referral) -> Recorded:
    """Record what the actor did about a referral, in their own organisation's chain."""
    return audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=about(referral))


def about(referral: Referral) -> Subject:
    """Return the referral as an entry of the trail names it."""
    return Subject(SubjectKind.REFERRAL, referral.id, referral.reference)
