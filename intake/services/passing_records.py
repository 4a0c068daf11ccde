"""What a service passed on: to whom, where that stands, and who here had opened what of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from intake.audit.looks import LISTS, SEEING
from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound
from intake.models.organisation import Organisation
from intake.models.passing import Breach, Passing
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require, require_role
from intake.queries import passing as queries
from intake.queries.looks import entries_naming
from intake.services.breaches import Seen, seen
from intake.services.case_facts import facts_about
from intake.services.drafts import Author, Drafts
from intake.services.left_behind import LeftBehind, left_behind
from intake.services.staff import Staff
from intake.vocabulary import PassingState, PassingWhy


@dataclass(frozen=True, slots=True)
class PassingRecord:
    """One passing on as the service that passed it on keeps it: no words of the case are in it."""

    reference: str
    why: PassingWhy
    state: PassingState
    to: str
    phone: str
    passed_by: str
    passed_at: datetime
    had_from_at: datetime
    answered_by: str
    answered_at: datetime | None
    seen: tuple[Seen, ...]
    left_behind: tuple[LeftBehind, ...]


class PassingRecords:
    """Shows a service what it gave away; the case itself is not opened."""

    def __init__(self, unit: Unit, clock: Clock, *, staff: Staff, drafts: Drafts) -> None:
        self._session = unit.session
        self._clock = clock
        self._staff = staff
        self._drafts = drafts

    def listed(self, actor: Actor) -> tuple[queries.GivenAway, ...]:
        """Return what the service passed on. Raises `NotPermitted`."""
        return queries.given_away(self._session, actor)

    def show(self, actor: Actor, author: Author, passing_id: UUID) -> PassingRecord:
        """Return one passing on, with what the reader left behind when it went. Raises `NotFound`."""
        passing = self._session.get(Passing, passing_id)
        if passing is None:
            require(actor, Permission.PASSING_OPEN, Facts())
            raise NotFound
        facts = Facts(organisation_id=passing.from_id)
        facts = facts_about(self._session, passing.referral_id, facts, seen_from=actor.organisation_id)
        require(actor, Permission.PASSING_OPEN, facts)
        to = None if passing.to_id is None else self._session.get_one(Organisation, passing.to_id)
        looked = entries_naming(
            self._session,
            passing.from_id,
            {passing.referral_id},
            SEEING,
            LISTS,
            since=passing.had_from_at,
            until=passing.answered_at or self._clock.now(),
        )
        return PassingRecord(
            reference=self._session.get_one(Referral, passing.referral_id).reference,
            why=passing.why,
            state=passing.state,
            to="" if to is None else to.name,
            phone="" if to is None else to.phone or "",
            passed_by=self._staff.name(passing.passed_by),
            passed_at=passing.passed_at,
            had_from_at=passing.had_from_at,
            answered_by=self._staff.name(passing.answered_by),
            answered_at=passing.answered_at,
            seen=tuple(seen(self._staff, looked)),
            left_behind=left_behind(self._drafts, author, passing.referral_id),
        )

    def went(self, actor: Actor, referral_id: UUID) -> bool:
        """Tell whether the actor's own service had a referral and has lost it: passed on, or taken back."""
        here = actor.organisation_id
        passed_on = select(Passing.id).where(
            Passing.referral_id == referral_id,
            Passing.from_id == here,
            Passing.state == PassingState.ACCEPTED,
        )
        taken_back = select(Breach.id).where(Breach.referral_id == referral_id, Breach.had_id == here)
        if self._session.scalars(passed_on.union(taken_back)).first() is None:
            return False
        facts = facts_about(self._session, referral_id, Facts(organisation_id=here), seen_from=here)
        return may(actor, Permission.PASSING_OPEN, facts)

    def taken_back(self, actor: Actor, author: Author) -> tuple[LeftBehind, ...]:
        """Return what the author was writing about referrals that were taken back from their service.

        Raises `NotPermitted`. Managers find their own beside the record of the breach as well; a duty worker,
        who does not read that, finds it here.
        """
        require_role(actor, Permission.PASSING_OPEN)
        if not self._drafts.unfinished(author):
            return ()
        rows = self._session.scalars(
            select(Breach.referral_id).where(Breach.had_id == actor.organisation_id).distinct()
        )
        return tuple(left for row in rows for left in left_behind(self._drafts, author, row))
