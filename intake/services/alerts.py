"""Who is told that a concern waits, in what order, and what the person who recorded it is shown of that."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from intake.audit.event import Subject
from intake.audit.events.concerns import AlertEscalated, AlertSent
from intake.audit.log import AuditLog
from intake.casework.alerts import school_time, unread_ladder
from intake.casework.documents.person import StaffCard
from intake.clock import Clock
from intake.db import Unit
from intake.ids import new_id
from intake.models.concern import Alert, Concern
from intake.models.organisation import Organisation
from intake.policy.facts import Facts
from intake.queries import school
from intake.routing.directory import Directory
from intake.services.case_facts import facts_about
from intake.services.outbox import Outbox
from intake.services.staff import Staff
from intake.vocabulary import MailKind, Nation, SubjectKind


@dataclass(frozen=True, slots=True)
class Alerted:
    """One person who is told of a concern; `told_at` is when the mail server took the mail, None before.

    `due_at` is when this person is told while nobody has read it; all times are aware UTC.
    """

    person_id: UUID
    card: StaffCard
    due_at: datetime
    asked_at: datetime | None
    told_at: datetime | None


@dataclass(frozen=True, slots=True)
class AllAlerted:
    """Everybody who is told, in order, and when the last of them has had their time."""

    people: tuple[Alerted, ...]
    exhausted_at: datetime | None


class Alerts:
    """Tells the lead at once, and each deputy in turn while nobody reads."""

    def __init__(
        self,
        unit: Unit,
        clock: Clock,
        audit: AuditLog,
        *,
        outbox: Outbox,
        staff: Staff,
        directory: Directory,
        public_url: str,
    ) -> None:
        self._session = unit.session
        self._clock = clock
        self._audit = audit
        self._outbox = outbox
        self._staff = staff
        self._directory = directory
        self._link = f"{public_url.rstrip('/')}/sign-in"

    def begin(self, concern: Concern) -> None:
        """Plan who is told of a concern that was just recorded, and tell the first at once."""
        people = school.ladder(self._session, concern.organisation_id, concern.recorded_at)
        facts = facts_about(self._session, concern.id, Facts(), seen_from=concern.organisation_id)
        others = [each for each in people if each != concern.recorded_by and not facts.shuts_out(each)]
        hours = school_time(self._nation(concern.organisation_id))
        for rung in unread_ladder(concern.recorded_at, others, hours=hours).rungs:
            alert = Alert(
                id=new_id(),
                concern_id=concern.id,
                person_id=rung.person_id,
                rung=rung.rung,
                due_at=rung.due_at,
            )
            if rung.rung == 0:
                self._tell(alert, concern)
            self._session.add(alert)

    def end(self, concern_id: UUID, person_id: UUID | None = None) -> None:
        """Tell nobody any more of a concern, or one person no more: it was read, or it names them."""
        statement = update(Alert).where(Alert.concern_id == concern_id, Alert.ended_at.is_(None))
        if person_id is not None:
            statement = statement.where(Alert.person_id == person_id)
        self._session.execute(statement.values(ended_at=self._clock.now()))

    def raise_due(self) -> int:
        """Tell the next person of every concern that has lain unread for too long; returns how many.

        One that somebody reads or decides on at this instant waits for the next round.
        """
        due = self._session.execute(
            select(Alert, Concern)
            .join(Concern, Concern.id == Alert.concern_id)
            .where(Alert.ended_at.is_(None), Alert.sent_at.is_(None), Alert.due_at <= self._clock.now())
            .order_by(Alert.due_at, Alert.id)
            .with_for_update(of=(Alert, Concern), skip_locked=True)
        ).all()
        told = 0
        for alert, concern in due:
            if self._may_be_told(alert, concern):
                self._tell(alert, concern)
                told += 1
            else:
                self._pass_over(alert)
        return told

    def alerted(self, concern: Concern) -> AllAlerted:
        """Return who is told of a concern, in order, and how far that has come."""
        alerts = self._session.scalars(
            select(Alert).where(Alert.concern_id == concern.id).order_by(Alert.rung)
        ).all()
        cards = self._staff.cards(alert.person_id for alert in alerts)
        told = self._outbox.sent_at(alert.mail_id for alert in alerts if alert.mail_id is not None)
        hours = school_time(self._nation(concern.organisation_id))
        reads = () if concern.read_at is None else (concern.read_at,)
        people = [alert.person_id for alert in alerts]
        ladder = unread_ladder(concern.recorded_at, people, hours=hours, reads=reads)
        return AllAlerted(
            tuple(
                Alerted(
                    alert.person_id,
                    cards[alert.person_id],
                    alert.due_at,
                    alert.sent_at,
                    None if alert.mail_id is None else told.get(alert.mail_id),
                )
                for alert in alerts
            ),
            ladder.exhausted_at,
        )

    def _tell(self, alert: Alert, concern: Concern) -> None:
        alert.sent_at = self._clock.now()
        alert.mail_id = self._outbox.put(
            MailKind.CONCERN_TO_READ if alert.rung == 0 else MailKind.CONCERN_STILL_UNREAD,
            organisation_id=concern.organisation_id,
            person_id=alert.person_id,
            reference=concern.reference,
            link=self._link,
        )
        kind = AlertSent if alert.rung == 0 else AlertEscalated
        self._audit.record(
            kind(alert_id=alert.id, person_id=alert.person_id, rung=alert.rung),
            actor=None,
            organisation_id=concern.organisation_id,
            subject=Subject(SubjectKind.CONCERN, concern.id, concern.reference),
        )

    def _may_be_told(self, alert: Alert, concern: Concern) -> bool:
        leads = school.ladder(self._session, concern.organisation_id, self._clock.now())
        facts = facts_about(self._session, concern.id, Facts(), seen_from=concern.organisation_id)
        return alert.person_id in leads and not facts.shuts_out(alert.person_id)

    def _pass_over(self, alert: Alert) -> None:
        """Whoever left since then is not waited for: the next person is told now."""
        now = self._clock.now()
        alert.ended_at = now
        following = (
            select(Alert.id)
            .where(Alert.concern_id == alert.concern_id, Alert.rung > alert.rung, Alert.due_at > now)
            .order_by(Alert.rung)
            .limit(1)
            .scalar_subquery()
        )
        self._session.execute(update(Alert).where(Alert.id == following).values(due_at=now))

    def _nation(self, organisation_id: UUID) -> Nation:
        code = self._session.get_one(Organisation, organisation_id).authority_code
        return self._directory.named(code).nation
