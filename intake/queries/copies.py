"""Copies for information: referrals that another service leads, by the receipt in this one's own trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement, Subquery, exists, func, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from intake.models.audit import AuditEntry
from intake.models.crossing import Crossing, CrossingTaken
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
#: The entry by which what an organisation holds of a referral ended.
_END: Final = "grant.ended"


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
    receipts = _receipts(hub_id=actor.organisation_id)
    rows = session.execute(
        select(
            Referral.id,
            Referral.reference,
            Organisation.name.label("school"),
            receipts.c.at.label("received_at"),
            Referral.service_slug,
            Referral.danger_now,
            Referral.missing_now,
        )
        .join(Referral, Referral.id == receipts.c.subject_id)
        .join(Organisation, Organisation.id == Referral.school_id)
        .where(*_held(receipts.c.organisation_id), open_to(actor, Referral.id))
        .order_by(receipts.c.at.desc(), receipts.c.seq.desc())
        .limit(MOST)
    )
    return tuple(CopyCard(*row) for row in rows)


def receipt(session: Session, hub_id: UUID, referral_id: UUID) -> datetime | None:
    """Return since when a hub has a copy of a referral that it may still open, None where it has none."""
    receipts = _receipts(hub_id=hub_id, referral_id=referral_id)
    found = select(func.max(receipts.c.at)).join(Referral, Referral.id == receipts.c.subject_id)
    return session.scalars(found.where(*_held(receipts.c.organisation_id))).first()


def copies_of(session: Session, referral_id: UUID) -> tuple[CopyHeld, ...]:
    """Return who has a copy of a referral now, by name."""
    receipts = _receipts(referral_id=referral_id)
    found = (
        select(Organisation.id, Organisation.name, func.max(receipts.c.at))
        .join(receipts, receipts.c.organisation_id == Organisation.id)
        .join(Referral, Referral.id == receipts.c.subject_id)
        .where(*_held(Organisation.id))
        .group_by(Organisation.id, Organisation.name)
        .order_by(Organisation.name, Organisation.id)
    )
    return tuple(CopyHeld(*row) for row in session.execute(found))


def is_copy(session: Session, hub_id: UUID, referral_id: UUID) -> bool:
    """Say whether a hub was given a copy of a referral, may still open it, and does not have it itself."""
    return receipt(session, hub_id, referral_id) is not None


def _receipts(*, hub_id: UUID | None = None, referral_id: UUID | None = None) -> Subquery:
    """Return receipts: in the hub's chain, or on their way to it, for the copy is there already."""
    written = select(AuditEntry.organisation_id, AuditEntry.subject_id, AuditEntry.at, AuditEntry.seq)
    crossing = select(Crossing.to_id, Crossing.subject_id, Crossing.sent_at, literal(0)).where(_waits())
    here, there = [AuditEntry.event == _RECEIPT], [Crossing.event == _RECEIPT]
    if hub_id is not None:
        here.append(AuditEntry.organisation_id == hub_id)
        there.append(Crossing.to_id == hub_id)
    if referral_id is not None:
        here.append(AuditEntry.subject_id == referral_id)
        there.append(Crossing.subject_id == referral_id)
    return union_all(written.where(*here), crossing.where(*there)).subquery()


def _held(hub_id: ColumnElement[UUID] | InstrumentedAttribute[UUID]) -> tuple[ColumnElement[bool], ...]:
    """Hold a query to copies that may be opened: the hub does not lead, has the key, and keeps it."""
    grant = (KeyGrant.case_id == Referral.id, KeyGrant.organisation_id == hub_id)
    stands = exists().where(*grant, KeyGrant.compartment == Compartment.REFERRAL, KeyGrant.ended_at.is_(None))
    ending = exists().where(
        Crossing.to_id == hub_id, Crossing.subject_id == Referral.id, Crossing.event == _END, _waits()
    )
    return Referral.hub_id.is_distinct_from(hub_id), stands, ~ending


def _waits() -> ColumnElement[bool]:
    return ~exists().where(CrossingTaken.crossing_id == Crossing.id)
