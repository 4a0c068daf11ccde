"""Restrictions: which stand, to whom, and what else of a case they reach."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from intake.models.concern import Concern, Exclusion
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person
from intake.models.referral import ReferralConcern
from intake.models.restriction import RestrictedCase, RestrictedNote, RestrictedTo, Restriction
from intake.vocabulary import OrganisationKind, Role, SubjectKind


def standing(session: Session, organisation_id: UUID, case_id: UUID) -> Restriction | None:
    """Return the restriction an organisation set on a case itself and has not lifted, or None."""
    return session.scalars(
        select(Restriction).where(
            Restriction.case_id == case_id,
            Restriction.organisation_id == organisation_id,
            Restriction.lifted_at.is_(None),
        )
    ).one_or_none()


def people_of(session: Session, restriction_id: UUID) -> tuple[UUID, ...]:
    """Return everybody to whom a restriction lets a case be open, whoever was let in first standing first."""
    rows = select(RestrictedTo.person_id).where(RestrictedTo.restriction_id == restriction_id)
    return tuple(session.scalars(rows.order_by(RestrictedTo.from_at, RestrictedTo.person_id)))


def forsaken(session: Session, since: datetime) -> Sequence[Restriction]:
    """Return the restrictions in schools of which no lead who is named has worked there since an instant."""
    still_there = exists().where(
        RestrictedTo.restriction_id == Restriction.id,
        Person.id == RestrictedTo.person_id,
        (Person.disabled_at.is_(None)) | (Person.disabled_at > since),
        Membership.person_id == Person.id,
        Membership.organisation_id == Restriction.organisation_id,
        Membership.role.in_((Role.SAFEGUARDING_LEAD, Role.DEPUTY_LEAD)),
        (Membership.to_at.is_(None)) | (Membership.to_at > since),
    )
    return session.scalars(
        select(Restriction)
        .join(Organisation, Organisation.id == Restriction.organisation_id)
        .where(Organisation.kind == OrganisationKind.SCHOOL, Restriction.lifted_at.is_(None), ~still_there)
    ).all()


def notes_of(session: Session, restriction_id: UUID) -> Sequence[RestrictedNote]:
    """Return the restricted notes, in the order in which they were written."""
    rows = select(RestrictedNote).where(RestrictedNote.restriction_id == restriction_id)
    return session.scalars(rows.order_by(RestrictedNote.written_at, RestrictedNote.id)).all()


def colleagues(
    session: Session, organisation_id: UUID, roles: Collection[Role], at: datetime
) -> tuple[UUID, ...]:
    """Return who holds one of these roles in an organisation now, and can sign in."""
    found = session.scalars(
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.role.in_(roles),
            Membership.from_at <= at,
            (Membership.to_at.is_(None)) | (Membership.to_at > at),
            Person.disabled_at.is_(None),
        )
        .distinct()
    )
    return tuple(found)


def reached(session: Session, kind: SubjectKind, case_id: UUID) -> frozenset[UUID]:
    """Return a case and what has its words in it: a file's concerns, and the referrals made of concerns."""
    if kind is SubjectKind.REFERRAL:
        return frozenset({case_id})
    concerns = {case_id}
    if kind is SubjectKind.CHILD_FILE:
        concerns = set(session.scalars(select(Concern.id).where(Concern.child_file_id == case_id)))
    referrals = session.scalars(_referrals_of(concerns))
    return frozenset({case_id, *concerns, *referrals})


def spread(session: Session, from_ids: Collection[UUID], to_ids: Collection[UUID]) -> None:
    """Let what restricts some cases reach others that were just made of them, or put beside them."""
    there = select(RestrictedCase).where(RestrictedCase.case_id.in_((*from_ids, *to_ids)))
    rows = session.scalars(there).all()
    known = {(row.restriction_id, row.case_id) for row in rows}
    owners = {row.restriction_id: row.organisation_id for row in rows if row.case_id in set(from_ids)}
    for restriction_id, organisation_id in owners.items():
        for case_id in set(to_ids):
            if (restriction_id, case_id) not in known:
                session.add(
                    RestrictedCase(
                        restriction_id=restriction_id, case_id=case_id, organisation_id=organisation_id
                    )
                )
    session.flush()


def spread_from_file(session: Session, child_file_id: UUID, concern_id: UUID) -> None:
    """Let what closes a child's file close a concern put in it, and the referrals made of that."""
    cases = (concern_id, *session.scalars(_referrals_of({concern_id})))
    spread(session, (child_file_id,), cases)
    kept_out = session.execute(
        select(Exclusion.person_id, Exclusion.since_at).where(Exclusion.case_id == child_file_id)
    ).all()
    for case_id in cases if kept_out else ():
        there = set(session.scalars(select(Exclusion.person_id).where(Exclusion.case_id == case_id)))
        for person_id, since_at in kept_out:
            if person_id not in there:
                session.add(Exclusion(case_id=case_id, person_id=person_id, since_at=since_at))
    session.flush()


def _referrals_of(concern_ids: Collection[UUID]) -> Select[UUID]:
    return select(ReferralConcern.referral_id).where(ReferralConcern.concern_id.in_(concern_ids))
