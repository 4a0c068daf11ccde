"""Twelve ways to tamper with a trail, over seeds and both databases: each is found, and where it begins."""

import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from intake.audit.chain import Head, chain_key, entry_mac, head_at
from intake.audit.check import Fault
from intake.audit.log_check import LogWrong
from intake.errors import NotContinued
from intake.vocabulary import ChainFault, LogFault
from tests.integration.audit.signed_trail import CHAINS, ENTRIES, HEADS, STRETCHES, SignedTrail
from tests.support.place import TestPlace

_SEEDS = range(5)
_A, _B, _C = CHAINS
_Found = tuple[UUID, int, ChainFault]
_Harm = Callable[[SignedTrail, random.Random], _Found]


@pytest.fixture(name="trail")
def _trail(place: TestPlace, tmp_path: Path) -> SignedTrail:
    return SignedTrail(place, tmp_path / "checkpoints")


def _edit(trail: SignedTrail, chance: random.Random) -> _Found:
    entries = trail.entries(_A)
    at = chance.randrange(len(entries))
    entries[at] = replace(entries[at], actor_id=UUID(int=66))
    trail.put(_A, entries)
    return _A, at + 1, ChainFault.ALTERED


def _delete(trail: SignedTrail, chance: random.Random) -> _Found:
    entries = trail.entries(_A)
    at = chance.randrange(len(entries) - 1)
    trail.put(_A, entries[:at] + entries[at + 1 :])
    return _A, at + 1, ChainFault.MISSING


def _insert(trail: SignedTrail, chance: random.Random) -> _Found:
    entries = trail.entries(_A)
    at = chance.randrange(1, len(entries))
    made = replace(entries[at], event="concern.kept", prev_mac=entries[at - 1].mac, mac=b"\7" * 32)
    later = [replace(each, seq=each.seq + 1) for each in entries[at:]]
    trail.put(_A, [*entries[:at], made, *later])
    return _A, at + 1, ChainFault.INSERTED


def _put_below_the_first(trail: SignedTrail, chance: random.Random) -> _Found:
    """Framed: an entry under a number that no entry ever has."""
    entries, at = trail.entries(_A), -chance.randrange(3)
    made = replace(entries[0], seq=at, actor_id=UUID(int=66), prev_mac=bytes(32), mac=b"\7" * 32)
    trail.put(_A, [made, *entries])
    return _A, at, ChainFault.INSERTED


def _swap(trail: SignedTrail, chance: random.Random) -> _Found:
    entries = trail.entries(_A)
    one, other = sorted(chance.sample(range(len(entries)), 2))
    first, second = entries[one], entries[other]
    entries[one], entries[other] = replace(second, seq=one + 1), replace(first, seq=other + 1)
    trail.put(_A, entries)
    return _A, one + 1, ChainFault.REORDERED


def _cut_the_tail(trail: SignedTrail, chance: random.Random) -> _Found:
    entries = trail.entries(_A)
    left = chance.randrange(1, len(entries))
    trail.put(_A, entries[:left])
    return _A, left + 1, ChainFault.TRUNCATED


def _replay(trail: SignedTrail, chance: random.Random) -> _Found:
    entries = trail.entries(_A)
    again = replace(chance.choice(entries), seq=len(entries) + 1)
    trail.put(_A, [*entries, again])
    return _A, len(entries) + 1, ChainFault.INSERTED


def _fork(trail: SignedTrail, chance: random.Random) -> _Found:
    """Two copies of one database were both worked in, and their entries mixed."""
    key, entries = chain_key(trail.place.tools.key_ring, _A), trail.entries(_A)
    at = chance.randrange(1, len(entries) - 1)
    bare = replace(entries[at], event="concern.kept")
    other = replace(bare, mac=entry_mac(key, bare))
    follows = replace(entries[at + 1], prev_mac=other.mac)
    entries[at + 1] = replace(follows, mac=entry_mac(key, follows))
    trail.put(_A, entries)
    return _A, at + 2, ChainFault.FORK


def _move_the_head(trail: SignedTrail, chance: random.Random) -> _Found:
    entries = trail.entries(_A)
    left = chance.randrange(1, len(entries))
    trail.put(_A, entries[:left])
    trail.put_head(_A, Head(left, entries[left - 1].mac, b"\7" * 32))
    return _A, left, ChainFault.HEAD


def _move_across(trail: SignedTrail, chance: random.Random) -> _Found:
    here, there = trail.entries(_A), trail.entries(_B)
    at = chance.randrange(min(len(here), len(there)))
    here[at] = replace(there[at], organisation_id=_A)
    trail.put(_A, here)
    return _A, at + 1, ChainFault.ALTERED


_HARMS: tuple[_Harm, ...] = (
    _edit, _delete, _insert, _put_below_the_first, _swap, _cut_the_tail, _replay, _fork, _move_the_head,
    _move_across,
)  # fmt: skip


def _name(harm: _Harm) -> str:
    return harm.__name__.strip("_")


@pytest.mark.parametrize("seed", _SEEDS)
def test_what_nobody_touched_is_whole(trail: SignedTrail, seed: int) -> None:
    trail.grow(random.Random(seed))
    assert [each.fault for each in trail.chains()] == [None] * 3
    log = trail.log()
    assert (log.fault, log.entries, log.checkpoints) == (
        None,
        sum(each.entries for each in trail.chains()),
        8,
    )


@pytest.mark.parametrize("harm", _HARMS, ids=_name)
@pytest.mark.parametrize("seed", _SEEDS)
def test_without_the_key_ring_the_first_wrong_entry_is_named(
    trail: SignedTrail, harm: _Harm, seed: int
) -> None:
    chance = random.Random(seed)
    trail.grow(chance)
    trail.unlock()
    chain, seq, kind = harm(trail, chance)
    faults = [each.fault for each in trail.chains()]
    assert faults == [Fault(chain, seq, kind), None, None]
    # The log is of MACs: an edit that leaves them is for the chain to find; what was added was never signed.
    if harm not in {_edit, _replay, _put_below_the_first}:
        log = trail.log()
        assert log.fault is not None
        # Where the head was moved, the entry it was moved to is whole, and the one after it is gone.
        assert log.entries <= _index(trail, chain, seq + (kind is ChainFault.HEAD))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_put_in_without_a_key_stops_nothing_from_being_signed_unnoticed(trail: SignedTrail) -> None:
    trail.grow(random.Random(1))
    with trail.place.writing() as services:
        nobody = {"organisation_id": UUID(int=99), "seq": -1_000_000, "mac": b"\7" * 32, "seal": b"\7" * 32}
        services.unit.session.execute(HEADS.insert(), nobody)
    assert [each.organisation_id for each in trail.chains() if each.fault] == [UUID(int=99)]
    trail.write(_A)
    trail.place.clock.instant += timedelta(minutes=1)
    assert len(trail.signing.round()) == 1
    # A stretch that claims what was never written: nothing of that chain would ever be new again.
    for start in (-5, 1_000):
        with trail.place.writing() as services:
            claimed = {"start": start, "organisation_id": _A, "first_seq": 900, "last_seq": 1_000 + start}
            services.unit.session.execute(STRETCHES.insert(), claimed)
        with pytest.raises(NotContinued, match="names entry"):
            trail.signing.round()
        fault = trail.log().fault
        assert fault is not None
        assert fault.kind is LogFault.LOST


def _index(trail: SignedTrail, chain: UUID, seq: int) -> int:
    """Where in the log an entry stands, reckoned from the rows."""
    with trail.place.reading() as services:
        stretches = "SELECT start, first_seq, last_seq, organisation_id FROM audit_stretch"
        rows = services.unit.session.execute(text(stretches))
        return next(
            int(start) + seq - int(first)
            for start, first, last, of in rows
            if UUID(str(of)) == chain and first <= seq <= last
        )


def _insider(trail: SignedTrail, chance: random.Random) -> int:
    """Change one entry with the key ring in hand, so that every chain is whole again."""
    entries = trail.entries(_B)
    at = chance.randrange(len(entries))
    entries[at] = replace(entries[at], actor_id=UUID(int=66))
    place = _index(trail, _B, at + 1)
    trail.unlock()
    trail.rewrite(_B, entries)
    return place


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_history_rewritten_with_the_key_ring_is_named_by_the_checkpoints_here(
    trail: SignedTrail, seed: int
) -> None:
    chance = random.Random(seed)
    trail.grow(chance)
    place = _insider(trail, chance)
    assert all(each.whole for each in trail.chains())
    log = trail.log(elsewhere=False)
    assert log.fault is not None
    assert log.fault.kind is LogFault.REWRITTEN
    assert log.entries <= place < log.fault.size
    assert _index(trail, log.fault.organisation_id or _A, log.fault.seq or 0) == log.entries


@pytest.mark.parametrize("seed", _SEEDS)
def test_one_that_was_signed_anew_is_named_by_the_file_elsewhere(trail: SignedTrail, seed: int) -> None:
    chance = random.Random(seed)
    trail.grow(chance)
    place = _insider(trail, chance)
    with trail.place.writing() as services:
        services.unit.session.execute(text("DELETE FROM audit_checkpoint"))
        services.unit.session.execute(text("DELETE FROM audit_stretch"))
    told = trail.file.rename(trail.file.with_name("kept"))
    assert trail.signing.sign()
    assert all(each.whole for each in trail.chains())
    assert trail.log().whole
    shutil.copy(told, trail.file)
    log = trail.log()
    assert log.fault is not None
    assert (log.fault.kind, log.fault.elsewhere) == (LogFault.REWRITTEN, True)
    assert log.entries == 0 <= place  # anew, and in another order from its first checkpoint on


@pytest.mark.parametrize("seed", _SEEDS)
@pytest.mark.parametrize("column", ["signed", "edge", "follows", "size"])
def test_a_checkpoint_that_was_changed_is_named(trail: SignedTrail, seed: int, column: str) -> None:
    chance = random.Random(seed)
    trail.grow(chance)
    trail.unlock()
    with trail.place.writing() as services:
        session = services.unit.session
        sizes = [*session.scalars(text("SELECT size FROM audit_checkpoint ORDER BY size"))]
        chosen = chance.randrange(1, 4)
        changed = {
            "signed": "replace(signed, 'signed 2026', 'signed 2025')",
            "edge": "(SELECT edge FROM audit_checkpoint WHERE follows = 0)",
            "follows": "follows + 1",
            "size": "size + 1",
        }[column]
        session.execute(
            text(f"UPDATE audit_checkpoint SET {column} = {changed} WHERE size = :size"),  # noqa: S608 - ours
            {"size": sizes[chosen]},
        )
    log = trail.log()
    kind = LogFault.LOST if column == "follows" else LogFault.FORGED
    assert log.fault is not None
    if column == "size":
        assert log.fault.kind in {LogFault.FORGED, LogFault.LOST}
        assert sizes[chosen] <= log.fault.size
    else:
        assert (log.fault.kind, log.fault.size, log.fault.elsewhere) == (kind, sizes[chosen], False)
        assert log.entries == sizes[chosen - 1]


@pytest.mark.parametrize("seed", _SEEDS)
def test_a_checkpoint_that_was_changed_in_the_file_is_named(trail: SignedTrail, seed: int) -> None:
    chance = random.Random(seed)
    trail.grow(chance)
    said = trail.file.read_text()
    at = chance.randrange(len(said))
    trail.file.write_text(said[:at] + chr(ord(said[at]) ^ 1) + said[at + 1 :])
    log = trail.log()
    assert log.fault is not None
    assert log.fault.elsewhere


@pytest.mark.parametrize("seed", _SEEDS)
def test_an_old_database_put_back_is_named_by_the_file_elsewhere(trail: SignedTrail, seed: int) -> None:
    chance = random.Random(seed)
    trail.grow(chance)
    last = trail.log().entries
    old = {chain: (trail.entries(chain), _head(trail, chain)) for chain in CHAINS}
    trail.grow(chance, checkpoints=2)
    trail.unlock()
    with trail.place.writing() as services:
        services.unit.session.execute(text("DELETE FROM audit_checkpoint WHERE size > :last"), {"last": last})
        services.unit.session.execute(text("DELETE FROM audit_stretch WHERE start >= :last"), {"last": last})
    for chain, (entries, head) in old.items():
        trail.put(chain, entries)
        trail.put_head(chain, head)
    assert all(each.whole for each in trail.chains())
    assert trail.log(elsewhere=False).whole
    log = trail.log()
    assert log.fault is not None
    assert (log.fault.kind, log.fault.elsewhere, log.entries) == (LogFault.LOST, True, last)
    assert log.fault == LogWrong(LogFault.LOST, log.fault.size, elsewhere=True)
    assert log.fault.size > last


def _head(trail: SignedTrail, chain: UUID) -> Head:
    with trail.place.reading() as services:
        row = services.unit.session.execute(HEADS.select().where(HEADS.c.organisation_id == chain)).one()
    return Head(row.seq, row.mac, row.seal)


@pytest.mark.parametrize("seed", _SEEDS)
def test_writes_lost_with_the_key_ring_in_hand_are_named(trail: SignedTrail, seed: int) -> None:
    chance = random.Random(seed)
    trail.grow(chance)
    entries = trail.entries(_C)
    left = chance.randrange(1, len(entries))
    place = _index(trail, _C, left + 1)
    trail.unlock()
    key = chain_key(trail.place.tools.key_ring, _C)
    with trail.place.writing() as services:
        services.unit.session.execute(
            ENTRIES.delete().where(ENTRIES.c.organisation_id == _C, ENTRIES.c.seq > left)
        )
    trail.put_head(_C, head_at(key, _C, left, entries[left - 1].mac))
    assert all(each.whole for each in trail.chains())
    log = trail.log(elsewhere=False)
    assert log.fault is not None
    assert (log.fault.kind, log.fault.organisation_id, log.fault.seq) == (LogFault.LOST, _C, left + 1)
    assert log.entries <= place
