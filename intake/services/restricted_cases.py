"""Finding what somebody may restrict, and what a restriction is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.audit.event import Subject
from intake.casework.documents.restriction import RestrictedWords, RestrictionReason
from intake.errors import Refused
from intake.models.concern import Concern
from intake.models.referral import Referral
from intake.models.restriction import Restriction
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.looks import closed_to
from intake.services.concern_rows import concern_for, file_for, subject_of
from intake.services.hub_case import about, hub_referral
from intake.vocabulary import SubjectKind


@dataclass(frozen=True, slots=True)
class Case:
    """What is to be restricted: its reference, empty for a child's file; who would lose it by name.

    Where nobody but the actor could decide on the restriction, it cannot be restricted: it is not `possible`.
    """

    subject: Subject
    reference: str
    restriction_id: UUID | None
    suggested: tuple[UUID, ...]
    possible: bool


@dataclass(frozen=True, slots=True)
class NoteTold:
    """A note that only the named may read."""

    at: datetime
    words: RestrictedWords


@dataclass(frozen=True, slots=True)
class RestrictionRead:
    """A restriction with its words and the names of those to whom it keeps the case."""

    id: UUID
    subject: Subject
    set_at: datetime
    lifted_at: datetime | None
    reason: RestrictionReason
    people: tuple[str, ...]
    notes: tuple[NoteTold, ...]
    may_change: bool


@dataclass(frozen=True, slots=True)
class ToChange:
    """Who could still be let in, by name; whether too few of the named are left for two to decide on it.

    In a school nobody breaks the glass: whoever is left lets somebody in `at_once`.
    """

    others: dict[UUID, str]
    too_few: bool
    at_once: bool


def case_to_restrict(
    session: Session, actor: Actor, kind: SubjectKind, case_id: UUID
) -> tuple[Subject, Iterable[UUID | None]]:
    """Return a case the actor may restrict, and who has it, wrote it down or read it. Raises `NotFound`."""
    if kind is SubjectKind.REFERRAL:
        referral = hub_referral(session, actor, Permission.REFERRAL_RESTRICT, case_id)
        return about(referral), (referral.taken_by,)
    if kind is SubjectKind.CONCERN:
        concern = concern_for(session, actor, Permission.CONCERN_RESTRICT, case_id)
        return subject_of(concern), (concern.recorded_by, concern.read_by)
    child_file = file_for(session, actor, Permission.CONCERN_RESTRICT, case_id)
    return Subject(kind, child_file.id), (child_file.made_by,)


def restricted_subject(session: Session, row: Restriction) -> Subject:
    """Return what an entry of the trail about a restriction is about."""
    if row.subject_kind is SubjectKind.REFERRAL:
        return about(session.get_one(Referral, row.case_id))
    if row.subject_kind is SubjectKind.CONCERN:
        return subject_of(session.get_one(Concern, row.case_id))
    return Subject(row.subject_kind, row.case_id)


def require_all_open(session: Session, actor: Actor, cases: frozenset[UUID]) -> None:
    """Raise `Refused` where one of these is closed to the actor: nobody hides what they may not see."""
    if cases & closed_to(session, actor):
        raise Refused("", "case.not_by_you")
