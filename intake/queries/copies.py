"""Copies for information: referrals that another service leads, by the receipt in this one's own trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from intake.models.audit import AuditEntry
from intake.models.key_grant import KeyGrant
from intake.models.organisation import Organisation
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.queries.naming import not_named
from intake.vocabulary import Answer, Compartment

#: No list is longer: a copy is for information, and every one is still found by its reference in the trail.
MOST: Final = 50

#: The entry by which a copy was received.
_RECEIPT: Final = "referral.received_for_information"


@dataclass(frozen=True, slots=True)
class CopyCard:
    """One copy: no name stands here."""

    id: UUID
    reference: str
    school: str
    received_at: datetime
    service_slug: str | None
    danger_now: Answer
    missing_now: Answer


def copies(session: Session, actor: Actor) -> tuple[CopyCard, ...]:
    """Return the copies the actor's service was given and may still open, the last first."""
    require_role(actor, Permission.REFERRAL_READ_COPY)
    rows = session.execute(
        select(
            Referral.id,
            Referral.reference,
            Organisation.name.label("school"),
            AuditEntry.at.label("received_at"),
            Referral.service_slug,
            Referral.danger_now,
            Referral.missing_now,
        )
        .join(Referral, Referral.id == AuditEntry.subject_id)
        .join(Organisation, Organisation.id == Referral.school_id)
        .where(*_received(actor.organisation_id), not_named(actor, Referral.id))
        .order_by(AuditEntry.seq.desc())
        .limit(MOST)
    )
    return tuple(CopyCard(*row) for row in rows)


def is_copy(session: Session, hub_id: UUID, referral_id: UUID) -> bool:
    """Say whether a hub was given a copy of a referral, may still open it, and does not have it itself."""
    found = select(AuditEntry.seq).join(Referral, Referral.id == AuditEntry.subject_id)
    of_this = (AuditEntry.subject_id == referral_id, *_received(hub_id))
    return session.scalars(found.where(*of_this).limit(1)).first() is not None


def _received(hub_id: UUID) -> tuple[ColumnElement[bool], ...]:
    held = select(KeyGrant.id).where(
        KeyGrant.case_id == Referral.id,
        KeyGrant.compartment == Compartment.REFERRAL,
        KeyGrant.organisation_id == hub_id,
        KeyGrant.ended_at.is_(None),
    )
    return (
        AuditEntry.organisation_id == hub_id,
        AuditEntry.event == _RECEIPT,
        Referral.hub_id.is_distinct_from(hub_id),
        held.exists(),
    )
