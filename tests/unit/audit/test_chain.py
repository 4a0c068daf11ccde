"""What an entry's MAC covers, and how a chain is written down."""

import hmac
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.audit.chain import (
    GENESIS,
    Head,
    Written,
    chain_key,
    content,
    entry_mac,
    head_at,
    macs_under,
    written,
)
from intake.audit.event import canonical
from intake.crypto.key_ring import KeyRing
from intake.crypto.ring_keys import RingKeys
from tests.unit.audit.chains import ELSEWHERE, HERE, KEY, bare

_ENTRY = bare(3)
_CHANGES: dict[str, object] = {
    "organisation_id": ELSEWHERE,
    "seq": 4,
    "at": _ENTRY.at + timedelta(microseconds=1),
    "actor_id": None,
    "session_id": UUID(int=9),
    "event": "concern.read",
    "subject_kind": "person",
    "subject_id": None,
    "reference": None,
    "detail": "{}",
    "prev_mac": b"\1" * 32,
}


@pytest.mark.parametrize("name", _CHANGES)
def test_a_change_of_anything_changes_the_mac(name: str) -> None:
    changed = replace(_ENTRY, **{name: _CHANGES[name]})  # type: ignore[arg-type]
    assert entry_mac(KEY, changed) != entry_mac(KEY, _ENTRY)


def test_everything_but_the_mac_itself_is_covered() -> None:
    assert {*_CHANGES, "mac"} == set(type(_ENTRY).__slots__)
    assert entry_mac(KEY, replace(_ENTRY, mac=b"\1" * 32)) == entry_mac(KEY, _ENTRY)


def test_an_entry_is_written_down_as_anybody_can_write_it_again() -> None:
    assert content(written(_ENTRY)).decode() == (
        '{"actor":"00000000-0000-0000-0000-000000000064","at":"2026-11-23T09:00:03.000000+00:00",'
        '"chain":"00000000-0000-0000-0000-000000000001","detail":"{\\"addition_ids\\":[]}",'
        '"event":"concern.opened","kind":"concern","reference":"C-7K3M-9QTX","seq":3,"session":null,'
        '"subject":"00000000-0000-0000-0000-0000000003eb","v":1}'
    )
    assert entry_mac(KEY, _ENTRY).hex() == "b4b8172b259dec8c21841451f8a06576ae8021b1884116afec56f4268c443c3b"


_TEXT, _MAYBE = st.text(), st.none() | st.text()


@given(
    st.builds(
        Written,
        *(_TEXT, st.integers(0), _TEXT, _MAYBE, _MAYBE, _TEXT, _TEXT, _MAYBE, _MAYBE, _TEXT),
        *(st.binary(max_size=40), st.just(b"")),
    ),
    st.binary(max_size=64),
)
def test_what_is_put_together_by_hand_is_canonical_json_and_its_mac_is_hmac(
    entry: Written, key: bytes
) -> None:
    said = {name: value for name, value in entry._asdict().items() if name not in {"prev_mac", "mac"}}
    assert content(entry) == canonical(said | {"v": 1}).encode()
    wanted = hmac.digest(key, entry.prev_mac + content(entry), "sha256")
    mac = macs_under(key)
    assert mac(entry) == mac(entry) == wanted


def test_a_head_is_sealed_over_its_chain_number_and_mac() -> None:
    seals = {
        head_at(KEY, HERE, 1, GENESIS).seal,
        head_at(KEY, HERE, 2, GENESIS).seal,
        head_at(KEY, HERE, 1, b"\1" * 32).seal,
        head_at(KEY, ELSEWHERE, 1, GENESIS).seal,
        head_at(b"other key", HERE, 1, GENESIS).seal,
    }
    assert len(seals) == 5


def test_a_head_written_down_once_is_still_the_same() -> None:
    seal = "7a7661ecabc3b6e3ec2c378c2f63774f941789510d4d4bec0af257788fa96063"
    assert head_at(KEY, HERE, 2, b"\1" * 32) == Head(2, b"\1" * 32, bytes.fromhex(seal))


def test_every_organisation_has_a_chain_key_of_its_own_from_the_ring() -> None:
    ring = KeyRing(RingKeys(seed=bytes(32), roots={1: bytes(32)}, active=1))
    assert chain_key(ring, HERE) == ring.derive("audit-chain", HERE.bytes)
    assert chain_key(ring, HERE) != chain_key(ring, ELSEWHERE)
