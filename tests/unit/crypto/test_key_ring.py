"""What a key ring wraps, only that ring opens, and only for the one it was wrapped for."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto.data_keys import DataKey
from intake.crypto.grants import Grant
from intake.crypto.key_ring import KeyRing
from intake.crypto.ring_keys import RingKeys
from intake.errors import CannotOpen
from intake.vocabulary import Compartment

_CASE = UUID(int=1)
_HUB = UUID(int=2)
_RING = KeyRing(RingKeys(seed=bytes(32), roots={1: b"\1" * 32, 2: b"\2" * 32}, active=2))
_KEY = DataKey(_CASE, Compartment.HUB, 3, bytes(range(32)))
_PLACE: dict[str, Any] = {"case_id": _CASE, "compartment": Compartment.HUB, "generation": 3, "holder": _HUB}


def test_a_grant_gives_its_holder_the_data_key_back() -> None:
    opened = _RING.unwrap(_RING.wrap(_KEY, holder=_HUB), **_PLACE)
    assert (opened.case_id, opened.compartment, opened.generation) == (_CASE, Compartment.HUB, 3)
    assert opened.secret == _KEY.secret


def test_a_new_grant_names_the_active_root_and_the_keys_commitment() -> None:
    grant = _RING.wrap(_KEY, holder=_HUB)
    assert grant.root_kid == _RING.active == 2
    assert grant.commitment == _KEY.commitment()
    assert len(grant.wrapped) == 2 + 12 + 32 + 16
    assert _KEY.secret not in grant.wrapped


def test_a_grant_of_an_older_root_still_opens() -> None:
    before = KeyRing(RingKeys(seed=bytes(32), roots={1: b"\1" * 32}, active=1))
    assert _RING.unwrap(before.wrap(_KEY, holder=_HUB), **_PLACE).secret == _KEY.secret


def test_a_grant_of_a_root_the_ring_has_not_got_says_which() -> None:
    after = KeyRing(RingKeys(seed=bytes(32), roots={3: b"\3" * 32}, active=3))
    with pytest.raises(CannotOpen, match="no root key 3"):
        _RING.unwrap(after.wrap(_KEY, holder=_HUB), **_PLACE)


@pytest.mark.parametrize(
    "moved",
    [
        {"holder": UUID(int=9)},
        {"case_id": UUID(int=9)},
        {"compartment": Compartment.REFERRAL},
        {"generation": 4},
        {"generation": 0},
    ],
)
def test_a_grant_moved_to_another_holder_or_case_does_not_open(moved: dict[str, Any]) -> None:
    grant = _RING.wrap(_KEY, holder=_HUB)
    with pytest.raises(CannotOpen):
        _RING.unwrap(grant, **_PLACE | moved)


def test_another_ring_opens_no_grant() -> None:
    grant = replace(_RING.wrap(_KEY, holder=_HUB), root_kid=1)
    for ring in (_RING, KeyRing.new()):
        with pytest.raises(CannotOpen):
            ring.unwrap(grant, **_PLACE)


def test_every_altered_byte_of_a_grant_is_noticed() -> None:
    grant = _RING.wrap(_KEY, holder=_HUB)
    for name in ("wrapped", "commitment"):
        value: bytes = getattr(grant, name)
        for at in range(len(value)):
            altered: dict[str, Any] = {name: value[:at] + bytes((value[at] ^ 1,)) + value[at + 1 :]}
            with pytest.raises(CannotOpen):
                _RING.unwrap(replace(grant, **altered), **_PLACE)


@given(st.binary(max_size=70), st.binary(max_size=20))
def test_no_bytes_whatever_make_a_grant(wrapped: bytes, commitment: bytes) -> None:
    for attempt in (wrapped, b"\x01\x10" + wrapped):
        with pytest.raises(CannotOpen):
            _RING.unwrap(Grant(2, attempt, commitment), **_PLACE)


def test_a_key_that_is_not_the_one_committed_to_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(DataKey, "commitment", lambda _: bytes(16))
        promised_wrongly = _RING.wrap(_KEY, holder=_HUB)
    with pytest.raises(CannotOpen):
        _RING.unwrap(promised_wrongly, **_PLACE)


def test_derived_keys_differ_by_purpose_context_length_and_ring() -> None:
    derived = {
        _RING.derive("audit-chain", _HUB.bytes),
        _RING.derive("audit-chain", _CASE.bytes),
        _RING.derive("audit-chain"),
        _RING.derive("audit", b"-chain" + _HUB.bytes),
        _RING.derive("index", _HUB.bytes),
        KeyRing.new().derive("audit-chain", _HUB.bytes),
    }
    assert {len(key) for key in derived} == {32}
    assert len(derived) == 6
    assert len(_RING.derive("index", length=64)) == 64


def test_derived_keys_and_the_fingerprint_outlive_a_new_root() -> None:
    before = KeyRing(RingKeys(seed=bytes(32), roots={1: b"\1" * 32}, active=1))
    assert before.derive("audit-chain", _HUB.bytes) == _RING.derive("audit-chain", _HUB.bytes)
    assert before.fingerprint() == _RING.fingerprint()


def test_a_derivation_written_down_once_is_still_the_same() -> None:
    assert _RING.fingerprint() == "c80cbba83d7600896a2aa7f1c5d8b447"
    assert (
        _RING.derive("audit-chain", _HUB.bytes).hex()
        == "72066d92acf953e2856ede08ee6b58822190dbb5ed5b6ec257633ac19bed895b"
    )


def test_a_ring_shows_nothing_secret_of_itself() -> None:
    shown = repr(_RING) + str(_RING) + repr(RingKeys(seed=b"s" * 32, roots={1: b"r" * 32}, active=1))
    assert _RING.fingerprint() in shown
    for secret in (b"s" * 32, b"r" * 32, b"\1" * 32, bytes(32)):
        assert str(secret) not in shown
        assert secret.hex() not in shown


@pytest.mark.parametrize(
    ("keys", "why"),
    [
        ({"seed": bytes(31), "roots": {1: bytes(32)}, "active": 1}, "256 bits"),
        ({"seed": bytes(32), "roots": {1: bytes(16)}, "active": 1}, "256 bits"),
        ({"seed": bytes(32), "roots": {1: bytes(32)}, "active": 2}, "active root"),
        ({"seed": bytes(32), "roots": {0: bytes(32)}, "active": 0}, "numbered from 1"),
        ({"seed": bytes(32), "roots": {1 << 32: bytes(32)}, "active": 1 << 32}, "numbered from 1"),
        ({"seed": bytes(32), "roots": {}, "active": 1}, "active root"),
    ],
)
def test_a_ring_that_cannot_be_is_refused(keys: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        RingKeys(**keys)


def test_a_new_ring_reads_back_as_itself(tmp_path: Path) -> None:
    ring = KeyRing.create(tmp_path / "keys" / "ring.json")
    again = KeyRing.load(tmp_path / "keys" / "ring.json")
    assert (again.fingerprint(), again.active, again.root_kids) == (ring.fingerprint(), 1, (1,))
    assert again.unwrap(ring.wrap(_KEY, holder=_HUB), **_PLACE).secret == _KEY.secret


def test_many_threads_share_one_ring() -> None:
    ring = KeyRing.new()
    holders = [UUID(int=number) for number in range(1, 9)]

    def wrap_and_unwrap(number: int) -> bool:
        holder = holders[number % len(holders)]
        opened = ring.unwrap(ring.wrap(_KEY, holder=holder), **_PLACE | {"holder": holder})
        return opened.secret == _KEY.secret

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(wrap_and_unwrap, range(2000)))
