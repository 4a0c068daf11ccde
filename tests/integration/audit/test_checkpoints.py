"""Checkpoints: signed every minute or thousand entries, once, whoever signs and whatever stops them."""

import random
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from intake.audit import log_rows, log_writer
from intake.audit.chain import Head
from intake.audit.log_writer import LogWriter
from intake.audit.note import LogKey
from intake.audit.witness import Witness
from intake.errors import NotConfigured, NotContinued
from intake.services.checkpoints import Checkpoints
from tests.integration.audit.signed_trail import CHAINS, ENTRIES, SignedTrail
from tests.support.databases import on_either
from tests.support.place import TestPlace

_A, _B, _C = CHAINS


@pytest.fixture(name="trail")
def _trail(place: TestPlace, tmp_path: Path) -> SignedTrail:
    return SignedTrail(place, tmp_path / "checkpoints")


def _told(trail: SignedTrail) -> list[int]:
    return [int(line) for line in trail.file.read_text().splitlines() if line.isdecimal()]


def _kept(trail: SignedTrail) -> list[int]:
    with trail.place.reading() as services:
        return [*services.unit.session.scalars(text("SELECT size FROM audit_checkpoint ORDER BY size"))]


def test_one_is_signed_a_minute_after_the_last_and_not_before(trail: SignedTrail) -> None:
    assert trail.signing.round() == ()
    trail.write(_A)
    assert [one.size for one in trail.signing.round()] == [1]
    trail.write(_B)
    assert trail.signing.round() == ()
    trail.place.clock.instant += timedelta(minutes=1)
    assert [one.size for one in trail.signing.round()] == [2]
    trail.place.clock.instant += timedelta(minutes=1)
    assert trail.signing.round() == ()
    assert _told(trail) == _kept(trail) == [1, 2]
    assert trail.file.stat().st_mode & 0o777 == 0o600


@on_either
def test_one_is_due_at_the_thousandth_new_entry_whatever_the_hour(trail: SignedTrail) -> None:
    trail.write(_A)
    trail.write(_B)
    trail.signing.round()
    key_ring, now = trail.place.tools.key_ring, trail.place.clock.now()
    due = []
    for new in (999, 1_000):
        # How much is new is told by the heads, so nobody need write it all.
        trail.put_head(_B, Head(1 + new, b"", b""))
        with trail.place.reading() as services:
            due.append(LogWriter(services.unit.session, LogKey(key_ring)).is_due(now))
    assert due == [False, True]


def test_a_long_trail_is_signed_in_parts_and_read_in_parts(
    trail: SignedTrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_writer, "_MOST", 4)
    monkeypatch.setattr(log_rows, "_AT_ONCE", 3)
    for chain in CHAINS:
        trail.write(chain, 5)
    assert [one.size for one in trail.signing.sign()] == [4, 8, 12, 15]
    assert trail.log().whole
    assert trail.log().entries == 15


def test_a_clock_that_went_back_signs_no_earlier_time(trail: SignedTrail) -> None:
    trail.write(_A)
    (first,) = trail.signing.sign()
    trail.place.clock.instant -= timedelta(days=1)
    trail.write(_A)
    assert trail.signing.sign()[0].at == first.at


def test_servers_that_sign_at_once_make_one_log(trail: SignedTrail) -> None:
    failures: list[BaseException] = []

    def serve() -> None:
        try:
            for _ in range(6):
                trail.write(_A)
                trail.signing.sign()
        except BaseException as failure:  # noqa: BLE001 - shown by the test
            failures.append(failure)

    servers = [threading.Thread(target=serve) for _ in range(3)]
    for server in servers:
        server.start()
    for server in servers:
        server.join(60)
    trail.signing.sign()
    assert failures == []
    assert _told(trail) == _kept(trail)
    assert len({*_told(trail)}) == len(_told(trail))
    assert (trail.log().whole, trail.log().entries) == (True, 18)


def test_of_two_that_follow_the_same_one_only_one_is_kept(trail: SignedTrail) -> None:
    trail.write(_A)
    trail.signing.sign()
    trail.write(_A)
    trail.signing.sign()
    with trail.place.reading() as services:
        rows = services.unit.session.execute(text("SELECT edge, signed FROM audit_checkpoint")).all()
    with pytest.raises(IntegrityError), trail.place.writing() as services:
        services.unit.session.execute(
            text("INSERT INTO audit_checkpoint (size, follows, edge, signed) VALUES (9, 1, :edge, :signed)"),
            {"edge": rows[1].edge, "signed": rows[1].signed},
        )


def test_what_another_server_signed_first_is_not_signed_again(
    trail: SignedTrail, monkeypatch: pytest.MonkeyPatch
) -> None:
    trail.write(_A)
    (signed,) = trail.signing.sign()
    late = LogWriter._newest  # noqa: SLF001 - what it saw before the other was done

    def before(writer: LogWriter) -> object:
        return (late(writer)[0].__class__(), None)

    monkeypatch.setattr(LogWriter, "_newest", before)
    assert trail.signing.sign() == ()
    monkeypatch.undo()
    assert _kept(trail) == _told(trail) == [signed.size]


@pytest.mark.parametrize("seed", range(8))
def test_a_crash_in_the_middle_of_a_note_is_made_good(trail: SignedTrail, seed: int) -> None:
    chance = random.Random(seed)
    trail.grow(chance, checkpoints=3)
    whole = trail.file.read_bytes()
    trail.file.write_bytes(whole[: -chance.randrange(1, 300)])
    assert trail.log().whole
    assert trail.signing.round() == ()
    assert trail.file.read_bytes() == whole


def test_what_was_signed_and_never_told_is_told_by_the_next_round(trail: SignedTrail) -> None:
    trail.grow(random.Random(1))
    whole = trail.file.read_bytes()
    trail.file.unlink()
    trail.signing.round()
    assert trail.file.read_bytes() == whole


def test_a_file_that_ends_with_something_else_is_not_added_to(trail: SignedTrail) -> None:
    trail.grow(random.Random(1))
    said = trail.file.read_text() + "\nsomething else"
    trail.file.write_text(said)
    with pytest.raises(NotContinued, match="is no checkpoint of this log"):
        trail.signing.round()
    assert trail.file.read_text() == said
    log = trail.log()
    assert log.fault is not None
    assert log.fault.elsewhere


def test_behind_a_checkpoint_this_database_has_not_got_nothing_is_signed(
    trail: SignedTrail, tmp_path: Path
) -> None:
    trail.grow(random.Random(1))
    told = trail.file.read_text()
    trail.unlock()
    with trail.place.writing() as services:
        services.unit.session.execute(text("DELETE FROM audit_checkpoint WHERE size > 20"))
    trail.write(_A)
    with pytest.raises(NotContinued, match="put back to an earlier state"):
        trail.signing.sign()
    assert trail.file.read_text() == told


def test_a_file_whose_disk_is_not_there_is_said_so(trail: SignedTrail, tmp_path: Path) -> None:
    trail.write(_A)
    with pytest.raises(NotConfigured, match="is its disk there"):
        Checkpoints(trail.place, (Witness(tmp_path / "not mounted" / "checkpoints"),)).sign()
    assert not (tmp_path / "not mounted").exists()


def test_without_a_file_they_are_kept_here(trail: SignedTrail) -> None:
    trail.write(_A)
    assert len(Checkpoints(trail.place).sign()) == 1
    assert trail.log().whole


def test_over_a_broken_chain_or_a_changed_checkpoint_nothing_is_signed(trail: SignedTrail) -> None:
    trail.write(_A, 3)
    trail.unlock()
    with trail.place.writing() as services:
        here = (ENTRIES.c.organisation_id == _A) & (ENTRIES.c.seq == 2)
        services.unit.session.execute(ENTRIES.delete().where(here))
    with pytest.raises(NotContinued, match=f"chain of {_A} has no entry 2"):
        trail.signing.sign()
    assert _kept(trail) == []
    trail.write(_C)
    with trail.place.writing() as services:
        key = LogKey(trail.place.tools.key_ring)
        note = key.sign(1, b"\7" * 32, trail.place.clock.now()).note
        services.unit.session.execute(
            text("INSERT INTO audit_checkpoint (size, follows, edge, signed) VALUES (1, 0, :edge, :signed)"),
            {"edge": b"\6" * 32, "signed": note},
        )
    with pytest.raises(NotContinued, match="not as it was signed"):
        trail.signing.sign()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_a_forged_newest_checkpoint_nobody_is_told_and_nobody_is_called_behind(trail: SignedTrail) -> None:
    trail.write(_A)
    trail.signing.sign()
    trail.unlock()
    with trail.place.writing() as services:
        forged = "UPDATE audit_checkpoint SET signed = replace(signed, 'signed 2026', 'signed 2027')"
        services.unit.session.execute(text(forged))
    with pytest.raises(NotContinued, match="not as it was signed"):
        trail.signing.tell()
    lookout = trail.place.tools.lookout
    assert (lookout.told, lookout.behind) == (False, False)


def test_a_newest_checkpoint_that_was_taken_away_is_named(trail: SignedTrail) -> None:
    trail.grow(random.Random(1))
    trail.unlock()
    with trail.place.writing() as services:
        services.unit.session.execute(
            text("DELETE FROM audit_checkpoint WHERE size = (SELECT max(size) FROM audit_checkpoint)")
        )
    assert trail.log(elsewhere=False).fault is not None
