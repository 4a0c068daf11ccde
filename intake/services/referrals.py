"""Sending a referral: where it goes, who may open it, and that it was sent, all kept in one commit."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select

from intake.audit.event import Code, Event, Subject
from intake.audit.events import referrals as events
from intake.audit.log import AuditLog, Recorded
from intake.casework import concern_lifecycle, referral_lifecycle
from intake.casework.completeness import require_referral
from intake.casework.documents.referral import ReferralAsSent
from intake.casework.drafts import ReferralDraft
from intake.casework.triage import urgency_rank
from intake.clock import Clock
from intake.crypto.inventory import REFERRAL_CARD, REFERRAL_DOCUMENT, ROUTING_TRACE
from intake.db import Unit
from intake.ids import new_id, new_reference
from intake.models.concern import Concern
from intake.models.referral import Referral, ReferralConcern, ReferralSent, RoutingRecord
from intake.policy.actor import Actor
from intake.queries.restrictions import spread
from intake.services.exclusions import Exclusions
from intake.services.keys import CaseKeys
from intake.services.referral_building import Gathered, ReferralBuilding
from intake.services.routing_desk import Routed, RoutingDesk
from intake.services.tellings import Tellings
from intake.vocabulary import Compartment, ConcernAct, SubjectKind


@dataclass(frozen=True, slots=True)
class _Sending:
    """One referral on its way: whose it is, what it says, where it goes and when."""

    id: UUID
    reference: str
    at: datetime
    actor: Actor
    draft: ReferralDraft
    routed: Routed

    @property
    def holders(self) -> tuple[UUID, ...]:
        """The organisations that may open it: the school, the hub that receives it, and who gets a copy."""
        hub_id = self.routed.hub_id
        received = () if hub_id is None else (hub_id,)
        return (self.actor.organisation_id, *received, *self.routed.copy_ids)

    @property
    def subject(self) -> Subject:
        """What its entries in the trail are about."""
        return Subject(SubjectKind.REFERRAL, self.id, self.reference)


class Referrals:
    """Sends referrals."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        keys: CaseKeys,
        *,
        building: ReferralBuilding,
        desk: RoutingDesk,
        exclusions: Exclusions,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._building = building
        self._desk = desk
        self._exclusions = exclusions
        self._tellings = Tellings(unit, clock, audit, keys)

    def preview(self, actor: Actor, draft: ReferralDraft) -> Routed:
        """Return where a referral would go if it were sent now. Raises `Refused` for a missing answer."""
        require_referral(draft)
        return self._desk.ask(draft, school_id=actor.organisation_id)

    def submit(self, actor: Actor, draft: ReferralDraft) -> UUID:
        """Send a referral and return its id; where nobody here receives it, it stays on the lead's page.

        Raises `NotFound` for a concern or colleague that is not the actor's to name, `Refused` for a
        missing answer, `IllegalTransition` for a concern that cannot be referred.
        """
        require_referral(draft)
        # Opened first: all that comes after the entry of the opening is one transaction.
        gathered = self._building.gather(actor, draft)
        sending = _Sending(
            id=new_id(),
            reference=new_reference("R"),
            at=self._clock.now(),
            actor=actor,
            draft=draft,
            routed=self._desk.ask(draft, school_id=actor.organisation_id),
        )
        self._keys.begin(sending.id, (Compartment.REFERRAL, Compartment.IDENTITY), holders=sending.holders)
        self._session.execute(insert(Referral).values(_header(sending)))
        self._keep_words(sending, gathered)
        self._submitted(sending)
        self._keep_trace(sending)
        self._refer(sending)
        self._exclusions.keep_out(
            actor, draft.named_staff_ids, referral_id=sending.id, concern_ids=draft.concern_ids
        )
        self._hand_over(sending)
        return sending.id

    def _keep_words(self, sending: _Sending, gathered: Gathered) -> None:
        draft = sending.draft
        document = ReferralAsSent(
            concerns=gathered.concerns,
            where_now=draft.where_now,
            why_now=draft.why_now,
            child_wishes=draft.child_wishes,
            parents_told=draft.parents_told,
            not_told_reasons=draft.not_told_reasons,
            not_told_words=draft.not_told_words,
            parents_view=draft.parents_view,
            safe_contact=draft.safe_contact,
            sender_name=gathered.sender.name,
            sender_post=gathered.sender.post,
            sender_phone=draft.sender_phone,
            school_name=gathered.school_name,
            named_staff=gathered.named,
        )
        sealed = {
            column.column: self._keys.seal(
                words, column.place(row_id=sending.id, case_id=sending.id), holders=sending.holders
            )
            for column, words in ((REFERRAL_DOCUMENT, document), (REFERRAL_CARD, gathered.child))
        }
        self._session.execute(insert(ReferralSent).values(referral_id=sending.id, **sealed))

    def _submitted(self, sending: _Sending) -> None:
        event = events.ReferralSubmitted(
            concern_ids=sending.draft.concern_ids,
            danger_now=sending.draft.danger_now,
            missing_now=sending.draft.missing_now,
        )
        self._record(event, sending)

    def _keep_trace(self, sending: _Sending) -> None:
        record_id, decision = new_id(), sending.routed.decision
        place = ROUTING_TRACE.place(row_id=record_id, case_id=sending.id)
        authority = None if decision.authority is None else decision.authority.code
        self._session.execute(
            insert(RoutingRecord).values(
                id=record_id,
                referral_id=sending.id,
                decided_at=sending.at,
                authority_code=authority,
                lead_service=decision.lead,
                directory_version=decision.directory_version,
                trace_sealed=self._keys.seal(sending.routed.trace(), place, holders=sending.holders),
            )
        )
        receiving = sending.routed.question.receiving
        self._tellings.sent(sending.id, record_id, decision.informed, copied=receiving)
        event = events.ReferralRouted(
            routing_record_id=record_id,
            directory_version=Code(decision.directory_version),
            authority=None if authority is None else Code(authority),
            service=None if decision.lead is None else Code(decision.lead),
        )
        self._record(event, sending)

    def _refer(self, sending: _Sending) -> None:
        """Move the concerns on, locked in one order so that two senders never wait for each other."""
        rows = self._session.scalars(
            select(Concern)
            .where(Concern.id.in_(sending.draft.concern_ids))
            .order_by(Concern.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        for concern in rows:
            concern.state = concern_lifecycle.step(concern.state, ConcernAct.REFER)
            concern.version += 1
        self._session.execute(
            insert(ReferralConcern),
            [
                {"referral_id": sending.id, "concern_id": concern_id}
                for concern_id in dict.fromkeys(sending.draft.concern_ids)
            ],
        )
        spread(self._session, sending.draft.concern_ids, (sending.id,))

    def _hand_over(self, sending: _Sending) -> None:
        """Record that it was sent and received, and each copy with a receipt of its own."""
        school_id = sending.actor.organisation_id
        if (hub_id := sending.routed.hub_id) is not None:
            sent = self._record(events.ReferralSent(hub_id=hub_id), sending)
            self._receipt(events.ReferralReceived(school_id=school_id), sending, hub_id, sent)
        for copy_id in sending.routed.copy_ids:
            copied = self._record(events.ReferralCopied(hub_id=copy_id), sending)
            self._receipt(events.CopyReceived(school_id=school_id), sending, copy_id, copied)

    def _receipt(self, event: Event, sending: _Sending, hub_id: UUID, joint: Recorded) -> None:
        self._audit.record(event, actor=None, organisation_id=hub_id, subject=sending.subject, joint=joint)

    def _record(self, event: Event, sending: _Sending) -> Recorded:
        return self._audit.record(
            event,
            actor=sending.actor,
            organisation_id=sending.actor.organisation_id,
            subject=sending.subject,
        )


def _header(sending: _Sending) -> dict[str, object]:
    """Return the clear header: what routing, clocks and lists need, and no word."""
    draft, routed, decision = sending.draft, sending.routed, sending.routed.decision
    state = referral_lifecycle.first(sent_by_us=routed.hub_id is not None)
    received = None if routed.hub_id is None else sending.at
    return {
        "id": sending.id,
        "reference": sending.reference,
        "school_id": sending.actor.organisation_id,
        "sent_by": sending.actor.person_id,
        "hub_id": routed.hub_id,
        "service_slug": decision.lead,
        "authority_code": None if decision.authority is None else decision.authority.code,
        "nation": routed.clock.nation,
        "directory_version": decision.directory_version,
        "state": state,
        "needs_allocation": decision.needs_allocation,
        "in_queue": routed.hub_id is not None,
        "danger_now": draft.danger_now,
        "missing_now": draft.missing_now,
        "urgency_rank": urgency_rank(draft.danger_now, draft.missing_now, None, state),
        "submitted_at": sending.at,
        "received_at": received,
        "read_from_at": decision.read_by,
        "clock_starts_at": routed.clock.starts_at,
        "due_at": routed.clock.due_at,
        "version": 1,
    }
