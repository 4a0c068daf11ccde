"""Asking the engine again about a referral that was sent before, and keeping what it answers."""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, select

from intake.audit.event import Code, Event
from intake.audit.events.referrals import ReferralRouted
from intake.casework.documents.referral import RoutingTrace
from intake.clock import Clock
from intake.crypto.inventory import ROUTING_TRACE
from intake.db import Unit
from intake.ids import new_id
from intake.models.passing import Passing
from intake.models.referral import Referral, RoutingRecord
from intake.queries.routing_records import standing_record
from intake.routing.decision import Decision
from intake.routing.directory import Directory
from intake.routing.engine import route
from intake.routing.passing import asked_again
from intake.routing.question import Question
from intake.routing.record import decision_to_json, question_from_json, question_to_json
from intake.services.case_facts import named_in
from intake.services.keys import CaseKeys
from intake.services.opening import Opened
from intake.services.routing_desk import receiving
from intake.services.tellings import Tellings
from intake.vocabulary import PassingState


@dataclass(frozen=True, slots=True)
class Rerouted:
    """Where a referral goes now, and the hub here that receives it, if any."""

    question: Question
    decision: Decision
    hub_id: UUID | None

    @property
    def authority_code(self) -> str | None:
        """The council that leads now, None where none was found."""
        return None if self.decision.authority is None else self.decision.authority.code

    @property
    def service(self) -> str | None:
        """The service it goes to, by its code; None where the council is not found."""
        return None if self.decision.needs_allocation else self.decision.lead

    @property
    def phone(self) -> str:
        """The number of the service it goes to, as the directory has it now; empty where nobody was found."""
        lead = self.service
        return next((step.phone for step in self.decision.steps if step.service == lead), "")


class Rerouting:
    """Puts the question of a referral to the engine again, with what was learned since."""

    def __init__(
        self, unit: Unit, clock: Clock, keys: CaseKeys, directory: Directory, tellings: Tellings
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._keys = keys
        self._directory = directory
        self._tellings = tellings

    def ask(self, referral: Referral, opened: Opened, council: str | None) -> Rerouted:
        """Return where it goes without the service that has it; `council` is the right one, if known."""
        record = self._session.scalars(standing_record(referral)).one()
        place = ROUTING_TRACE.place(row_id=record.id, case_id=referral.id)
        trace = opened.unseal(RoutingTrace, record.trace_sealed, place)
        now = self._clock.now()
        hubs = receiving(self._session, now, but=named_in(self._session, referral.id))
        question = asked_again(
            question_from_json(json.loads(trace.question_json)),
            at=now,
            receiving=frozenset(hubs),
            by=self._passing(referral, council),
            declined=self._declined(referral),
            council=council,
        )
        decision = route(question, self._directory)
        # Nobody is asked to pass it on for a council that is not found: whoever has it does that already.
        found = decision.lead_receives_here and not decision.needs_allocation
        hub_id = hubs.get(decision.lead or "") if found else None
        return Rerouted(question, decision, hub_id)

    def keep(
        self, referral: Referral, rerouted: Rerouted, *, holders: tuple[UUID, ...]
    ) -> tuple[UUID, Event]:
        """Keep what was asked and answered, for these organisations; returns its id and its event.

        Who is to be told by it is kept too, and told once it stands.
        """
        record_id, decision = new_id(), rerouted.decision
        trace = RoutingTrace(
            question_json=json.dumps(question_to_json(rerouted.question)),
            decision_json=json.dumps(decision_to_json(decision)),
        )
        place = ROUTING_TRACE.place(row_id=record_id, case_id=referral.id)
        self._session.execute(
            insert(RoutingRecord).values(
                id=record_id,
                referral_id=referral.id,
                decided_at=self._clock.now(),
                authority_code=rerouted.authority_code,
                lead_service=decision.lead,
                directory_version=decision.directory_version,
                trace_sealed=self._keys.seal(trace, place, holders=holders),
            )
        )
        self._tellings.routed_again(referral.id, record_id, decision.informed)
        code = rerouted.authority_code
        return record_id, ReferralRouted(
            routing_record_id=record_id,
            directory_version=Code(decision.directory_version),
            authority=None if code is None else Code(code),
            service=None if decision.lead is None else Code(decision.lead),
        )

    def council(self, code: str | None) -> str:
        """Return a council's name, empty for none."""
        return "" if code is None else self._directory.named(code).name

    def service(self, slug: str | None) -> str:
        """Return a duty service's name, empty for none."""
        service = self._directory.services.get(slug or "")
        return "" if service is None else service.name

    def _passing(self, referral: Referral, council: str | None) -> frozenset[str]:
        """Return the service that has it and, where it is for another council, every other door of its own.

        The child may be there, or in its care: by another door it would come back to where it was.
        """
        slug, code = referral.service_slug or "", referral.authority_code or ""
        doors = () if council in {None, code} else self._directory.by_authority.get(code, ())
        return frozenset((slug, *(door.slug for door in doors if council not in door.covers)))

    def _declined(self, referral: Referral) -> frozenset[str]:
        """Return the services that declined it while the one that has it now was passing it on."""
        rows = self._session.scalars(
            select(Passing.to_service).where(
                Passing.referral_id == referral.id,
                Passing.from_id == referral.hub_id,
                Passing.state == PassingState.DECLINED,
            )
        )
        return frozenset(slug for slug in rows if slug is not None)
