"""Mail on its way: claimed by one sender at a time, tried again for ever, counted while it waits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select, update

from intake.mail.mailer import Letter, NotSent
from intake.mail.smtp import MailServer, SmtpMailer, Tls
from intake.models.audit import AuditEntry
from intake.models.outbox import OutboxMail
from intake.services.postman import Postman
from intake.services.workplace import Workplace
from tests.factories.school import School
from tests.support.mailbox import Postbox, free_port, receiving
from tests.support.place import TestPlace


@dataclass
class Remembering:
    """Takes what it is told to take, and remembers it."""

    refusing: bool = False
    taken: list[Letter] = field(default_factory=list)

    def send(self, letter: Letter) -> None:
        """Take a letter, or refuse it."""
        if self.refusing:
            raise NotSent("the mail server answered 451")
        self.taken.append(letter)


def rows(place: TestPlace) -> list[OutboxMail]:
    with place.reading() as services:
        return list(services.unit.session.scalars(select(OutboxMail).order_by(OutboxMail.id)))


def test_a_round_sends_through_a_real_mail_server_what_carries_a_reference_alone(
    school: School, place: TestPlace
) -> None:
    concern_id = school.record(happened="Zanzibar said the canary words.")
    postbox = Postbox()
    with receiving(Controller(postbox, hostname="127.0.0.1", port=free_port())) as port:
        mailer = SmtpMailer(MailServer("127.0.0.1", port, "post@pass.example", Tls.NONE))
        done = Postman(place, mailer).round()
    assert (done.sent, done.failed, done.escalated, done.waiting.mails) == (1, 0, 0, 0)
    (mail,) = postbox.taken
    with place.reading() as services:
        reference = services.concern_reading.head(school.lead, concern_id).reference
    assert reference in mail
    assert "http://localhost/sign-in" in mail
    for word in ("Maya", "Ellison", "canary", "Zanzibar", "Sampleford", str(concern_id)):
        assert word not in mail


def test_what_was_sent_is_not_sent_again(school: School, place: TestPlace) -> None:
    school.record()
    mailer = Remembering()
    Postman(place, mailer).round()
    Postman(place, mailer).round()
    assert len(mailer.taken) == 1


def test_what_was_refused_is_tried_again_later_and_later_and_never_given_up(
    school: School, place: TestPlace
) -> None:
    school.record()
    mailer, waits = Remembering(refusing=True), []
    for _ in range(9):
        done = Postman(place, mailer).round()
        assert (done.failed, done.waiting.mails) == (1, 1)
        (row,) = rows(place)
        waits.append((row.next_try_at - place.clock.instant) // timedelta(minutes=1))
        with place.writing() as services:
            services.unit.session.execute(update(OutboxMail).values(next_try_at=place.clock.instant))
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    mailer.refusing = False
    assert Postman(place, mailer).round().sent == 1


def test_failures_and_successes_are_in_the_trail(school: School, place: TestPlace) -> None:
    school.record()
    Postman(place, Remembering(refusing=True)).round()
    place.clock.instant += timedelta(minutes=1)
    Postman(place, Remembering()).round()
    with place.reading() as services:
        events = services.unit.session.scalars(
            select(AuditEntry.event).where(AuditEntry.event.like("mail.%")).order_by(AuditEntry.seq)
        ).all()
    assert events == ["mail.failed", "mail.sent"]


def test_why_it_was_not_taken_is_in_the_log_without_the_address(
    school: School, place: TestPlace, caplog: pytest.LogCaptureFixture
) -> None:
    school.record()
    Postman(place, Remembering(refusing=True)).round()
    assert "the mail server answered 451" in caplog.text
    assert "example.test" not in caplog.text


def test_a_claim_is_one_senders_until_it_runs_out(school: School, place: TestPlace) -> None:
    school.record()
    with place.writing() as services:
        assert len(services.outbox.claim()) == 1
    with place.writing() as services:
        assert services.outbox.claim() == ()
    place.clock.instant += timedelta(minutes=5)
    with place.writing() as services:
        (again,) = services.outbox.claim()
    assert again.tries == 2


def test_two_senders_at_once_carry_each_mail_once(school: School, place: TestPlace) -> None:
    for _ in range(12):
        school.record()
    begin = Barrier(2)

    def claimed(workplace: Workplace) -> list[UUID]:
        begin.wait()
        with workplace.writing() as services:
            return [mail.id for mail in services.outbox.claim(most=6)]

    with ThreadPoolExecutor(2) as both:
        first, second = both.map(claimed, (place, place))
    assert len(set(first + second)) == len(first) + len(second) == 12


def test_a_mail_that_does_not_open_keeps_no_other_back(school: School, place: TestPlace) -> None:
    school.record()
    broken = rows(place)[0].id
    with place.writing() as services:
        services.unit.session.execute(
            update(OutboxMail).where(OutboxMail.id == broken).values(payload_sealed=b"not sealed at all")
        )
    school.record()
    mailer = Remembering()
    done = Postman(place, mailer).round()
    assert (done.sent, done.waiting.mails) == (1, 1)


def test_waiting_mail_is_counted_since_the_oldest(school: School, place: TestPlace) -> None:
    with place.reading() as services:
        assert services.outbox.waiting().since_at is None
    began = place.clock.instant
    school.record()
    place.clock.instant += timedelta(minutes=7)
    school.record()
    with place.reading() as services:
        waiting = services.outbox.waiting()
    assert (waiting.mails, waiting.since_at) == (2, began)


@pytest.mark.parametrize("mails", [25])
def test_a_round_goes_on_until_nothing_is_due(school: School, place: TestPlace, mails: int) -> None:
    for _ in range(mails):
        school.record()
    mailer = Remembering()
    assert Postman(place, mailer).round().sent == mails


def test_a_round_tries_each_mail_once_and_no_claim_runs_out_before_its_mail_is_tried(
    school: School, place: TestPlace
) -> None:
    class Slow:
        """Answers nothing for two minutes, each time; keeps how many others may be claimed then."""

        def __init__(self) -> None:
            self.left: list[int] = []

        def send(self, letter: Letter) -> None:
            del letter
            place.clock.instant += timedelta(minutes=2)
            with place.writing() as services:
                self.left.append(len(services.outbox.claim()))
                services.unit.session.rollback()
            raise NotSent("nobody answers")

    for _ in range(4):
        school.record()
    mailer = Slow()
    done = Postman(place, mailer).round()
    assert (done.sent, done.failed) == (0, 4)
    assert mailer.left == [3, 3, 3, 3]
