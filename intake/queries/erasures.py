"""What an erasure takes, what stands in its way, and the certificates of those there were."""

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, or_, select
from sqlalchemy.orm import Session

from intake.models.concern import ChildFile, Concern
from intake.models.erasure import ErasedCase, Erasure, LegalHold
from intake.models.meeting import Meeting
from intake.models.passing import Breach
from intake.models.referral import Referral, ReferralConcern
from intake.models.restriction import BrokenGlass, GlassCase, Restriction
from intake.models.second_person import SecondPersonRequest
from intake.models.telling import Telling
from intake.models.withheld import AddressShown
from intake.policy.actor import Actor
from intake.queries.looks import closed_to
from intake.queries.tellings import WAITING
from intake.vocabulary import BreachState, ConcernState, OrganisationKind, ReferralState

#: A referral on which nobody works any more: closed, or in the hands of somebody this program does not reach.
OVER = (ReferralState.CLOSED, ReferralState.PASSED_ON, ReferralState.TOLD_OUTSIDE)
_DECIDED = (ConcernState.KEPT, ConcernState.REFERRED)


def standing_hold(session: Session, organisation_id: UUID, *case_ids: UUID) -> LegalHold | None:
    """Return a hold of an organisation that stands on one of these cases, or None."""
    return session.scalars(
        select(LegalHold)
        .where(
            LegalHold.case_id.in_(case_ids),
            LegalHold.organisation_id == organisation_id,
            LegalHold.lifted_at.is_(None),
        )
        .limit(1)
    ).one_or_none()


def in_the_way(session: Session, actor: Actor, case_ids: Collection[UUID]) -> str:
    """Return the code of what the actor's organisation must do before it may erase these; empty for nothing.

    Where one of them is closed to the actor, that comes first: nothing else is told of it. A school's own
    tables are not there for a hub, nor a hub's for a school.
    """
    here = actor.organisation_id
    if not closed_to(session, actor).isdisjoint(case_ids):
        return "case.not_by_you"
    in_hub = actor.organisation_kind is OrganisationKind.HUB
    files = () if in_hub else session.scalars(_files_of(case_ids))
    if standing_hold(session, here, *case_ids, *files) is not None:
        return "erasure.held"
    unfinished = (*_unfinished(here, case_ids), *(_of_hub if in_hub else _of_school)(here, case_ids))
    return next((code for code, found in unfinished if _any(session, found)), "")


def all_with_keys(
    session: Session, actor: Actor, case_ids: Collection[UUID], *, but: UUID
) -> frozenset[UUID]:
    """Return these cases, and what an organisation wrote about them under keys of their own.

    That is: restrictions, breaches, holds, why an address was shown, and requests, all `but` the one for this
    very erasure; and the glass somebody broke, once everything found behind it is erased.
    """
    here = actor.organisation_id
    about = [
        select(Restriction.id).where(Restriction.case_id.in_(case_ids), Restriction.organisation_id == here),
        select(Breach.id).where(Breach.referral_id.in_(case_ids)),
        select(LegalHold.id).where(LegalHold.case_id.in_(case_ids), LegalHold.organisation_id == here),
        select(AddressShown.id).where(
            AddressShown.case_id.in_(case_ids), AddressShown.organisation_id == here
        ),
        select(SecondPersonRequest.id).where(
            SecondPersonRequest.subject_id.in_(case_ids),
            SecondPersonRequest.organisation_id == here,
            SecondPersonRequest.id != but,
        ),
    ]
    if actor.organisation_kind is OrganisationKind.HUB:
        about.append(_glass(here, case_ids).where(~_finds_more(here, case_ids)))
    return frozenset(case_ids).union(*(session.scalars(each) for each in about))


def meetings_about(session: Session, case_ids: Collection[UUID]) -> Collection[UUID]:
    """Return the meetings about these referrals."""
    return session.scalars(select(Meeting.id).where(Meeting.referral_id.in_(case_ids))).all()


def erasure_of(session: Session, organisation_id: UUID, case_id: UUID) -> Erasure | None:
    """Return the certificate of the erasure by which an organisation erased something, or None."""
    return session.scalars(
        select(Erasure)
        .join(ErasedCase, ErasedCase.erasure_id == Erasure.id)
        .where(ErasedCase.case_id == case_id, ErasedCase.organisation_id == organisation_id)
        .order_by(Erasure.erased_at)
        .limit(1)
    ).one_or_none()


def _files_of(case_ids: Collection[UUID]) -> Select[UUID]:
    """Select the files with a concern of which one of these referrals was made: it may be of two children."""
    concerns = select(ReferralConcern.concern_id).where(ReferralConcern.referral_id.in_(case_ids))
    return select(ChildFile.id).where(
        ChildFile.id.in_(select(Concern.child_file_id).where(Concern.id.in_(concerns)))
    )


def _unfinished(organisation_id: UUID, case_ids: Collection[UUID]) -> Iterator[tuple[str, Select[UUID]]]:
    referrals = Referral.id.in_(case_ids)
    yield "erasure.not_over", select(Referral.id).where(referrals, Referral.state.not_in(OVER))
    breaches = select(Breach.id).join(Referral, Referral.id == Breach.referral_id)
    concerned = (Breach.had_id, Breach.answerable_id, Referral.school_id)
    yield (
        "erasure.breach_open",
        breaches.where(
            referrals,
            Breach.state != BreachState.CLOSED,
            or_(*(each == organisation_id for each in concerned)),
        ),
    )


def _of_school(organisation_id: UUID, case_ids: Collection[UUID]) -> Iterator[tuple[str, Select[UUID]]]:
    concerns = select(Concern.id).where(Concern.id.in_(case_ids))
    yield "erasure.not_over", concerns.where(Concern.state.not_in(_DECIDED))
    # Whoever sent a referral sees to it that the others are told; the service that has it does not.
    ours = select(Telling.id).join(Referral, Referral.id == Telling.referral_id)
    yield (
        "erasure.still_to_tell",
        ours.where(Referral.id.in_(case_ids), Referral.school_id == organisation_id, *WAITING),
    )


def _of_hub(organisation_id: UUID, case_ids: Collection[UUID]) -> Iterator[tuple[str, Select[UUID]]]:
    yield (
        "erasure.glass_unreviewed",
        _glass(organisation_id, case_ids).where(BrokenGlass.reviewed_at.is_(None)),
    )


def _glass(organisation_id: UUID, case_ids: Collection[UUID]) -> Select[UUID]:
    """Select the glass that was broken in an organisation, and behind which one of these cases was found."""
    found = select(GlassCase.broken_glass_id).where(GlassCase.case_id.in_(case_ids))
    return select(BrokenGlass.id).where(
        BrokenGlass.organisation_id == organisation_id, BrokenGlass.id.in_(found)
    )


def _finds_more(organisation_id: UUID, case_ids: Collection[UUID]) -> ColumnElement[bool]:
    gone = exists().where(
        ErasedCase.case_id == GlassCase.case_id, ErasedCase.organisation_id == organisation_id
    )
    return exists().where(
        GlassCase.broken_glass_id == BrokenGlass.id, GlassCase.case_id.not_in(case_ids), ~gone
    )


def _any(session: Session, found: Select[UUID]) -> bool:
    return session.scalars(found.limit(1)).first() is not None
