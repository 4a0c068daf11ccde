"""What a service passed on: to whom, where that stands, and who here had opened what of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from intake.clock import Clock
from intake.db import Unit
from intake.errors import NotFound
from intake.models.concern import Exclusion
from intake.models.organisation import Organisation
from intake.models.passing import Passing
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import may, require
from intake.queries import passing as queries
from intake.services.breaches import Seen, seen
from intake.services.drafts import Author, Drafts
from intake.services.staff import Staff
from intake.vocabulary import PassingState, PassingWhy


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """What the reader had been writing about it when it was accepted elsewhere."""

    saved_at: datetime
    words: tuple[str, ...]


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
        facts = Facts(organisation_id=passing.from_id, named=self._named(passing.referral_id))
        require(actor, Permission.PASSING_OPEN, facts)
        to = None if passing.to_id is None else self._session.get_one(Organisation, passing.to_id)
        looked = queries.openings(
            self._session,
            passing.from_id,
            passing.referral_id,
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
            left_behind=self._left_behind(author, passing.referral_id),
        )

    def went(self, actor: Actor, referral_id: UUID) -> bool:
        """Tell whether the actor's own service had a referral and somebody else accepted it since."""
        accepted = self._session.scalars(
            select(Passing.id).where(
                Passing.referral_id == referral_id,
                Passing.from_id == actor.organisation_id,
                Passing.state == PassingState.ACCEPTED,
            )
        ).first()
        facts = Facts(organisation_id=actor.organisation_id, named=self._named(referral_id))
        return accepted is not None and may(actor, Permission.PASSING_OPEN, facts)

    def _named(self, referral_id: UUID) -> frozenset[UUID]:
        named = select(Exclusion.person_id).where(Exclusion.case_id == referral_id)
        return frozenset(self._session.scalars(named))

    def _left_behind(self, author: Author, referral_id: UUID) -> tuple[LeftBehind, ...]:
        found = []
        for draft in self._drafts.unfinished(author):
            if str(referral_id) in draft.path:
                typed = self._drafts.find(author, draft.path) or {}
                found.append(
                    LeftBehind(draft.saved_at, tuple(text for said in typed.values() for text in said))
                )
        return tuple(found)
