"""A referral sent to the wrong place: the hold on it ends, a breach is opened, and it is routed again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intake.audit.event import Event
from intake.audit.events import passing as events
from intake.audit.events.referrals import ReferralOpened, ReferralReceived, ReferralSent
from intake.audit.log import AuditLog, Recorded
from intake.casework import referral_lifecycle
from intake.casework.drafts import WrongPlaceDraft
from intake.casework.passing import report_by, require_wrong_place
from intake.clock import Clock
from intake.db import Unit
from intake.errors import IllegalTransition, NotFound
from intake.ids import new_id
from intake.models.passing import Breach, Passing
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.copies import receipt
from intake.queries.passing import came_by, could_read_from, last_passed_on, waiting_of
from intake.services.breach_entries import BreachEntries
from intake.services.copies import copied_referral
from intake.services.decoy_marks import DecoyMarks
from intake.services.grants import Grants
from intake.services.hub_case import about, hub_referral, move_on, record_about, require_current
from intake.services.keys import CaseKeys
from intake.services.opening import Opening
from intake.services.passing_on import PassingOn, settle
from intake.services.referral_rows import sent_for
from intake.services.rerouting import Rerouted
from intake.services.tellings import Tellings
from intake.vocabulary import BreachAct, BreachState, Compartment, PassingState, ReferralAct


@dataclass(frozen=True, slots=True)
class _Had:
    """A referral in the wrong place, who has it there, and which version of its header the actor saw."""

    referral: Referral
    by_id: UUID
    version: int


class WrongPlace:
    """Takes referrals back from where they should never have gone."""

    def __init__(  # noqa: PLR0913 - every collaborator is a family of acts of its own
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        opening: Opening,
        passing_on: PassingOn,
        entries: BreachEntries,
        decoys: DecoyMarks,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._opening = opening
        self._news = passing_on.news
        self._rerouting = passing_on.rerouting
        self._passing_on = passing_on
        self._entries = entries
        self._decoys = decoys
        self._grants = Grants(audit, keys)
        self._tellings = Tellings(unit, clock, audit, keys)

    def said_by_hub(self, actor: Actor, referral_id: UUID, version: int, draft: WrongPlaceDraft) -> UUID:
        """Say, in the service that has it, that a referral should not be there; returns the breach's id.

        Raises `Refused`, `NotFound`, `StaleVersion` and `IllegalTransition`.
        """
        referral = hub_referral(self._session, actor, Permission.REFERRAL_WRONG_PLACE, referral_id)
        self._decoys.refuse(actor.organisation_id, referral_id)
        return self._say(actor, referral, version, draft)

    def said_by_school(self, actor: Actor, referral_id: UUID, version: int, draft: WrongPlaceDraft) -> UUID:
        """Say, in the school that sent it, that it went to the wrong place; raises as `said_by_hub`."""
        referral = sent_for(self._session, actor, Permission.REFERRAL_SENT_WRONG, referral_id)
        return self._say(actor, referral, version, draft)

    def copy_said_by_school(
        self, actor: Actor, referral_id: UUID, hub_id: UUID, draft: WrongPlaceDraft
    ) -> UUID:
        """Say, in the school, that a hub should not have got its copy; returns the breach's id.

        Raises `Refused` and `NotFound`.
        """
        referral = sent_for(self._session, actor, Permission.REFERRAL_SENT_WRONG, referral_id)
        return self._take_copy_back(actor, referral, hub_id, draft)

    def copy_said_by_hub(self, actor: Actor, referral_id: UUID, draft: WrongPlaceDraft) -> UUID:
        """Say, in the hub that has a copy, that it should not have got it.

        Raises as `copy_said_by_school`.
        """
        referral = copied_referral(self._session, actor, Permission.REFERRAL_WRONG_PLACE, referral_id)
        return self._take_copy_back(actor, referral, actor.organisation_id, draft)

    def _say(self, actor: Actor, referral: Referral, version: int, draft: WrongPlaceDraft) -> UUID:
        require_current(referral, version)
        require_wrong_place(draft)
        is_over = referral_lifecycle.may(referral.state, ReferralAct.TAKE_BACK)
        act = ReferralAct.TAKE_BACK if is_over else ReferralAct.SEND_ELSEWHERE
        referral_lifecycle.step(referral.state, act)
        had_id = referral.hub_id
        if had_id is None:
            raise IllegalTransition(referral.state, act)
        had = _Had(referral, had_id, version)
        breach = (self._end_only if is_over else self._send_elsewhere)(actor, had, draft)
        self._news.tell_sender(referral)
        return breach.id

    def _end_only(self, actor: Actor, had: _Had, draft: WrongPlaceDraft) -> Breach:
        """End the hold of the wrong place on a referral that is over: it is sent nowhere and stays over."""
        referral, had_id = had.referral, had.by_id
        came, since = came_by(self._session, referral), could_read_from(self._session, referral)
        breach = self._open_breach(referral, actor, came, since, had_id=had_id)
        move_on(self._session, referral, had.version, hub_id=None, taken_by=None, taken_at=None)
        found = self._found(actor, referral, breach, draft)
        self._grants.end(referral, had_id, answers=found)
        return breach

    def _take_copy_back(self, actor: Actor, referral: Referral, hub_id: UUID, draft: WrongPlaceDraft) -> UUID:
        require_wrong_place(draft)
        since = receipt(self._session, hub_id, referral.id)
        if since is None:
            raise NotFound
        came = last_passed_on(self._session, referral.id, until=since)
        breach = self._open_breach(referral, actor, came, since, had_id=hub_id, was_copy=True)
        found = self._found(actor, referral, breach, draft)
        self._take_back(actor, referral, found, to=hub_id)
        self._grants.end(referral, hub_id, answers=found)
        return breach.id

    def _send_elsewhere(self, actor: Actor, had: _Had, draft: WrongPlaceDraft) -> Breach:
        """End the hold of the wrong place, and send the referral where it goes at once."""
        referral, had_id = had.referral, had.by_id
        event = ReferralOpened(compartments=(Compartment.REFERRAL,))
        opened = self._opening.record(event, actor=actor, subject=about(referral))
        rerouted = self._rerouting.ask(referral, opened, draft.council)
        now = self._clock.now()
        # Written first: it says what the header says now, and the header moves on.
        came, since = came_by(self._session, referral), could_read_from(self._session, referral)
        breach = self._open_breach(referral, actor, came, since, had_id=had_id)
        self._move(had, rerouted, now)
        found = self._found(actor, referral, breach, draft)
        self._take_back(actor, referral, found)
        if rerouted.hub_id is not None:
            self._grants.give_on(referral, by=had_id, to=rerouted.hub_id)
        record_id = self._send(actor, referral, rerouted)
        # Before the keys of the wrong place end: it may be the one that gives them on.
        self._tellings.stand(actor, referral, record_id, lead=rerouted.decision.lead)
        self._grants.end(referral, had_id, answers=found)
        return breach

    def _move(self, had: _Had, rerouted: Rerouted, now: datetime) -> None:
        """Put the header where it goes now: to a hub's queue, or to the school's page; its clock runs on."""
        here = rerouted.hub_id is not None
        move_on(
            self._session,
            had.referral,
            had.version,
            state=referral_lifecycle.first(sent_by_us=here),
            hub_id=rerouted.hub_id,
            service_slug=rerouted.decision.lead,
            authority_code=rerouted.authority_code,
            needs_allocation=rerouted.decision.needs_allocation,
            in_queue=here,
            received_at=now if here else None,
            read_from_at=rerouted.decision.read_by,
            first_opened_at=None,
            acknowledged_at=None,
            acknowledged_by=None,
            decided_at=None,
            taken_by=None,
            taken_at=None,
            colour=None,
            colour_due_at=None,
        )

    def _open_breach(
        self,
        referral: Referral,
        actor: Actor,
        passing: Passing | None,
        since: datetime,
        *,
        had_id: UUID,
        was_copy: bool = False,
    ) -> Breach:
        now = self._clock.now()
        breach = Breach(
            id=new_id(),
            referral_id=referral.id,
            had_id=had_id,
            # Whoever passed it on to them answers for that, or the school that sent it.
            answerable_id=passing.from_id if passing else referral.school_id,
            had_from_at=since,
            found_by=actor.person_id,
            found_at=now,
            report_by_at=report_by(now),
            state=BreachState.UNDECIDED,
            version=1,
            was_copy=was_copy,
        )
        self._session.add(breach)
        self._session.flush()
        return breach

    def _found(self, actor: Actor, referral: Referral, breach: Breach, draft: WrongPlaceDraft) -> Recorded:
        """Write the breach's first words, and tell every organisation it concerns in its own trail."""
        concerned = dict.fromkeys((breach.had_id, breach.answerable_id, referral.school_id))
        self._entries.add(actor, breach, BreachAct.FIND, draft.reason, holders=tuple(concerned))
        found = record_about(
            self._audit,
            events.BreachFound(breach_id=breach.id, had_id=breach.had_id),
            actor,
            referral,
        )
        told = events.BreachTold(breach_id=breach.id, by_id=actor.organisation_id)
        self._tell(told, referral, (each for each in concerned if each != actor.organisation_id), found)
        return found

    def _take_back(
        self, actor: Actor, referral: Referral, found: Recorded, *, to: UUID | None = None
    ) -> None:
        """Let nobody be asked any more to take it over; `to` lets only one, where that one is asked."""
        passing = waiting_of(self._session, referral.id)
        if passing is not None and (to is None or passing.to_id == to):
            now = self._clock.now()
            settle(self._session, passing, PassingState.KEPT, by=actor.person_id, at=now)
            self._passing_on.withdraw(passing, referral, found)

    def _send(self, actor: Actor, referral: Referral, rerouted: Rerouted) -> UUID:
        """Keep where it goes now and why, and hand it to the hub that receives it, in the school's trail.

        Returns the id of what is kept.
        """
        school_id, hub_id = referral.school_id, rerouted.hub_id
        holders = (school_id, *filter(None, (hub_id,)))
        record_id, routed = self._rerouting.keep(referral, rerouted, holders=holders)
        by = actor if actor.organisation_id == school_id else None
        self._audit.record(routed, actor=by, organisation_id=school_id, subject=about(referral))
        if hub_id is None:
            return record_id
        sent = self._audit.record(
            ReferralSent(hub_id=hub_id), actor=by, organisation_id=school_id, subject=about(referral)
        )
        self._tell(ReferralReceived(school_id=school_id), referral, (hub_id,), sent)
        return record_id

    def _tell(self, event: Event, referral: Referral, where: Iterable[UUID], joint: Recorded) -> None:
        for organisation_id in where:
            self._audit.record(
                event, actor=None, organisation_id=organisation_id, subject=about(referral), joint=joint
            )
