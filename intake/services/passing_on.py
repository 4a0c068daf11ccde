"""Passing a referral on: the service that has it keeps it, and answers for it, until somebody else has it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from intake.audit.event import Code
from intake.audit.events import passing as events
from intake.audit.events.referrals import ReferralOpened
from intake.audit.log import AuditLog, Recorded
from intake.casework import passing_lifecycle, referral_lifecycle
from intake.casework.completeness import require_call
from intake.casework.documents.passing import PassingAnswer, PassingWords
from intake.casework.drafts import CallDraft, PassOnDraft
from intake.casework.passing import require_passing
from intake.clock import Clock
from intake.crypto.inventory import PASSING_ANSWER, PASSING_WORDS
from intake.db import Unit
from intake.errors import IllegalTransition, StaleVersion
from intake.ids import new_id
from intake.models.passing import Passing
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.queries.copies import is_copy
from intake.queries.passing import could_read_from, waiting_of
from intake.services.grants import Grants
from intake.services.hub_case import (
    about,
    hub_referral,
    move_on,
    record_about,
    require_current,
    require_taken_by,
)
from intake.services.keys import CaseKeys
from intake.services.news import News
from intake.services.opening import Opening
from intake.services.rerouting import Rerouted, Rerouting
from intake.services.tellings import Tellings
from intake.vocabulary import Compartment, PassingAct, PassingState, ReferralAct

#: What a refused act is said to follow while somebody else is asked to take a referral over.
_WAITS = "passed on, waiting for an answer"
_NOT_PASSED_ON = "not passed on"


class PassingOn:
    """What the service that has a referral does to pass it on."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        opening: Opening,
        news: News,
        rerouting: Rerouting,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._opening = opening
        self.news = news
        self.rerouting = rerouting
        self._tellings = Tellings(unit, clock, audit, keys)
        self._grants = Grants(audit, keys)

    def pass_on(self, actor: Actor, referral_id: UUID, version: int, draft: PassOnDraft) -> None:
        """Ask the engine again, and offer the referral to whoever receives it here, if anybody does.

        Raises `Refused`, `StaleVersion` and `IllegalTransition`.
        """
        referral = self._mine(actor, referral_id, version, ReferralAct.PASS_ON)
        require_passing(draft)
        referral_lifecycle.step(referral.state, ReferralAct.PASS_ON)
        require_not_waiting(self._session, referral, ReferralAct.PASS_ON)
        event = ReferralOpened(compartments=(Compartment.REFERRAL,))
        opened = self._opening.record(event, actor=actor, subject=about(referral))
        rerouted = self.rerouting.ask(referral, opened, draft.council)
        move_on(self._session, referral, version)
        holders = (actor.organisation_id, *filter(None, (rerouted.hub_id,)))
        record_id, routed = self.rerouting.keep(referral, rerouted, holders=holders)
        record_about(self._audit, routed, actor, referral)
        passing = self._keep(actor, referral, draft, rerouted, record_id)
        service = rerouted.service
        passed_on = events.ReferralPassedOn(
            passing_id=passing.id,
            why=draft.why,
            to_id=rerouted.hub_id,
            service=None if service is None else Code(service),
        )
        self._offer(passing, referral, record_about(self._audit, passed_on, actor, referral))
        self.news.tell_sender(referral)

    def keep(self, actor: Actor, referral_id: UUID, version: int) -> None:
        """Keep a referral after all. Raises `StaleVersion` and `IllegalTransition`."""
        referral = self._mine(actor, referral_id, version, ReferralAct.PASS_ON)
        passing = self._waiting(referral)
        state = passing_lifecycle.step(passing.state, PassingAct.KEEP)
        move_on(self._session, referral, version)
        settle(self._session, passing, state, by=actor.person_id, at=self._clock.now())
        kept = record_about(
            self._audit, events.ReferralKept(passing_id=passing.id, to_id=passing.to_id), actor, referral
        )
        self.withdraw(passing, referral, kept)
        self.news.tell_sender(referral)

    def hand_over(self, actor: Actor, referral_id: UUID, version: int, draft: CallDraft) -> None:
        """Record who took a referral over by telephone where nobody receives it here: it closes as passed on.

        Raises `Refused`, `StaleVersion` and `IllegalTransition`.
        """
        referral = self._mine(actor, referral_id, version, ReferralAct.HAND_OVER)
        now = self._clock.now()
        require_call(draft, now=now)
        passing = self._waiting(referral)
        state = passing_lifecycle.step(passing.state, PassingAct.HAND_OVER)
        over = referral_lifecycle.step(referral.state, ReferralAct.HAND_OVER)
        move_on(self._session, referral, version, state=over, in_queue=False)
        answer = PassingAnswer(words=draft.said, spoke_to=draft.spoke_to, number=draft.number)
        place = PASSING_ANSWER.place(row_id=passing.id, case_id=referral.id)
        sealed = self._keys.seal(answer, place, holders=(actor.organisation_id,))
        settle(
            self._session,
            passing,
            state,
            by=actor.person_id,
            at=now,
            told_at=draft.called_at,
            answer_sealed=sealed,
        )
        record_about(self._audit, events.ReferralHandedOver(passing_id=passing.id), actor, referral)
        self._tellings.stand(actor, referral, passing.routing_record_id, lead=passing.to_service)
        self.news.tell_sender(referral)

    def withdraw(self, passing: Passing, referral: Referral, because: Recorded) -> None:
        """End what the service that was asked could open; its trail answers to the entry that says why.

        A copy it was given for information stays: the offer did not give it that.
        """
        if passing.to_id is None:
            return
        withdrawn = events.OfferWithdrawn(passing_id=passing.id, from_id=passing.from_id)
        self._audit.record(
            withdrawn, actor=None, organisation_id=passing.to_id, subject=about(referral), joint=because
        )
        if not is_copy(self._session, passing.to_id, referral.id):
            self._grants.end(referral, passing.to_id, answers=because)

    def _mine(self, actor: Actor, referral_id: UUID, version: int, act: ReferralAct) -> Referral:
        referral = hub_referral(self._session, actor, Permission.REFERRAL_PASS_ON, referral_id)
        require_current(referral, version)
        require_taken_by(referral, actor, act)
        return referral

    def _waiting(self, referral: Referral) -> Passing:
        passing = waiting_of(self._session, referral.id)
        if passing is None:
            raise IllegalTransition(_NOT_PASSED_ON, PassingAct.KEEP)
        return passing

    def _keep(
        self, actor: Actor, referral: Referral, draft: PassOnDraft, rerouted: Rerouted, record_id: UUID
    ) -> Passing:
        passing_id, service = new_id(), rerouted.service
        place = PASSING_WORDS.place(row_id=passing_id, case_id=referral.id)
        words = PassingWords(
            reason=draft.reason,
            council=self.rerouting.council(draft.council),
            service=self.rerouting.service(service),
            phone=rerouted.phone,
        )
        passing = Passing(
            id=passing_id,
            referral_id=referral.id,
            routing_record_id=record_id,
            from_id=actor.organisation_id,
            to_id=rerouted.hub_id,
            to_service=service,
            why=draft.why,
            state=PassingState.TO_HAND_OVER if rerouted.hub_id is None else PassingState.OFFERED,
            passed_by=actor.person_id,
            passed_at=self._clock.now(),
            words_sealed=self._keys.seal(words, place, holders=(actor.organisation_id,)),
            had_from_at=could_read_from(self._session, referral),
            acknowledged_at=referral.acknowledged_at,
            acknowledged_by=referral.acknowledged_by,
        )
        self._session.add(passing)
        return passing

    def _offer(self, passing: Passing, referral: Referral, passed_on: Recorded) -> None:
        """Let the next service read the referral as it was sent, to answer: no more, and nothing of ours."""
        if passing.to_id is None:
            return
        self._keys.share(
            referral.id, Compartment.IDENTITY, by=passing.from_id, with_organisation=passing.to_id
        )
        self._audit.record(
            events.ReferralOffered(passing_id=passing.id, from_id=passing.from_id),
            actor=None,
            organisation_id=passing.to_id,
            subject=about(referral),
            joint=passed_on,
        )


def require_not_waiting(session: Session, referral: Referral, act: ReferralAct) -> None:
    """Raise `IllegalTransition` while another service is asked to take the referral over."""
    if waiting_of(session, referral.id) is not None:
        raise IllegalTransition(_WAITS, act)


def settle(
    session: Session, passing: Passing, state: PassingState, *, by: UUID, at: datetime, **more: object
) -> None:
    """Settle what came of a passing on, once; raises `StaleVersion` where somebody else was quicker.

    The header moves on before this, wherever both do: two who answer at once then never wait for each other.
    """
    settled = session.execute(
        update(Passing)
        .where(Passing.id == passing.id, Passing.state == passing.state)
        .values(state=state, answered_by=by, answered_at=at, **more)
        .returning(Passing.id)
    )
    if settled.one_or_none() is None:
        raise StaleVersion
