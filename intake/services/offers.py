"""Referrals that another service passes on: read to answer, accepted or declined."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from intake.audit.events import passing as events
from intake.audit.log import AuditLog
from intake.casework import passing_lifecycle, referral_lifecycle
from intake.casework.documents.passing import PassingAnswer
from intake.casework.passing import require_declining
from intake.clock import Clock
from intake.crypto.inventory import PASSING_ANSWER
from intake.db import Unit
from intake.errors import IllegalTransition, NotFound
from intake.models.passing import Passing
from intake.models.referral import Referral, ReferralSent, RoutingRecord
from intake.policy.actor import Actor
from intake.policy.facts import Facts
from intake.policy.permissions import Permission
from intake.policy.permits import require
from intake.queries import passing as queries
from intake.queries.copies import is_copy
from intake.services.case_facts import facts_about
from intake.services.grants import Grants
from intake.services.hub_case import about, move_on, record_about
from intake.services.hub_reading import ReadReferral, as_sent, card_sent
from intake.services.keys import CaseKeys
from intake.services.news import News
from intake.services.opening import Opening
from intake.services.passing_on import settle
from intake.services.passing_told import PassingTold, passing_told
from intake.services.staff import Staff
from intake.services.tellings import Tellings
from intake.vocabulary import Compartment, PassingAct, PassingState, ReferralAct

_SENT = (Compartment.REFERRAL, Compartment.IDENTITY)


@dataclass(frozen=True, slots=True)
class OfferHead:
    """Where an offer stands, opening nothing."""

    id: UUID
    referral_id: UUID
    reference: str
    by: str
    state: PassingState
    answered_at: datetime | None
    answered_by: str


@dataclass(frozen=True, slots=True)
class OfferRead:
    """An offer with the referral as it was sent; nothing that the first service wrote is in it."""

    head: OfferHead
    passing: PassingTold
    read: ReadReferral


class Offers:
    """What the service that is asked to take a referral over does."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        opening: Opening,
        news: News,
        staff: Staff,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._opening = opening
        self._news = news
        self._staff = staff
        self._tellings = Tellings(unit, clock, audit, keys)
        self._grants = Grants(audit, keys)

    def listed(self, actor: Actor) -> tuple[queries.Offer, ...]:
        """Return what waits for the service's answer. Raises `NotPermitted`."""
        return queries.offers(self._session, actor)

    def head(self, actor: Actor, offer_id: UUID) -> OfferHead:
        """Return where an offer stands. Raises `NotFound`."""
        passing, referral = offered(self._session, actor, Permission.REFERRAL_ACCEPT, offer_id)
        return self._head(passing, referral)

    def read(self, actor: Actor, offer_id: UUID) -> OfferRead:
        """Return an offer to answer; `IllegalTransition` where it was answered. Raises `NotFound`."""
        passing, referral = offered(self._session, actor, Permission.REFERRAL_ACCEPT, offer_id)
        if passing.state is not PassingState.OFFERED:
            raise IllegalTransition(passing.state, PassingAct.ACCEPT)
        event = events.OfferOpened(passing_id=passing.id, compartments=_SENT)
        opened = self._opening.record(event, actor=actor, subject=about(referral))
        opened.load((referral.id,))
        routed = self._session.get_one(RoutingRecord, passing.routing_record_id)
        read = as_sent(self._session, self._staff, opened, actor, routed)
        shown = opened.withholding(card_sent(opened, self._session.get_one(ReferralSent, referral.id)))
        return OfferRead(self._head(passing, referral), passing_told(self._staff, shown, passing), read)

    def accept(self, actor: Actor, offer_id: UUID) -> UUID:
        """Take a referral over from the service that passes it on, and return its id; the clock runs on.

        From now on it is here with everything written about it, and nothing of it can be opened there;
        whoever is to be told of it anew is told.
        Raises `NotFound`, `StaleVersion` and `IllegalTransition`.
        """
        passing, referral = offered(self._session, actor, Permission.REFERRAL_ACCEPT, offer_id)
        state = passing_lifecycle.step(passing.state, PassingAct.ACCEPT)
        accepted_state = referral_lifecycle.step(referral.state, ReferralAct.ACCEPT)
        now = self._clock.now()
        routed = self._session.get_one(RoutingRecord, passing.routing_record_id)
        move_on(
            self._session,
            referral,
            referral.version,
            state=accepted_state,
            hub_id=actor.organisation_id,
            service_slug=passing.to_service,
            authority_code=routed.authority_code or referral.authority_code,
            needs_allocation=routed.authority_code is None,
            received_at=now,
            read_from_at=now,
            first_opened_at=now,
            acknowledged_at=now,
            acknowledged_by=actor.person_id,
            taken_by=actor.person_id,
            taken_at=now,
            # How pressing it is, the service that has it now judges for itself.
            colour=None,
            colour_due_at=None,
        )
        settle(self._session, passing, state, by=actor.person_id, at=now)
        self._take_over(actor, passing, referral)
        self._tellings.stand(actor, referral, routed.id, lead=passing.to_service)
        self._news.tell_sender(referral)
        return referral.id

    def _take_over(self, actor: Actor, passing: Passing, referral: Referral) -> None:
        """Move every key here, and tell the first service and the school, each in its own trail."""
        event = events.ReferralAccepted(passing_id=passing.id, from_id=passing.from_id)
        accepted = record_about(self._audit, event, actor, referral)
        self._grants.give_on(referral, by=passing.from_id, to=actor.organisation_id)
        left = events.ReferralLeft(passing_id=passing.id, to_id=actor.organisation_id)
        for organisation_id in (passing.from_id, referral.school_id):
            self._audit.record(
                left, actor=None, organisation_id=organisation_id, subject=about(referral), joint=accepted
            )
        self._grants.end(referral, passing.from_id, answers=accepted)

    def decline(self, actor: Actor, offer_id: UUID, reason: str) -> None:
        """Decline a referral, saying why: the service that passed it on still has it.

        Raises `Refused`, `NotFound`, `StaleVersion` and `IllegalTransition`.
        """
        passing, referral = offered(self._session, actor, Permission.REFERRAL_ACCEPT, offer_id)
        require_declining(reason)
        state = passing_lifecycle.step(passing.state, PassingAct.DECLINE)
        place = PASSING_ANSWER.place(row_id=passing.id, case_id=referral.id)
        answer = PassingAnswer(words=reason, spoke_to="", number="")
        sealed = self._keys.seal(answer, place, holders=(actor.organisation_id,))
        move_on(self._session, referral, referral.version)
        settle(
            self._session,
            passing,
            state,
            by=actor.person_id,
            at=self._clock.now(),
            answer_sealed=sealed,
        )
        event = events.ReferralDeclined(passing_id=passing.id, from_id=passing.from_id)
        declined = record_about(self._audit, event, actor, referral)
        self._audit.record(
            events.ReferralCameBack(passing_id=passing.id, to_id=actor.organisation_id),
            actor=None,
            organisation_id=passing.from_id,
            subject=about(referral),
            joint=declined,
        )
        if not is_copy(self._session, actor.organisation_id, referral.id):
            self._grants.end(referral, actor.organisation_id, answers=declined)
        self._news.tell_sender(referral)

    def _head(self, passing: Passing, referral: Referral) -> OfferHead:
        return OfferHead(
            id=passing.id,
            referral_id=referral.id,
            reference=referral.reference,
            by=self._staff.organisation(passing.from_id),
            state=passing.state,
            answered_at=passing.answered_at,
            answered_by=self._staff.name(passing.answered_by),
        )


def offered(
    session: Session, actor: Actor, permission: Permission, offer_id: UUID
) -> tuple[Passing, Referral]:
    """Return an offer to the actor's service, with which the actor may do this. Raises `NotFound`."""
    passing = session.get(Passing, offer_id)
    if passing is None:
        require(actor, permission, Facts())
        raise NotFound
    facts = Facts(hub_id=passing.to_id)
    facts = facts_about(session, passing.referral_id, facts, seen_from=actor.organisation_id)
    require(actor, permission, facts)
    return passing, session.get_one(Referral, passing.referral_id)
