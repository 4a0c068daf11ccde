"""Reading a referral in the hub: recorded first, stamped once, every word as it was sent."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, insert, select

from intake.audit.event import Subject
from intake.audit.events.referrals import CallRecorded
from intake.casework.documents.referral import CallMade
from intake.crypto.inventory import REFERRAL_CALL
from intake.errors import NotFound, NotPermitted
from intake.ids import new_id
from intake.models.audit import AuditEntry
from intake.models.concern import Exclusion
from intake.models.referral import ReferralCall
from intake.services.history import Acknowledged, CallTold, FirstOpened, Received
from intake.services.hub_reading import ReadReferral
from intake.vocabulary import Colour, ReferralAct, Role, SubjectKind
from tests.factories.hub_work import RED, Desk
from tests.factories.people import People
from tests.factories.referrals import CHILD, SENT


def read(desk: Desk, referral: UUID) -> ReadReferral:
    with desk.place.opening() as services:
        return services.hub_reading.read(desk.sam, referral)


def entries(desk: Desk, event: str) -> int:
    with desk.place.reading() as services:
        counted = select(func.count()).select_from(AuditEntry).where(AuditEntry.event == event)
        return services.unit.session.scalar(counted) or 0


def test_everything_is_there_as_it_was_sent(desk: Desk) -> None:
    referral = read(desk, desk.arrive())

    assert referral.child == CHILD
    assert referral.sent == SENT
    assert referral.trace is not None


def test_reading_does_not_take_and_does_not_acknowledge(desk: Desk) -> None:
    header = read(desk, desk.arrive()).header

    assert (header.taken_by, header.is_mine) == ("", False)
    assert header.next_step is ReferralAct.TAKE


def test_the_first_opening_is_stamped_once_for_the_sender_to_see(desk: Desk) -> None:
    referral, first_at = desk.arrive(), desk.place.clock.now()
    read(desk, referral)
    desk.place.clock.instant += timedelta(hours=2)
    read(desk, referral)

    header = desk.referrals.header(referral)
    assert header.first_opened_at == first_at
    assert header.version == 1


def test_each_opening_is_in_the_trail(desk: Desk) -> None:
    referral = desk.arrive()
    read(desk, referral)
    read(desk, referral)

    assert entries(desk, "referral.opened") == 2


def test_whoever_reads_the_notes_is_recorded_as_having_read_them(desk: Desk) -> None:
    referral = desk.arrive()
    read(desk, referral)
    assert entries(desk, "note.opened") == 0
    with desk.place.writing() as services:
        services.notes.write(desk.sam, referral, "Rang school.")
    read(desk, referral)

    assert entries(desk, "note.opened") == 1


def test_nobody_opens_what_is_not_their_hubs(desk: Desk, people: People) -> None:
    stranger = people.actor(people.hub("cardiff-mash", "W06000015"), Role.DUTY_WORKER)

    for referral in (desk.arrive(), uuid4()):
        with pytest.raises(NotFound), desk.place.opening() as services:
            services.hub_reading.read(stranger, referral)
    assert entries(desk, "referral.opened") == 0


def test_an_auditor_opens_no_words(desk: Desk, people: People) -> None:
    auditor, referral = people.actor(desk.hub_id, Role.AUDITOR), desk.arrive()

    with pytest.raises(NotPermitted), desk.place.opening() as services:
        services.hub_reading.read(auditor, referral)


def test_a_worker_the_concern_names_does_not_find_it(desk: Desk) -> None:
    referral = desk.arrive()
    row = {"case_id": referral, "person_id": desk.sam.person_id, "since_at": desk.place.clock.now()}
    with desk.place.writing() as services:
        services.unit.session.execute(insert(Exclusion), [row])

    with pytest.raises(NotFound):
        read(desk, referral)


def test_what_happened_stands_newest_first(desk: Desk) -> None:
    referral = desk.arrive()
    read(desk, referral)
    desk.place.clock.instant += timedelta(minutes=5)
    desk.acknowledged(referral)

    kinds = [type(happening) for happening in read(desk, referral).history]
    assert kinds == [Acknowledged, FirstOpened, Received]


def test_a_call_the_sender_made_stands_at_the_time_it_was_made(desk: Desk) -> None:
    referral, call_id, now = desk.arrive(), new_id(), desk.place.clock.now()
    words = CallMade("Lee on the duty line", "0151 000 0000", "Told them about the car.")
    with desk.place.writing() as services:
        place = REFERRAL_CALL.place(row_id=call_id, case_id=referral)
        sealed = services.keys.seal(words, place, holders=(desk.lead.organisation_id, desk.hub_id))
        services.unit.session.add(
            ReferralCall(
                id=call_id,
                referral_id=referral,
                recorded_by=desk.lead.person_id,
                called_at=now - timedelta(hours=1),
                recorded_at=now,
                call_sealed=sealed,
            )
        )
        services.audit.record(
            CallRecorded(call_id=call_id),
            actor=desk.lead,
            organisation_id=desk.lead.organisation_id,
            subject=Subject(SubjectKind.REFERRAL, referral),
        )

    *_, call = read(desk, referral).history
    assert isinstance(call, CallTold)
    assert (call.by, call.at, call.recorded_at, call.words) == (
        "Anna Okafor",
        now - timedelta(hours=1),
        now,
        words,
    )


def test_the_next_step_follows_what_was_done(desk: Desk) -> None:
    referral = desk.acknowledged()
    assert read(desk, referral).header.next_step is ReferralAct.COLOUR
    with desk.place.writing() as services:
        services.triage.colour(desk.sam, referral, 3, RED)

    header = read(desk, referral).header
    assert header.next_step is ReferralAct.DECIDE
    assert header.colour is Colour.RED
    assert ReferralAct.ARRANGE_MEETING in header.may


def test_the_limits_of_its_own_authority_come_with_it(desk: Desk) -> None:
    referral = desk.arrive()
    assert read(desk, referral).limits == ()
    with desk.place.writing() as services:
        services.limits.set(desk.manager, {Colour.RED: (240, False)})

    (limit,) = read(desk, referral).limits
    assert (limit.colour, limit.minutes) == (Colour.RED, 240)
