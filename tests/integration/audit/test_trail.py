"""The trail as it stands in a database: proved whole, or the first wrong entry named."""

from dataclasses import fields, replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text, update

from intake.audit.chain import Entry, chain_key, entry_mac, head_at
from intake.audit.check import Checked, Fault
from intake.audit.event import Subject
from intake.audit.events.concerns import ConcernRead
from intake.audit.events.referrals import ReferralReceived, ReferralSent
from intake.audit.log import AuditLog
from intake.audit.trail import Trail
from intake.clock import SetClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.models.audit import AuditEntry, AuditHead
from intake.vocabulary import ChainFault, SubjectKind

_RING = KeyRing.new()
_CLOCK = SetClock(datetime(2026, 11, 23, 10, tzinfo=UTC))
_SCHOOL, _HUB = UUID(int=1), UUID(int=2)
_REFERRAL = Subject(SubjectKind.REFERRAL, UUID(int=80), "R-7K3M-9QTX")
_LENGTH = 5


@pytest.fixture(name="trail")
def _trail(database: Database) -> Database:
    """A school's chain of five whose third was sent, and a hub's that received it; the triggers are off."""
    with database.writing() as unit:
        log = AuditLog(unit, _CLOCK, _RING)
        for number in range(1, _LENGTH + 1):
            event = ReferralSent(hub_id=_HUB) if number == 3 else ConcernRead()
            recorded = log.record(event, actor=None, organisation_id=_SCHOOL, subject=_REFERRAL)
            if number == 3:
                received = ReferralReceived(school_id=_SCHOOL)
                log.record(received, actor=None, organisation_id=_HUB, subject=_REFERRAL, joint=recorded)
    with database.writing() as unit:
        if database.is_sqlite:
            unit.session.execute(text("DROP TRIGGER audit_entry_no_update"))
            unit.session.execute(text("DROP TRIGGER audit_entry_no_delete"))
        else:
            unit.session.execute(text("DROP TRIGGER audit_entry_only_added_to ON audit_entry"))
    return database


def _check(database: Database, organisation_id: UUID = _SCHOOL) -> Checked:
    with database.reading() as unit:
        return Trail(unit.session, _RING).check(organisation_id)


def test_every_chain_that_nobody_touched_is_whole(trail: Database) -> None:
    with trail.reading() as unit:
        found = tuple(Trail(unit.session, _RING).check_everything())
    assert found == (Checked(_SCHOOL, _LENGTH), Checked(_HUB, 1))


def test_an_organisation_without_a_chain_has_nothing_wrong_with_it(trail: Database) -> None:
    assert _check(trail, UUID(int=9)) == Checked(UUID(int=9), 0)


def test_under_another_key_ring_nothing_is_whole(trail: Database) -> None:
    with trail.reading() as unit:
        checked = Trail(unit.session, KeyRing.new()).check(_SCHOOL)
    assert checked.fault == Fault(_SCHOOL, 1, ChainFault.ALTERED)


def test_a_changed_entry_is_named(trail: Database) -> None:
    with trail.writing() as unit:
        unit.session.execute(update(AuditEntry).where(AuditEntry.seq == 4).values(actor_id=UUID(int=66)))
    assert _check(trail) == Checked(_SCHOOL, 3, Fault(_SCHOOL, 4, ChainFault.ALTERED))


def test_a_removed_entry_is_named(trail: Database) -> None:
    with trail.writing() as unit:
        unit.session.execute(delete(AuditEntry).where(AuditEntry.seq == 2))
    assert _check(trail).fault == Fault(_SCHOOL, 2, ChainFault.MISSING)


def test_a_removed_tail_is_named(trail: Database) -> None:
    with trail.writing() as unit:
        unit.session.execute(delete(AuditEntry).where(AuditEntry.seq >= 4))
    assert _check(trail).fault == Fault(_SCHOOL, 4, ChainFault.TRUNCATED)


def test_an_inserted_entry_is_named(trail: Database) -> None:
    with trail.writing() as unit:
        last = unit.session.get_one(AuditEntry, (_SCHOOL, _LENGTH))
        values = {field.name: getattr(last, field.name) for field in fields(Entry)}
        unit.session.add(AuditEntry(**values | {"seq": _LENGTH + 1, "prev_mac": last.mac}))
    assert _check(trail).fault == Fault(_SCHOOL, _LENGTH + 1, ChainFault.INSERTED)


def test_two_entries_that_changed_places_are_named(trail: Database) -> None:
    with trail.writing() as unit:
        for seq, away in ((2, 100), (4, 2), (100, 4)):
            unit.session.execute(update(AuditEntry).where(AuditEntry.seq == seq).values(seq=away))
    assert _check(trail).fault == Fault(_SCHOOL, 2, ChainFault.REORDERED)


def test_a_chain_moved_to_another_organisation_is_named(trail: Database) -> None:
    with trail.writing() as unit:
        unit.session.execute(
            update(AuditEntry).where(AuditEntry.organisation_id == _HUB).values(organisation_id=UUID(int=3))
        )
    assert _check(trail, UUID(int=3)).fault == Fault(UUID(int=3), 1, ChainFault.ALTERED)
    assert _check(trail, _HUB).fault == Fault(_HUB, 1, ChainFault.TRUNCATED)


def test_a_chain_whose_head_was_removed_is_named(trail: Database) -> None:
    with trail.writing() as unit:
        unit.session.execute(delete(AuditHead).where(AuditHead.organisation_id == _SCHOOL))
    assert _check(trail).fault == Fault(_SCHOOL, _LENGTH, ChainFault.HEAD)


def _put_back(trail: Database, last: int) -> None:
    """Take a chain back to an earlier end, as somebody can who kept the old head."""
    key = chain_key(_RING, _SCHOOL)
    with trail.writing() as unit:
        session = unit.session
        session.execute(
            delete(AuditEntry).where(AuditEntry.organisation_id == _SCHOOL, AuditEntry.seq > last)
        )
        head = head_at(key, _SCHOOL, last, session.get_one(AuditEntry, (_SCHOOL, last)).mac)
        session.execute(
            update(AuditHead)
            .where(AuditHead.organisation_id == _SCHOOL)
            .values(seq=head.seq, mac=head.mac, seal=head.seal)
        )


def test_a_chain_put_back_to_before_it_sent_is_given_away_by_the_one_that_received(trail: Database) -> None:
    _put_back(trail, 2)
    assert _check(trail).whole
    assert _check(trail, _HUB).fault == Fault(_SCHOOL, 3, ChainFault.TRUNCATED)


def test_a_chain_rewritten_since_it_sent_is_given_away_by_the_one_that_received(trail: Database) -> None:
    _put_back(trail, 2)
    with trail.writing() as unit:
        AuditLog(unit, _CLOCK, _RING).record(
            ConcernRead(), actor=None, organisation_id=_SCHOOL, subject=_REFERRAL
        )
    assert _check(trail).whole
    assert _check(trail, _HUB).fault == Fault(_SCHOOL, 3, ChainFault.FORK)


def test_a_forger_with_the_key_is_seen_where_the_chain_no_longer_joins(trail: Database) -> None:
    key = chain_key(_RING, _SCHOOL)
    with trail.writing() as unit:
        row = unit.session.execute(
            select(*(getattr(AuditEntry, field.name) for field in fields(Entry))).where(
                AuditEntry.organisation_id == _SCHOOL, AuditEntry.seq == 2
            )
        ).one()
        forged = replace(Entry(*row), event="concern.kept")
        unit.session.execute(
            update(AuditEntry)
            .where(AuditEntry.organisation_id == _SCHOOL, AuditEntry.seq == 2)
            .values(event=forged.event, mac=entry_mac(key, forged))
        )
    assert _check(trail).fault == Fault(_SCHOOL, 3, ChainFault.FORK)


def test_a_long_chain_is_read_piece_by_piece(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.audit.trail._AT_ONCE", 3)
    monkeypatch.setattr("intake.audit.trail._JOINTS_AT_ONCE", 3)
    with database.writing() as unit:
        log = AuditLog(unit, _CLOCK, _RING)
        for _ in range(10):
            sent = log.record(ConcernRead(), actor=None, organisation_id=_SCHOOL, subject=_REFERRAL)
            log.record(ConcernRead(), actor=None, organisation_id=_HUB, subject=_REFERRAL, joint=sent)
    assert _check(database) == Checked(_SCHOOL, 10)
    assert _check(database, _HUB) == Checked(_HUB, 10)
