"""What was said each time a referral was passed on, opened with the referral it belongs to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.casework.documents.passing import PassingAnswer, PassingWords
from intake.casework.passing_lifecycle import WAITING
from intake.crypto.inventory import PASSING_ANSWER, PASSING_WORDS
from intake.models.passing import Breach, Passing
from intake.queries.passing import passings_of
from intake.services.opening import Opened
from intake.services.staff import Staff
from intake.vocabulary import PassingState, PassingWhy


@dataclass(frozen=True, slots=True)
class PassingTold:
    """One passing on: by whom, to whom, why, what came of it; `to` is empty where nobody receives here."""

    id: UUID
    state: PassingState
    why: PassingWhy
    by: str
    passed_by: str
    passed_at: datetime
    to: str
    words: PassingWords
    acknowledged_at: datetime | None
    acknowledged_by: str
    answered_at: datetime | None
    answered_by: str
    told_at: datetime | None
    answer: PassingAnswer | None

    @property
    def waits(self) -> bool:
        """Whether the first service still has it."""
        return self.state in WAITING

    @property
    def is_over(self) -> bool:
        """Whether another service has had it since."""
        return self.state is PassingState.ACCEPTED


@dataclass(frozen=True, slots=True)
class Stray:
    """That a referral was somewhere it should not have been, from when until when."""

    breach_id: UUID
    had_by: str
    had_from_at: datetime
    found_at: datetime
    was_copy: bool


def strays(session: Session, staff: Staff, referral_id: UUID) -> tuple[Stray, ...]:
    """Return every wrong place a referral was sent to, in order."""
    rows = session.scalars(
        select(Breach).where(Breach.referral_id == referral_id).order_by(Breach.found_at, Breach.id)
    )
    return tuple(
        Stray(row.id, staff.organisation(row.had_id), row.had_from_at, row.found_at, row.was_copy)
        for row in rows
    )


def passings_told(
    session: Session, staff: Staff, opened: Opened, referral_id: UUID
) -> tuple[PassingTold, ...]:
    """Return every passing on of a referral, in order; the caller has recorded that it opens the referral."""
    return tuple(passing_told(staff, opened, row) for row in passings_of(session, referral_id))


def passing_told(staff: Staff, opened: Opened, row: Passing) -> PassingTold:
    """Return one passing on with its words."""
    words = PASSING_WORDS.place(row_id=row.id, case_id=row.referral_id)
    answer = PASSING_ANSWER.place(row_id=row.id, case_id=row.referral_id)
    return PassingTold(
        id=row.id,
        state=row.state,
        why=row.why,
        by=staff.organisation(row.from_id),
        passed_by=staff.name(row.passed_by),
        passed_at=row.passed_at,
        to="" if row.to_id is None else staff.organisation(row.to_id),
        words=opened.unseal(PassingWords, row.words_sealed, words),
        acknowledged_at=row.acknowledged_at,
        acknowledged_by=staff.name(row.acknowledged_by),
        answered_at=row.answered_at,
        answered_by=staff.name(row.answered_by),
        told_at=row.told_at,
        answer=None if row.answer_sealed is None else opened.unseal(PassingAnswer, row.answer_sealed, answer),
    )
