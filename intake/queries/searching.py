"""What a search may look through: the cards the actor may reach now, still sealed, and where each stands."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import Session

from intake.models.concern import ChildFile, Concern
from intake.models.organisation import Organisation
from intake.models.referral import Referral, ReferralSent
from intake.models.searching import IdentifierIndex
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.queries.open_to import open_to
from intake.vocabulary import ConcernState, OrganisationKind, ReferralState, SubjectKind


class SealedHit(NamedTuple):
    """A card that may be looked at: of which record, and whether its identifiers are indexed already."""

    kind: SubjectKind
    id: UUID
    version: int
    blob: bytes
    indexed: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands that was found: what its own list would say of it, and no word of it."""

    reference: str
    state: ReferralState | ConcernState
    at: datetime
    school: str
    taken_by: UUID | None


def cards_within_reach(session: Session, actor: Actor, index_version: int) -> Sequence[SealedHit]:
    """Return every card a search of the actor looks through. Raises `NotPermitted`."""
    reach(actor, Permission.CASE_SEARCH)
    if actor.organisation_kind is OrganisationKind.HUB:
        return _referrals(session, actor, index_version)
    return (*_child_files(session, actor), *_concerns(session, actor))


def cards_by_index(
    session: Session, actor: Actor, index_version: int, found: Iterable[UUID]
) -> Sequence[SealedHit]:
    """Return the cards of a service that an index led to, and those it does not know yet."""
    reach(actor, Permission.CASE_SEARCH)
    unknown = ~_indexed(actor.organisation_id, index_version)
    return _referrals(session, actor, index_version, or_(Referral.id.in_(tuple(found)), unknown))


def standing(session: Session, kind: SubjectKind, ids: Iterable[UUID]) -> dict[UUID, Standing]:
    """Return where each of the records found stands; a child's file stands nowhere."""
    wanted = tuple(ids)
    if kind is SubjectKind.REFERRAL:
        columns = (
            Referral.id,
            Referral.reference,
            Referral.state,
            func.coalesce(Referral.received_at, Referral.submitted_at),
            Organisation.name,
            Referral.taken_by,
        )
        rows = session.execute(
            select(*columns)
            .join(Organisation, Organisation.id == Referral.school_id)
            .where(Referral.id.in_(wanted))
        )
        return {row[0]: Standing(*row[1:]) for row in rows}
    if kind is SubjectKind.CONCERN:
        found = session.execute(
            select(Concern.id, Concern.reference, Concern.state, Concern.recorded_at).where(
                Concern.id.in_(wanted)
            )
        )
        return {row[0]: Standing(*row[1:], "", None) for row in found}
    return {}


def _referrals(
    session: Session, actor: Actor, index_version: int, *conditions: ColumnElement[bool]
) -> Sequence[SealedHit]:
    hub_id = actor.organisation_id
    rows = session.execute(
        select(Referral.id, ReferralSent.card_sealed, _indexed(hub_id, index_version))
        .join(ReferralSent, ReferralSent.referral_id == Referral.id)
        .where(Referral.hub_id == hub_id, open_to(actor, Referral.id), *conditions)
    )
    return [SealedHit(SubjectKind.REFERRAL, row[0], 1, row[1], row[2]) for row in rows]


def _indexed(hub_id: UUID, index_version: int) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            IdentifierIndex.case_id == Referral.id,
            IdentifierIndex.organisation_id == hub_id,
            IdentifierIndex.index_version == index_version,
        )
        .correlate(Referral)
    )


def _child_files(session: Session, actor: Actor) -> Iterable[SealedHit]:
    rows = session.execute(
        select(ChildFile.id, ChildFile.version, ChildFile.card_sealed).where(
            ChildFile.organisation_id == actor.organisation_id, open_to(actor, ChildFile.id)
        )
    )
    return (SealedHit(SubjectKind.CHILD_FILE, *row, indexed=True) for row in rows)


def _concerns(session: Session, actor: Actor) -> Iterable[SealedHit]:
    """Yield the concerns that are in no child's file: those in one are found by its card."""
    rows = session.execute(
        select(Concern.id, Concern.name_sealed).where(
            Concern.organisation_id == actor.organisation_id,
            Concern.child_file_id.is_(None),
            open_to(actor, Concern.id),
        )
    )
    return (SealedHit(SubjectKind.CONCERN, row[0], 1, row[1], indexed=True) for row in rows)
