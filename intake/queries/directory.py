"""What is listed of the directory's versions: those in force one after the other, and what was proposed."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from intake.models.directory import DirectoryInForce, DirectoryProposal, DirectorySnapshot
from intake.models.organisation import Organisation
from intake.models.person import Person
from intake.models.referral import Referral
from intake.vocabulary import OrganisationKind, ProposalOrigin, ProposalState, ReferralState

#: A referral in one of these states still waits for somebody.
_WAITING = (ReferralState.NOT_SENT_BY_US, ReferralState.RECEIVED, ReferralState.ACKNOWLEDGED)
_MOST = 200


@dataclass(frozen=True, slots=True)
class ProposalCard:
    """A proposed change as lists show it; `works_at` is the organisation of whoever proposed it."""

    id: UUID
    base_version: str
    version: str
    origin: ProposalOrigin
    proposed_by: UUID | None
    works_at: str
    proposed_at: datetime
    reason: str
    state: ProposalState
    decided_by: UUID | None
    decided_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class VersionCard:
    """A version that is or was in force; `before` is the one it followed, None for the first."""

    seq: int
    version: str
    since_at: datetime
    before: str | None
    proposal_id: UUID | None


@dataclass(frozen=True, slots=True)
class InForce:
    """The version in force, since when, and its texts by the names of their files."""

    version: str
    since_at: datetime
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Touched:
    """How many schools here, and how many referrals that still wait, belong to some authorities."""

    schools: int
    referrals: int


def proposals(session: Session, *, waiting: bool) -> tuple[ProposalCard, ...]:
    """Return the changes that wait for approval, oldest first, or those decided, newest first."""
    is_open = DirectoryProposal.state == ProposalState.OPEN
    wanted = (
        _PROPOSALS.where(is_open).order_by(DirectoryProposal.proposed_at)
        if waiting
        else _PROPOSALS.where(~is_open).order_by(DirectoryProposal.decided_at.desc())
    )
    return tuple(_card(row, works_at) for row, works_at in session.execute(wanted.limit(_MOST)))


def proposal(session: Session, proposal_id: UUID) -> ProposalCard | None:
    """Return one proposed change, None where there is none."""
    found = session.execute(_PROPOSALS.where(DirectoryProposal.id == proposal_id)).one_or_none()
    return None if found is None else _card(found[0], found[1])


def versions(session: Session) -> tuple[VersionCard, ...]:
    """Return every version that came into force, newest first."""
    rows = session.scalars(select(DirectoryInForce).order_by(DirectoryInForce.seq)).all()
    before = (None, *(row.version for row in rows))
    return tuple(
        VersionCard(row.seq, row.version, row.since_at, followed, row.proposal_id)
        for row, followed in reversed(list(zip(rows, before, strict=False)))
    )


def in_force(session: Session) -> InForce | None:
    """Return the version in force with its texts, None before any was loaded."""
    row = session.execute(
        select(DirectoryInForce.version, DirectoryInForce.since_at, DirectorySnapshot.document)
        .join(DirectorySnapshot, DirectorySnapshot.version == DirectoryInForce.version)
        .order_by(DirectoryInForce.seq.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else InForce(row.version, row.since_at, json.loads(row.document))


def touched(session: Session, codes: Collection[str], *, everybody: bool) -> Touched:
    """Count the schools here and the waiting referrals of some authorities, or of all of them."""
    schools = select(func.count()).select_from(Organisation)
    schools = schools.where(Organisation.kind == OrganisationKind.SCHOOL)
    referrals = select(func.count()).select_from(Referral).where(Referral.state.in_(_WAITING))
    if not everybody:
        schools = schools.where(Organisation.authority_code.in_(codes))
        referrals = referrals.where(Referral.authority_code.in_(codes))
    return Touched(session.scalar(schools) or 0, session.scalar(referrals) or 0)


_PROPOSALS: Select[DirectoryProposal, str] = (
    select(DirectoryProposal, func.coalesce(Organisation.name, ""))
    .outerjoin(Person, Person.id == DirectoryProposal.proposed_by)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
)


def _card(row: DirectoryProposal, works_at: str) -> ProposalCard:
    return ProposalCard(
        id=row.id,
        base_version=row.base_version,
        version=row.version,
        origin=row.origin,
        proposed_by=row.proposed_by,
        works_at=works_at,
        proposed_at=row.proposed_at,
        reason=row.why,
        state=row.state,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        answer=row.answer or "",
    )
