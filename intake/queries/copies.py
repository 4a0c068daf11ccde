"""Copies for information: referrals that another service leads, by the receipt in this one's own trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.models.audit import AuditEntry
from intake.models.key_grant import KeyGrant
from intake.models.organisation import Organisation
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import require_role
from intake.queries.open_to import open_to
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


@dataclass(frozen=True, slots=True)
class CopyHeld:
    """One service that has a copy, as the school sees it."""

    hub_id: UUID
    hub: str
    received_at: datetime


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
        .where(*_received(actor.organisation_id), open_to(actor, Referral.id))
        .order_by(AuditEntry.seq.desc())
        .limit(MOST)
    )
    return tuple(CopyCard(*row) for row in rows)


def receipt(session: Session, hub_id: UUID, referral_id: UUID) -> datetime | None:
    """Return since when a hub has a copy of a referral that it may still open, None where it has none."""
    found = select(AuditEntry.at).join(Referral, Referral.id == AuditEntry.subject_id)
    of_this = (AuditEntry.subject_id == referral_id, *_received(hub_id))
    return session.scalars(found.where(*of_this).order_by(AuditEntry.seq.desc()).limit(1)).first()


def copies_of(session: Session, referral_id: UUID) -> tuple[CopyHeld, ...]:
    """Return who has a copy of a referral now, by name."""
    found = (
        select(Organisation.id, Organisation.name, func.max(AuditEntry.at))
        .join(AuditEntry, AuditEntry.organisation_id == Organisation.id)
        .join(Referral, Referral.id == AuditEntry.subject_id)
        .where(AuditEntry.subject_id == referral_id, *_received(Organisation.id))
        .group_by(Organisation.id, Organisation.name)
        .order_by(Organisation.name, Organisation.id)
    )
    return tuple(CopyHeld(*row) for row in session.execute(found))


def is_copy(session: Session, hub_id: UUID, referral_id: UUID) -> bool:
    """Say whether a hub was given a copy of a referral, may still open it, and does not have it itself."""
    return receipt(session, hub_id, referral_id) is not None


def _received(hub_id: UUID | InstrumentedAttribute[UUID]) -> tuple[ColumnElement[bool], ...]:
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
