"""Staff whom a case names: from then on they read nothing of it, and nobody tells them of it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import insert, select

from intake.audit.event import Subject
from intake.audit.events.concerns import StaffNamed
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.models.concern import Concern, Exclusion
from intake.models.referral import Referral, ReferralConcern
from intake.policy.actor import Actor
from intake.services.alerts import Alerts
from intake.vocabulary import SubjectKind


class Exclusions:
    """Keeps named staff out of cases."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, alerts: Alerts) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._alerts = alerts

    def keep_out(
        self, actor: Actor, person_ids: Iterable[UUID], *, referral_id: UUID, concern_ids: Iterable[UUID]
    ) -> None:
        """Let these people read neither the referral nor its concerns, and tell them no more of those.

        Nor may they read the same words elsewhere: in an earlier referral of these concerns; and whoever
        one of the concerns names already reads nothing of this referral.
        """
        named, concerns = tuple(dict.fromkeys(person_ids)), tuple(dict.fromkeys(concern_ids))
        before = self._there(concerns)
        wanted = {(referral_id, person_id) for _concern_id, person_id in before}
        if named:
            earlier = self._referrals_of(concerns)
            cases = (referral_id, *concerns, *earlier)
            wanted |= {(case_id, person_id) for case_id in cases for person_id in named}
            before |= self._there(earlier)
        self._keep(actor, wanted - before)
        for concern_id in concerns:
            for person_id in named:
                self._alerts.end(concern_id, person_id)

    def _keep(self, actor: Actor, pairs: set[tuple[UUID, UUID]]) -> None:
        """Keep who is out of which case from now on, and record it of each case."""
        if not pairs:
            return
        now = self._clock.now()
        rows = [
            {"case_id": case_id, "person_id": person_id, "since_at": now}
            for case_id, person_id in sorted(pairs)
        ]
        self._session.execute(insert(Exclusion), rows)
        for subject in self._subjects({case_id for case_id, _person_id in pairs}):
            named = sorted(person_id for case_id, person_id in pairs if case_id == subject.id)
            self._audit.record(
                StaffNamed(named_ids=tuple(named)),
                actor=actor,
                organisation_id=actor.organisation_id,
                subject=subject,
            )

    def _subjects(self, case_ids: set[UUID]) -> Iterator[Subject]:
        for kind, table in ((SubjectKind.CONCERN, Concern), (SubjectKind.REFERRAL, Referral)):
            rows = self._session.execute(
                select(table.id, table.reference).where(table.id.in_(case_ids)).order_by(table.id)
            )
            yield from (Subject(kind, case_id, reference) for case_id, reference in rows)

    def _referrals_of(self, concern_ids: tuple[UUID, ...]) -> tuple[UUID, ...]:
        held = select(ReferralConcern.referral_id).where(ReferralConcern.concern_id.in_(concern_ids))
        return tuple(self._session.scalars(held))

    def _there(self, case_ids: tuple[UUID, ...]) -> set[tuple[UUID, UUID]]:
        rows = self._session.execute(
            select(Exclusion.case_id, Exclusion.person_id).where(Exclusion.case_id.in_(case_ids))
        )
        return {(case_id, person_id) for case_id, person_id in rows}
