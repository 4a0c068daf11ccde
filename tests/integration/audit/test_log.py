"""What happened is written in the commit it belongs to, once, in order, in the right chain."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from intake.audit.chain import GENESIS
from intake.audit.event import Code, Subject
from intake.audit.events.concerns import ConcernOpened, ConcernRead, ConcernRecorded
from intake.audit.events.referrals import ReferralReceived, ReferralSent
from intake.audit.log import AuditLog, Person
from intake.audit.trail import Trail
from intake.clock import SetClock
from intake.crypto.inventory import CONCERN_WORDS
from intake.crypto.key_ring import KeyRing
from intake.db import Database, Unit
from intake.models.audit import AuditEntry, AuditHead
from intake.vocabulary import Answer, SubjectKind

_RING = KeyRing.new()
_CLOCK = SetClock(datetime(2026, 11, 23, 10, 0, 0, 123456, tzinfo=UTC))
_SCHOOL, _HUB = UUID(int=1), UUID(int=2)
_WHO = Person(UUID(int=50), UUID(int=60))
# SHA-256 of b"sealed words" and of b"sealed later".
_DIGEST = "155b2081d96d888b84412a28225a4858d49345a485bc6e64956f2213a2bcb6d5"
_DIGEST_LATER = "f311ffe5f471ba82463250fae58afb8c7033f5b6af6bc0c7c6eb7fe7d2248dfc"
_CONCERN = Subject(SubjectKind.CONCERN, UUID(int=70), "C-7K3M-9QTX")


def _log(unit: Unit) -> AuditLog:
    return AuditLog(unit, _CLOCK, _RING)


def _entries(database: Database, organisation_id: UUID = _SCHOOL) -> list[AuditEntry]:
    with database.reading() as unit:
        wanted = (
            select(AuditEntry).where(AuditEntry.organisation_id == organisation_id).order_by(AuditEntry.seq)
        )
        return list(unit.session.scalars(wanted))


def _record(database: Database, *organisation_ids: UUID) -> None:
    with database.writing() as unit:
        log = _log(unit)
        for organisation_id in organisation_ids:
            log.record(ConcernRead(), actor=_WHO, organisation_id=organisation_id, subject=_CONCERN)


def _is_whole(database: Database) -> bool:
    with database.reading() as unit:
        return all(checked.whole for checked in Trail(unit.session, _RING).check_everything())


def test_an_entry_says_when_who_what_and_about_what(database: Database) -> None:
    with database.writing() as unit:
        event = ConcernRecorded(
            danger_now=Answer.YES, missing_now=Answer.NOT_KNOWN, catalogue_version=Code("2026-11.1")
        )
        _log(unit).record(event, actor=_WHO, organisation_id=_SCHOOL, subject=_CONCERN)
    (entry,) = _entries(database)
    assert (entry.organisation_id, entry.seq, entry.at) == (_SCHOOL, 1, _CLOCK.instant)
    assert (entry.actor_id, entry.session_id) == (_WHO.person_id, _WHO.session_id)
    assert (entry.event, entry.subject_kind) == ("concern.recorded", "concern")
    assert (entry.subject_id, entry.reference) == (_CONCERN.id, "C-7K3M-9QTX")
    assert json.loads(entry.detail) == {
        "danger_now": "yes",
        "missing_now": "not_known",
        "catalogue_version": "2026-11.1",
    }
    assert entry.prev_mac == GENESIS
    assert _is_whole(database)


def test_what_the_program_does_by_itself_names_nobody(database: Database) -> None:
    with database.writing() as unit:
        _log(unit).record(ConcernRead(), actor=None, organisation_id=_SCHOOL, subject=_CONCERN)
    (entry,) = _entries(database)
    assert (entry.actor_id, entry.session_id) == (None, None)


def test_each_organisation_has_a_gapless_chain_of_its_own(database: Database) -> None:
    _record(database, _SCHOOL, _HUB, _SCHOOL)
    _record(database, _HUB)
    for organisation_id, length in ((_SCHOOL, 2), (_HUB, 2)):
        entries = _entries(database, organisation_id)
        assert [entry.seq for entry in entries] == list(range(1, length + 1))
        assert [entry.prev_mac for entry in entries] == [GENESIS, *(entry.mac for entry in entries[:-1])]
    assert _is_whole(database)


def test_nothing_is_kept_of_a_unit_that_failed(database: Database) -> None:
    def fail(unit: Unit) -> None:
        _log(unit).record(ConcernRead(), actor=_WHO, organisation_id=_SCHOOL, subject=_CONCERN)
        raise LookupError

    with pytest.raises(LookupError), database.writing() as unit:
        fail(unit)
    assert _entries(database) == []
    _record(database, _SCHOOL)
    assert [entry.seq for entry in _entries(database)] == [1]


def test_a_unit_with_nothing_to_say_touches_no_chain(database: Database) -> None:
    with database.writing() as unit:
        _log(unit)
    with database.reading() as unit:
        assert unit.session.scalars(select(AuditHead)).all() == []


def test_what_was_recorded_before_an_opening_is_not_written_again_at_the_end(database: Database) -> None:
    with database.writing() as unit:
        log = _log(unit)
        log.record(ConcernOpened(), actor=_WHO, organisation_id=_SCHOOL, subject=_CONCERN)
        unit.commit_record()
        assert [entry.event for entry in _entries(database)] == ["concern.opened"]
        log.record(ConcernRead(), actor=_WHO, organisation_id=_SCHOOL, subject=_CONCERN)
    assert [entry.event for entry in _entries(database)] == ["concern.opened", "concern.read"]
    assert _is_whole(database)


def test_what_was_received_is_joined_to_what_was_sent(database: Database) -> None:
    subject = Subject(SubjectKind.REFERRAL, UUID(int=80), "R-7K3M-9QTX")
    _record(database, _SCHOOL)
    with database.writing() as unit:
        log = _log(unit)
        sent = log.record(ReferralSent(hub_id=_HUB), actor=_WHO, organisation_id=_SCHOOL, subject=subject)
        received = ReferralReceived(school_id=_SCHOOL)
        log.record(received, actor=None, organisation_id=_HUB, subject=subject, joint=sent)
    sender, (receiver,) = _entries(database)[-1], _entries(database, _HUB)
    assert json.loads(receiver.detail)["joint"] == {
        "chain": str(_SCHOOL),
        "seq": 2,
        "mac": sender.mac.hex(),
    }
    assert sent.place.mac == sender.mac


def test_what_was_received_cannot_stand_before_what_was_sent(database: Database) -> None:
    with database.writing() as unit:
        sent = _log(unit).record(ConcernRead(), actor=_WHO, organisation_id=_SCHOOL, subject=_CONCERN)
        with pytest.raises(RuntimeError, match="not in the trail yet"):
            _ = sent.place


def test_the_next_entry_carries_a_digest_of_what_was_sealed(database: Database) -> None:
    place = CONCERN_WORDS.place(row_id=UUID(int=70), case_id=UUID(int=70))
    with database.writing() as unit:
        log = _log(unit)
        log.note_sealed(place, b"sealed words")
        log.record(ConcernRead(), actor=_WHO, organisation_id=_SCHOOL, subject=_CONCERN)
        log.note_sealed(place, b"sealed later")
    (entry,) = _entries(database)
    assert json.loads(entry.detail)["sealed"] == [
        ["concern.words_sealed", str(place.row_id), 1, _DIGEST],
        ["concern.words_sealed", str(place.row_id), 1, _DIGEST_LATER],
    ]


def test_words_sealed_with_nothing_recorded_are_not_kept(database: Database) -> None:
    with pytest.raises(RuntimeError, match="nothing was recorded"), database.writing() as unit:
        _log(unit).note_sealed(CONCERN_WORDS.place(row_id=UUID(int=1), case_id=UUID(int=1)), b"sealed")


@pytest.mark.parametrize("act", ["UPDATE audit_entry SET event = 'x'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_an_entry(database: Database, act: str) -> None:
    _record(database, _SCHOOL)
    with pytest.raises(DBAPIError, match="only added to"), database.writing() as unit:
        unit.session.execute(text(act))
    assert len(_entries(database)) == 1


def test_a_head_somebody_moved_is_not_put_right_by_adding_to_it(database: Database) -> None:
    _record(database, _SCHOOL, _SCHOOL)
    with database.writing() as unit:
        unit.session.get_one(AuditHead, _SCHOOL).seal = bytes(32)
    assert not _is_whole(database)
    _record(database, _SCHOOL)
    assert len(_entries(database)) == 3
    assert not _is_whole(database)


@pytest.fixture(name="many")
def _many() -> Iterator[list[threading.Thread]]:
    threads: list[threading.Thread] = []
    yield threads
    for thread in threads:
        thread.join(30)


def test_many_writers_at_once_fork_no_chain_and_lose_no_entry(
    database: Database, many: list[threading.Thread]
) -> None:
    failures: list[BaseException] = []
    organisation_ids = (uuid4(), uuid4(), uuid4())

    def work(number: int) -> None:
        try:
            for turn in range(10):
                order = organisation_ids if (number + turn) % 2 else organisation_ids[::-1]
                _record(database, *order)
        except BaseException as failure:  # noqa: BLE001 - shown by the test
            failures.append(failure)

    many.extend(threading.Thread(target=work, args=(number,)) for number in range(4))
    for thread in many:
        thread.start()
    for thread in many:
        thread.join(30)
    assert failures == []
    assert [len(_entries(database, each)) for each in organisation_ids] == [40, 40, 40]
    assert _is_whole(database)
