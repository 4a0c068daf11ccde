"""Finding a referral for somebody in the school who may have it."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.audit.event import Subject
from intake.errors import NotFound
from intake.models.concern import Concern
from intake.models.referral import Referral, ReferralConcern
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.services.case_facts import facts_about, facts_about_many
from intake.vocabulary import SubjectKind


def sent_for(
    session: Session, actor: Actor, permission: Permission, referral_id: UUID, *, to_change: bool = False
) -> Referral:
    """Return a referral of the school with which the actor may do this; raises `NotFound`, `NotPermitted`.

    One that is about to be changed is locked, so that nobody else changes it meanwhile.
    """
    referral = session.get(Referral, referral_id, with_for_update=to_change)
    if referral is None:
        raise NotFound
    require(actor, permission, sent_facts(session, referral))
    return referral


def sent_facts(session: Session, referral: Referral) -> Facts:
    """Return what policy must know of a referral in the school that sent it."""
    return facts_about(session, referral.id, _before(referral), seen_from=referral.school_id)


def referrals_of(session: Session, concern: Concern) -> tuple[tuple[Referral, Facts], ...]:
    """Return the referrals a concern went into, newest first, with what policy must know of each."""
    rows = session.scalars(
        select(Referral)
        .join(ReferralConcern, ReferralConcern.referral_id == Referral.id)
        .where(ReferralConcern.concern_id == concern.id)
        .order_by(Referral.submitted_at.desc())
    ).all()
    facts = facts_about_many(
        session, {row.id: _before(row) for row in rows}, seen_from=concern.organisation_id
    )
    return tuple((row, facts[row.id]) for row in rows)


def _before(referral: Referral) -> Facts:
    return Facts(school_id=referral.school_id, sent_by=referral.sent_by)


def subject_of(referral: Referral) -> Subject:
    """Return what an entry of the trail about a referral is about."""
    return Subject(SubjectKind.REFERRAL, referral.id, referral.reference)
