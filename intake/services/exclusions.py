"""Staff whom a case names: from then on they read nothing of it, and nobody tells them of it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import insert, select

from intake.clock import Clock
from intake.db import Unit
from intake.models.concern import Exclusion
from intake.services.alerts import Alerts


class Exclusions:
    """Keeps named staff out of cases."""

    def __init__(self, unit: Unit, clock: Clock, alerts: Alerts) -> None:
        self._session = unit.session
        self._clock = clock
        self._alerts = alerts

    def keep_out(self, person_ids: Iterable[UUID], *, referral_id: UUID, concern_ids: Iterable[UUID]) -> None:
        """Let these people read neither the referral nor its concerns, and tell them no more of those."""
        named, concerns = tuple(dict.fromkeys(person_ids)), tuple(dict.fromkeys(concern_ids))
        cases = (referral_id, *concerns)
        there = self._there(cases)
        now = self._clock.now()
        rows = [
            {"case_id": case_id, "person_id": person_id, "since_at": now}
            for case_id in cases
            for person_id in named
            if (case_id, person_id) not in there
        ]
        if rows:
            self._session.execute(insert(Exclusion), rows)
        for concern_id in concerns:
            for person_id in named:
                self._alerts.end(concern_id, person_id)

    def _there(self, case_ids: tuple[UUID, ...]) -> set[tuple[UUID, UUID]]:
        rows = self._session.execute(
            select(Exclusion.case_id, Exclusion.person_id).where(Exclusion.case_id.in_(case_ids))
        )
        return {(case_id, person_id) for case_id, person_id in rows}
