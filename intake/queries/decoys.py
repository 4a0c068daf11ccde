"""Which marks there are, what hinders that a case is marked, and which of a service's cases are closed."""

from collections.abc import Iterator, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from intake.models.decoy import DecoyMark
from intake.models.key_grant import KeyGrant
from intake.models.meeting import Meeting
from intake.models.organisation import Organisation
from intake.models.passing import Passing
from intake.models.referral import Referral
from intake.models.second_person import SecondPersonRequest
from intake.models.telling import Telling
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import reach
from intake.queries.erasures import standing_hold
from intake.queries.open_to import known_to
from intake.queries.restrictions import standing
from intake.vocabulary import OrganisationKind, ReferralState

_ROWS_AT_ONCE: Final = 1_000


def marks_of(session: Session, organisation_id: UUID) -> Sequence[Row[DecoyMark, SecondPersonRequest]]:
    """Return every mark of a service with what was asked and decided of it, the latest first.

    A school has none, and where the tiers are apart its role in the database may not ask for any.
    """
    if session.get_one(Organisation, organisation_id).kind is OrganisationKind.SCHOOL:
        return ()
    return session.execute(
        select(DecoyMark, SecondPersonRequest)
        .join(SecondPersonRequest, SecondPersonRequest.id == DecoyMark.request_id)
        .where(DecoyMark.organisation_id == organisation_id)
        .order_by(SecondPersonRequest.asked_at.desc(), DecoyMark.id)
    ).all()


def closed_cases(session: Session, actor: Actor) -> Iterator[tuple[UUID, str]]:
    """Yield the closed cases of a service, erased ones among them, but for those closed to the actor."""
    here = reach(actor, Permission.DECOY_SEE).organisation_id
    rows = session.execute(
        select(Referral.id, Referral.reference)
        .where(
            Referral.hub_id == here,
            Referral.state == ReferralState.CLOSED,
            known_to(actor, Referral.id),
        )
        .execution_options(yield_per=_ROWS_AT_ONCE)
    )
    yield from ((row.id, row.reference) for row in rows)


def in_the_way(session: Session, referral: Referral, organisation_id: UUID) -> str:
    """Return the code of why a referral cannot be marked here; empty for nothing."""
    if referral.state is not ReferralState.CLOSED:
        return "decoy.not_closed"
    if standing(session, organisation_id, referral.id) is not None:
        return "decoy.restricted"
    if standing_hold(session, organisation_id, referral.id) is not None:
        return "decoy.held"
    others = (
        select(KeyGrant.id).where(
            KeyGrant.case_id == referral.id,
            KeyGrant.organisation_id.not_in((referral.school_id, organisation_id)),
        ),
        select(Passing.id).where(Passing.referral_id == referral.id),
        select(Telling.id).where(Telling.referral_id == referral.id, Telling.from_at.is_not(None)),
        select(Meeting.id).where(Meeting.referral_id == referral.id),
    )
    found = (session.scalars(each.limit(1)).first() for each in others)
    return "decoy.others_concerned" if any(each is not None for each in found) else ""
