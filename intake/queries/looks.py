"""What the trail says of who saw what: in a time, of one child's cases, and what was done about them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select, union
from sqlalchemy.orm import Session

from intake.models.audit import AuditEntry
from intake.models.concern import Concern, Exclusion
from intake.models.key_grant import KeyGrant
from intake.models.organisation import Organisation
from intake.models.person import Membership
from intake.models.referral import Referral, ReferralConcern
from intake.models.restriction import RestrictedCase
from intake.policy.actor import Actor
from intake.queries.open_to import known_to
from intake.queries.trail import TrailEntry, trail_entry
from intake.vocabulary import Compartment, OrganisationKind, Role

#: So many ids stand in one statement.
AT_ONCE = 500
_ROWS_AT_ONCE = 1_000
_EVERY_CASE = (Role.DUTY_MANAGER, Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD)


@dataclass(frozen=True, slots=True)
class Period:
    """From one instant to before another."""

    begins: datetime
    ends: datetime


def entries_of(
    session: Session,
    organisation_id: UUID,
    period: Period,
    events: Collection[str],
    person_id: UUID | None = None,
) -> Iterator[TrailEntry]:
    """Yield the entries of these kinds in a chain, in order; those of one person where one is named."""
    statement = _of(organisation_id, events).where(
        AuditEntry.at >= period.begins, AuditEntry.at < period.ends
    )
    if person_id is not None:
        statement = statement.where(AuditEntry.actor_id == person_id)
    return _entries(session, statement)


def acts_about(
    session: Session, organisation_id: UUID, case_ids: Collection[UUID], but: Collection[str]
) -> Iterator[TrailEntry]:
    """Yield what people did about these cases, at any time, but for these kinds of entry."""
    ids = sorted(case_ids)
    for start in range(0, len(ids), AT_ONCE):
        yield from _entries(
            session,
            select(AuditEntry).where(
                AuditEntry.organisation_id == organisation_id,
                AuditEntry.subject_id.in_(ids[start : start + AT_ONCE]),
                AuditEntry.actor_id.is_not(None),
                AuditEntry.event.not_in(sorted(but)),
            ),
        )


def entries_naming(
    session: Session,
    organisation_id: UUID,
    case_ids: Collection[UUID],
    events: Collection[str],
    lists: Collection[str],
    *,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Iterator[TrailEntry]:
    """Yield the entries about these cases, and the lists on which one of them stood, in order.

    From `since` to `until`, both of them included, where they are given.
    """
    named = or_(*(AuditEntry.detail.contains(str(case_id), autoescape=True) for case_id in case_ids))
    about = AuditEntry.subject_id.in_(case_ids) & AuditEntry.event.not_in(sorted(lists))
    statement = _of(organisation_id, events).where(or_(about, AuditEntry.event.in_(sorted(lists)) & named))
    if since is not None:
        statement = statement.where(AuditEntry.at >= since)
    if until is not None:
        statement = statement.where(AuditEntry.at <= until)
    return _entries(session, statement)


def _of(organisation_id: UUID, events: Collection[str]) -> Select[AuditEntry]:
    return select(AuditEntry).where(
        AuditEntry.organisation_id == organisation_id, AuditEntry.event.in_(sorted(events))
    )


def _entries(session: Session, statement: Select[AuditEntry]) -> Iterator[TrailEntry]:
    rows = session.scalars(statement.order_by(AuditEntry.seq).execution_options(yield_per=_ROWS_AT_ONCE))
    return map(trail_entry, rows)


def closed_to(session: Session, actor: Actor) -> frozenset[UUID]:
    """Return the cases that are closed to the actor: those that name them, and those restricted to others."""
    touched = union(
        select(Exclusion.case_id).where(Exclusion.person_id == actor.person_id),
        select(RestrictedCase.case_id).where(RestrictedCase.organisation_id == actor.organisation_id),
    ).subquery()
    case_id = touched.c.case_id
    return frozenset(session.scalars(select(case_id).where(~known_to(actor, case_id))))


def ties_to(session: Session, organisation_id: UUID, case_ids: Collection[UUID]) -> Iterator[Exclusion]:
    """Yield which colleagues are kept out of these cases, by a tie or because one names them."""
    colleagues = select(Membership.person_id).where(Membership.organisation_id == organisation_id)
    ids = sorted(case_ids)
    for start in range(0, len(ids), AT_ONCE):
        yield from session.scalars(
            select(Exclusion).where(
                Exclusion.case_id.in_(ids[start : start + AT_ONCE]), Exclusion.person_id.in_(colleagues)
            )
        )


def references_of(
    session: Session, organisation_id: UUID, case_ids: Collection[UUID]
) -> dict[UUID, tuple[str, ...]]:
    """Return the references under which an organisation knows these cases: a child's file has its concerns'.

    A hub knows no concern, and where the tiers are apart its role in the database may not ask for one.
    """
    in_school = session.get_one(Organisation, organisation_id).kind is OrganisationKind.SCHOOL
    found: dict[UUID, tuple[str, ...]] = {}
    ids = sorted(case_ids)
    for start in range(0, len(ids), AT_ONCE):
        some = ids[start : start + AT_ONCE]
        file_id = cast("ColumnElement[UUID]", Concern.child_file_id)
        of_referrals = select(Referral.id, Referral.reference).where(Referral.id.in_(some))
        of_concerns = select(Concern.id, Concern.reference).where(Concern.id.in_(some))
        of_files = select(file_id, Concern.reference).where(file_id.in_(some)).order_by(Concern.recorded_at)
        for statement in (of_referrals, of_concerns, of_files) if in_school else (of_referrals,):
            for case_id, reference in session.execute(statement):
                found[case_id] = (*found.get(case_id, ()), reference)
    return found


def cases_of_child(session: Session, child_file_id: UUID) -> frozenset[UUID]:
    """Return a child's file, the concerns in it, and the referrals they went into."""
    concerns = frozenset(session.scalars(select(Concern.id).where(Concern.child_file_id == child_file_id)))
    referrals = session.scalars(
        select(ReferralConcern.referral_id).where(ReferralConcern.concern_id.in_(concerns))
    )
    return concerns | frozenset(referrals) | {child_file_id}


def parts_held(
    session: Session, organisation_id: UUID, case_ids: Collection[UUID], part: Compartment
) -> frozenset[UUID]:
    """Return to which of these cases an organisation still has a key of this part."""
    return frozenset(
        session.scalars(
            select(KeyGrant.case_id).where(
                KeyGrant.case_id.in_(case_ids),
                KeyGrant.compartment == part,
                KeyGrant.organisation_id == organisation_id,
                KeyGrant.ended_at.is_(None),
            )
        )
    )


def managers_of(session: Session, organisation_id: UUID, period: Period) -> frozenset[UUID]:
    """Return whose task every case there was at any time of a period: duty managers, a school's leads."""
    return frozenset(
        session.scalars(
            select(Membership.person_id).where(
                Membership.organisation_id == organisation_id,
                Membership.role.in_(_EVERY_CASE),
                Membership.from_at < period.ends,
                or_(Membership.to_at.is_(None), Membership.to_at > period.begins),
            )
        )
    )
