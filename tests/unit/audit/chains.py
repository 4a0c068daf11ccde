"""Chains made up for a test, and everything that can be done to one by somebody without its key."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from intake.audit.chain import GENESIS, Entry, Head, entry_mac, head_at

HERE, ELSEWHERE = UUID(int=1), UUID(int=2)
KEY, OTHER_KEY = b"k" * 32, b"o" * 32
_BEGAN = datetime(2026, 11, 23, 9, tzinfo=UTC)


def link(entry: Entry, before: Entry | None, key: bytes = KEY) -> Entry:
    """Chain an entry behind another, as only the holder of the key can."""
    seq, mac = (0, GENESIS) if before is None else (before.seq, before.mac)
    placed = replace(entry, seq=seq + 1, prev_mac=mac)
    return replace(placed, mac=entry_mac(key, placed))


def bare(number: int, organisation_id: UUID = HERE) -> Entry:
    """An entry that is not chained to anything yet."""
    return Entry(
        organisation_id=organisation_id,
        seq=number,
        at=_BEGAN + timedelta(seconds=number),
        actor_id=UUID(int=100 + number % 3),
        session_id=None,
        event="concern.opened",
        subject_kind="concern",
        subject_id=UUID(int=1000 + number),
        reference="C-7K3M-9QTX",
        detail='{"addition_ids":[]}',
        prev_mac=GENESIS,
    )


def whole(length: int, organisation_id: UUID = HERE, key: bytes = KEY) -> list[Entry]:
    """A chain nobody touched."""
    entries: list[Entry] = []
    for number in range(1, length + 1):
        before = entries[-1] if entries else None
        entries.append(link(bare(number, organisation_id), before, key))
    return entries


def head_of(entries: list[Entry], key: bytes = KEY) -> Head:
    """The head such a chain has."""
    last = entries[-1]
    return head_at(key, last.organisation_id, last.seq, last.mac)


def renumbered(entries: list[Entry]) -> list[Entry]:
    """The same entries, numbered as if nothing had happened to them."""
    return [replace(entry, seq=number) for number, entry in enumerate(entries, start=1)]


def altered(entry: Entry, chance: random.Random) -> Entry:
    """An entry with one thing changed in it."""
    changes: tuple[dict[str, Any], ...] = (
        {"at": entry.at + timedelta(microseconds=1)},
        {"actor_id": UUID(int=7)},
        {"actor_id": None},
        {"session_id": UUID(int=7)},
        {"event": "concern.read"},
        {"subject_kind": "referral"},
        {"subject_id": None},
        {"reference": "C-7K3M-9QTY"},
        {"reference": None},
        {"detail": "{}"},
        {"prev_mac": bytes((entry.prev_mac[0] ^ 1,)) + entry.prev_mac[1:]},
        {"mac": entry.mac[:-1] + bytes((entry.mac[-1] ^ 1,))},
    )
    return replace(entry, **chance.choice(changes))
