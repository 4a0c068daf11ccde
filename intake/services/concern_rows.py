"""Finding a concern or a child's file for somebody who may have it, and what policy must know of it."""

from uuid import UUID

from sqlalchemy.orm import Session

from intake.audit.event import Subject
from intake.errors import NotFound
from intake.models.concern import ChildFile, Concern
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.services.case_facts import facts_about
from intake.vocabulary import SubjectKind


def facts_of(session: Session, concern: Concern) -> Facts:
    """Return what policy must know of a concern."""
    facts = Facts(school_id=concern.organisation_id, recorded_by=concern.recorded_by)
    return facts_about(session, concern.id, facts, seen_from=concern.organisation_id)


def concern_for(
    session: Session, actor: Actor, permission: Permission, concern_id: UUID, *, to_change: bool = False
) -> Concern:
    """Return a concern with which the actor may do this; raises `NotFound` or `NotPermitted`.

    One that is about to be changed is locked, so that nobody else decides on it meanwhile.
    """
    concern = session.get(Concern, concern_id, with_for_update=to_change)
    if concern is None:
        raise NotFound
    require(actor, permission, facts_of(session, concern))
    return concern


def file_for(session: Session, actor: Actor, permission: Permission, child_file_id: UUID) -> ChildFile:
    """Return a child's file with which the actor may do this; raises `NotFound` or `NotPermitted`."""
    child_file = session.get(ChildFile, child_file_id)
    if child_file is None:
        raise NotFound
    facts = Facts(school_id=child_file.organisation_id)
    require(
        actor,
        permission,
        facts_about(session, child_file.id, facts, seen_from=child_file.organisation_id),
    )
    return child_file


def subject_of(concern: Concern) -> Subject:
    """Return what an entry of the trail about a concern is about."""
    return Subject(SubjectKind.CONCERN, concern.id, concern.reference)
