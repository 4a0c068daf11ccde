"""What a key ring keeps, only that ring opens; what it derives outlives its roots."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from intake.crypto.data_keys import DataKey
from intake.crypto.grants import Grant, GrantPlace, seal_to
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import SUITE_X25519, KeptPair, KeyPair
from intake.crypto.ring_keys import RingKeys
from intake.errors import CannotOpen
from intake.vocabulary import Compartment
from tests.support.altered import each_byte_altered

_CASE = UUID(int=1)
_HUB = UUID(int=2)
_RING = KeyRing(RingKeys(seed=bytes(32), roots={1: b"\1" * 32, 2: b"\2" * 32}, active=2))
_KEY = DataKey(_CASE, Compartment.HUB, 3, bytes(range(32)))
_PLACE = GrantPlace(_HUB, _CASE, Compartment.HUB, 3)
_PAIR = KeyPair.new(_HUB)
#: A grant as it was written before organisations had pairs.
_OLD = Grant(
    16,
    2,
    bytes.fromhex(
        "011000000000000000000000000019e1f6bc0a316e875afcdf092a05c57b64"
        "16cbcbecfe570c84763d85f2ad89f175441add3464ab417d0a906b47572180"
    ),
    bytes.fromhex("87a312ddc3d875355aadba9c8415d0f6"),
)
#: A pair as it was once kept: the database has thousands like it, and each must open.
_KEPT = KeptPair(
    _HUB,
    1,
    SUITE_X25519,
    "c80cbba83d7600896a2aa7f1c5d8b447",
    2,
    bytes.fromhex(
        "a3df0b6a13391ad895ea57c5360f63c3e6fd640d241cc662f9942702b320"
        "c10e49112e1c2054d80496dfa3fb98ab048e8e12b7b9d50f6fcf519c7917"
    ),
)


def test_a_kept_pair_comes_back_whole_and_is_opened_once() -> None:
    kept = _RING.keep_pair(_PAIR)
    assert (kept.holder, kept.version, kept.suite, kept.root_kid) == (_HUB, 1, 2, _RING.active)
    assert _PAIR.secret not in kept.wrapped
    assert _RING.open_pair(kept).secret == _PAIR.secret
    assert _RING.open_pair(kept) is _RING.open_pair(kept)


def test_a_pair_kept_once_still_opens() -> None:
    assert _RING.open_pair(_KEPT).secret == b"\1" * 32


def test_a_pair_kept_under_an_older_root_still_opens_and_one_under_an_unknown_root_says_which() -> None:
    before = KeyRing(RingKeys(seed=bytes(32), roots={1: b"\1" * 32}, active=1))
    assert _RING.open_pair(before.keep_pair(_PAIR)).secret == _PAIR.secret
    after = KeyRing(RingKeys(seed=bytes(32), roots={3: b"\3" * 32}, active=3))
    with pytest.raises(CannotOpen, match="no root key 3"):
        _RING.open_pair(after.keep_pair(_PAIR))


@pytest.mark.parametrize(
    "moved",
    [{"holder": _CASE}, {"version": 2}, {"suite": 1}, {"ring": "another"}, {"root_kid": 1}, {"wrapped": b""}],
)
def test_a_kept_pair_that_was_moved_or_altered_does_not_open(moved: dict[str, Any]) -> None:
    with pytest.raises(CannotOpen):
        _RING.open_pair(replace(_RING.keep_pair(_PAIR), **moved))


def test_every_altered_byte_of_a_kept_pair_is_noticed() -> None:
    kept = _RING.keep_pair(_PAIR)
    for altered in each_byte_altered(kept.wrapped):
        with pytest.raises(
            CannotOpen, match=r"^this pair of keys was not kept by this key ring, or was altered$"
        ):
            _RING.open_pair(replace(kept, wrapped=altered))


def test_only_the_ring_that_kept_a_pair_opens_what_is_sealed_to_it() -> None:
    kept, other = _RING.keep_pair(_PAIR), KeyRing.new()
    grant = seal_to(_PAIR.public, _KEY)
    assert _RING.can_open(kept)
    assert _RING.open_grant(grant, _PLACE, kept).secret == _KEY.secret
    assert not other.can_open(kept)
    with pytest.raises(CannotOpen):
        other.open_grant(grant, _PLACE, kept)
    with pytest.raises(CannotOpen, match="is not there"):
        _RING.open_grant(grant, _PLACE, None)


def test_a_grant_from_before_there_were_pairs_still_opens() -> None:
    assert _RING.open_grant(_OLD, _PLACE, None).secret == _KEY.secret
    for wrong in (replace(_OLD, kid=1), replace(_OLD, kid=3), replace(_OLD, commitment=bytes(16))):
        with pytest.raises(CannotOpen):
            _RING.open_grant(wrong, _PLACE, None)
    for altered in each_byte_altered(_OLD.wrapped):
        with pytest.raises(CannotOpen):
            _RING.open_grant(replace(_OLD, wrapped=altered), _PLACE, None)


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
        ({"seed": bytes(32), "roots": {None: bytes(32)}, "active": None}, "numbered from 1"),
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
    assert again.open_pair(ring.keep_pair(_PAIR)).secret == _PAIR.secret


def test_many_threads_share_one_ring() -> None:
    ring = KeyRing.new()
    kept = [ring.keep_pair(KeyPair.new(UUID(int=number))) for number in range(1, 9)]

    def opened(number: int) -> bool:
        pair = kept[number % len(kept)]
        return ring.open_pair(pair).holder == pair.holder

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(opened, range(2000)))


def test_a_ring_that_is_kept_nowhere_gets_new_roots_all_the_same() -> None:
    ring = KeyRing.new()
    older = ring.keep_pair(_PAIR)
    assert ring.add_root() == 2
    assert ring.keep_pair(_PAIR).root_kid == 2
    ring.drop_roots((1,))
    assert ring.root_kids == (2,)
    # What was opened before stays at hand; what was not, needs its root.
    with pytest.raises(CannotOpen, match="no root key 1"):
        ring.open_pair(older)
