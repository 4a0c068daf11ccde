"""What waits in the actor's service for somebody who watches over its work."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from intake.models.restriction import BrokenGlass
from intake.models.second_person import SecondPersonRequest
from intake.models.shift_code import ShiftCode
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.permits import role_may
from intake.queries.glass import about_oneself
from intake.queries.open_to import erased


@dataclass(frozen=True, slots=True)
class Reviews:
    """How many reviews wait for the actor: of broken glass, and of codes for one shift."""

    glass: int = 0
    shift_codes: int = 0

    @property
    def together(self) -> int:
        """How many there are of both."""
        return self.glass + self.shift_codes


def reviews_waiting(session: Session, actor: Actor) -> Reviews:
    """Return what waits for the actor to review: none of their own, and none while they are in by a code."""
    if actor.by_shift_code or not role_may(actor, Permission.GLASS_REVIEW):
        return Reviews()
    here, own = actor.organisation_id, actor.person_id
    glass = (
        select(func.count())
        .select_from(BrokenGlass)
        .where(
            BrokenGlass.organisation_id == here,
            BrokenGlass.reviewed_at.is_(None),
            BrokenGlass.person_id != own,
            ~erased(here, BrokenGlass.id),
            ~about_oneself(actor),
        )
    )
    codes = (
        select(func.count())
        .select_from(ShiftCode)
        .outerjoin(SecondPersonRequest, SecondPersonRequest.id == ShiftCode.request_id)
        .where(
            ShiftCode.organisation_id == here,
            ShiftCode.reviewed_at.is_(None),
            ShiftCode.person_id != own,
            ShiftCode.given_by != own,
            or_(SecondPersonRequest.asked_by.is_(None), SecondPersonRequest.asked_by != own),
        )
    )
    return Reviews(*session.execute(select(glass.scalar_subquery(), codes.scalar_subquery())).one())
