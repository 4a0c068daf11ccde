"""A tie to a case: one's own child, family or neighbour. Whoever has one is kept out of it at once."""

from collections.abc import Collection
from uuid import UUID

from intake.audit.event import Subject
from intake.audit.events.restrictions import TieDeclared
from intake.audit.log import AuditLog
from intake.clock import Clock
from intake.db import Unit
from intake.errors import Refused
from intake.models.referral import Referral
from intake.policy.actor import Actor
from intake.policy.permissions import Permission
from intake.policy.table import DUTY, LEADS, STAFF, WATCHERS
from intake.queries.restrictions import colleagues, reached
from intake.services.alerts import Alerts
from intake.services.case_facts import named_in
from intake.services.case_locks import lock_case
from intake.services.concern_rows import concern_for, subject_of
from intake.services.copies import copied_referral
from intake.services.hub_case import about, hub_referral, move_on
from intake.services.kept_out import shut_out, somebody_is_left
from intake.services.offers import offered
from intake.services.staff import Staff
from intake.vocabulary import OrganisationKind, Role, SubjectKind


class Ties:
    """Keeps whoever has a tie to a case out of it; the case itself stays as it is."""

    def __init__(self, unit: Unit, clock: Clock, audit: AuditLog, staff: Staff, alerts: Alerts) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._staff = staff
        self._alerts = alerts

    def choices(self, actor: Actor, case_id: UUID) -> dict[UUID, str]:
        """Return the colleagues who are not kept out yet, by name: the actor is one of them, and first."""
        found = self._everybody(actor) - named_in(self._session, case_id)
        cards = self._staff.cards(found)
        ordered = sorted(found, key=lambda each: (each != actor.person_id, cards[each].name))
        return {each: cards[each].name for each in ordered}

    def in_hub(self, actor: Actor, referral_id: UUID, person_id: UUID) -> None:
        """Say that somebody in the service has a tie to a referral; if they had it, it is nobody's now.

        Raises `NotFound`, and `Refused` where nobody would be left to take it up.
        """
        referral = hub_referral(self._session, actor, Permission.REFERRAL_TIE, referral_id)
        self._to_referral(actor, referral, person_id)

    def of_copy(self, actor: Actor, referral_id: UUID, person_id: UUID) -> None:
        """Say that somebody in the service has a tie to a referral it has a copy of. Raises as `in_hub`."""
        permission = Permission.REFERRAL_TIE
        self._to_referral(actor, copied_referral(self._session, actor, permission, referral_id), person_id)

    def of_offer(self, actor: Actor, offer_id: UUID, person_id: UUID) -> None:
        """Say that somebody in the service has a tie to a referral passed on to it. Raises as `in_hub`."""
        _passing, referral = offered(self._session, actor, Permission.REFERRAL_TIE, offer_id)
        self._to_referral(actor, referral, person_id)

    def in_school(self, actor: Actor, concern_id: UUID, person_id: UUID) -> None:
        """Say that somebody in the school has a tie to a child: the child's whole file is closed to them.

        So is a file in which the concern is put later. Raises `NotFound`, and `Refused` as for a referral.
        """
        concern = concern_for(self._session, actor, Permission.CONCERN_TIE, concern_id)
        kind, case_id = SubjectKind.CONCERN, concern_id
        if concern.child_file_id is not None:
            kind, case_id = SubjectKind.CHILD_FILE, concern.child_file_id
        lock_case(self._session, kind, case_id)
        cases = reached(self._session, kind, case_id)
        self._require_others(actor, LEADS, cases, person_id)
        self._keep_out(actor, person_id, cases, subject_of(concern))
        for case_id in sorted(cases):
            self._alerts.end(case_id, person_id)

    def _to_referral(self, actor: Actor, referral: Referral, person_id: UUID) -> None:
        self._require_others(actor, DUTY, {referral.id}, person_id)
        self._keep_out(actor, person_id, {referral.id}, about(referral))
        if referral.taken_by == person_id:
            move_on(self._session, referral, referral.version, taken_by=None, taken_at=None)

    def _require_others(
        self, actor: Actor, roles: Collection[Role], cases: Collection[UUID], person_id: UUID
    ) -> None:
        """Refuse what would leave a case with nobody, and anybody who is not a colleague."""
        if person_id not in self._everybody(actor):
            raise Refused("person", "tie.not_here")
        able = self._colleagues(actor, roles) - {person_id}
        if not somebody_is_left(self._session, actor.organisation_id, able, cases):
            raise Refused("person", "tie.nobody_left")

    def _everybody(self, actor: Actor) -> set[UUID]:
        """Return whoever reads cases, or what was done about them, where the actor works."""
        roles = DUTY | WATCHERS if actor.organisation_kind is OrganisationKind.HUB else STAFF | WATCHERS
        return self._colleagues(actor, roles)

    def _colleagues(self, actor: Actor, roles: Collection[Role]) -> set[UUID]:
        return set(colleagues(self._session, actor.organisation_id, roles, self._clock.now()))

    def _keep_out(self, actor: Actor, person_id: UUID, cases: Collection[UUID], said_of: Subject) -> None:
        if said_of.id is None:
            raise RuntimeError("a tie is to one case")
        shut_out(self._session, person_id, cases, said_of=said_of.id, at=self._clock.now())
        self._audit.record(
            TieDeclared(person_id=person_id),
            actor=actor,
            organisation_id=actor.organisation_id,
            subject=said_of,
        )
