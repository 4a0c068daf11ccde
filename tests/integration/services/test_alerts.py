"""Who is told of a concern: the lead at once, then each deputy in turn, until somebody reads it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from intake.models.audit import AuditEntry
from intake.models.concern import Alert, Exclusion
from intake.models.outbox import OutboxMail
from intake.models.person import Membership, Person
from intake.services.alerts import AllAlerted
from intake.vocabulary import MailKind, Role
from tests.factories.people import People
from tests.factories.school import School, concern
from tests.support.place import TestPlace

HALF_AN_HOUR = timedelta(minutes=30)


def raise_due(place: TestPlace) -> int:
    with place.writing() as services:
        return services.alerts.raise_due()


def mails(place: TestPlace) -> list[tuple[MailKind, UUID]]:
    with place.reading() as services:
        found = services.unit.session.scalars(select(OutboxMail).order_by(OutboxMail.made_at, OutboxMail.id))
        return [(mail.kind, mail.person_id) for mail in found]


def alerted(school: School, concern_id: UUID) -> AllAlerted:
    with school.place.opening() as services:
        return services.concern_reading.open(school.teacher, concern_id).alerted


def test_the_lead_is_told_in_the_commit_that_keeps_the_concern(school: School, place: TestPlace) -> None:
    school.record()
    assert mails(place) == [(MailKind.CONCERN_TO_READ, school.lead.person_id)]


def test_unread_it_goes_to_each_deputy_in_their_order(school: School, place: TestPlace) -> None:
    concern_id = school.record()
    place.clock.instant += HALF_AN_HOUR - timedelta(seconds=1)
    assert raise_due(place) == 0
    place.clock.instant += timedelta(seconds=1)
    assert raise_due(place) == 1
    assert raise_due(place) == 0
    place.clock.instant += HALF_AN_HOUR
    assert raise_due(place) == 1
    assert mails(place) == [
        (MailKind.CONCERN_TO_READ, school.lead.person_id),
        (MailKind.CONCERN_STILL_UNREAD, school.deputy.person_id),
        (MailKind.CONCERN_STILL_UNREAD, school.second_deputy.person_id),
    ]
    told = alerted(school, concern_id)
    assert [one.person_id for one in told.people] == [mail[1] for mail in mails(place)]
    assert told.exhausted_at == datetime(2026, 11, 23, 11, 30, tzinfo=UTC)


def test_read_it_goes_to_nobody_else(school: School, place: TestPlace) -> None:
    concern_id = school.record()
    school.read(concern_id)
    place.clock.instant += timedelta(days=1)
    assert raise_due(place) == 0
    assert alerted(school, concern_id).exhausted_at is None


def test_recorded_on_friday_evening_the_deputy_is_told_on_monday_morning(
    school: School, place: TestPlace
) -> None:
    place.clock.instant = datetime(2026, 11, 27, 18, 30, tzinfo=UTC)
    told = alerted(school, school.record())
    assert told.people[0].due_at == place.clock.instant
    assert told.people[1].due_at == datetime(2026, 11, 30, 8, 30, tzinfo=UTC)


def test_whoever_recorded_it_is_not_told_of_it(school: School, place: TestPlace) -> None:
    school.record(school.lead)
    assert mails(place) == [(MailKind.CONCERN_TO_READ, school.deputy.person_id)]


def test_a_deputy_who_has_left_is_passed_over_and_the_next_is_told_now(
    school: School, place: TestPlace
) -> None:
    school.record()
    place.clock.instant += HALF_AN_HOUR
    with place.writing() as services:
        services.unit.session.execute(
            update(Membership)
            .where(Membership.person_id == school.deputy.person_id)
            .values(to_at=place.clock.instant)
        )
    assert raise_due(place) == 0
    assert raise_due(place) == 1
    assert mails(place)[-1] == (MailKind.CONCERN_STILL_UNREAD, school.second_deputy.person_id)


@pytest.mark.parametrize("how", ["named", "disabled"])
def test_who_may_not_read_it_is_not_told(school: School, place: TestPlace, how: str) -> None:
    concern_id = school.record()
    place.clock.instant += HALF_AN_HOUR
    with place.writing() as services:
        if how == "named":
            services.unit.session.add(
                Exclusion(case_id=concern_id, person_id=school.deputy.person_id, since_at=place.clock.instant)
            )
        else:
            services.unit.session.execute(
                update(Person)
                .where(Person.id == school.deputy.person_id)
                .values(disabled_at=place.clock.instant)
            )
    raise_due(place)
    raise_due(place)
    assert school.deputy.person_id not in {person_id for _, person_id in mails(place)}
    assert mails(place)[-1][1] == school.second_deputy.person_id


def test_when_the_last_of_them_has_left_nobody_is_told_and_nothing_breaks(
    place: TestPlace, people: People
) -> None:
    school_id = people.school()
    lead = people.actor(school_id, Role.SAFEGUARDING_LEAD)
    deputy = people.actor(school_id, Role.DEPUTY_LEAD)
    reporter = people.actor(school_id, Role.REPORTER)
    with place.writing() as services:
        services.concerns.record(reporter, concern())
    place.clock.instant += HALF_AN_HOUR
    with place.writing() as services:
        services.unit.session.execute(
            update(Person).where(Person.id == deputy.person_id).values(disabled_at=place.clock.instant)
        )
    assert raise_due(place) == 0
    assert [person_id for _, person_id in mails(place)] == [lead.person_id]


def test_each_telling_is_in_the_trail(school: School, place: TestPlace) -> None:
    concern_id = school.record()
    place.clock.instant += HALF_AN_HOUR
    raise_due(place)
    with place.reading() as services:
        events = services.unit.session.scalars(
            select(AuditEntry.event).where(AuditEntry.subject_id == concern_id).order_by(AuditEntry.seq)
        ).all()
    assert events == ["concern.recorded", "alert.sent", "alert.escalated"]


def test_an_alert_knows_the_mail_that_carried_it(school: School, place: TestPlace) -> None:
    concern_id = school.record()
    assert alerted(school, concern_id).people[0].told_at is None
    place.clock.instant += timedelta(minutes=1)
    with place.writing() as services:
        (mail,) = services.outbox.claim()
    with place.writing() as services:
        services.outbox.sent(mail)
    assert alerted(school, concern_id).people[0].told_at == place.clock.instant
    with place.reading() as services:
        alert = services.unit.session.scalars(select(Alert).where(Alert.rung == 0)).one()
    assert alert.mail_id == mail.id
