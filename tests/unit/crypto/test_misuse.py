"""Ciphertext put anywhere but where it belongs does not open: every swap, every byte, every cut (T5).

What is tried is told by the fields themselves; a binding that left one of them out is planted, and noticed.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.crypto.binding import Binding
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import open_sealed, seal
from intake.crypto.inventory import SEALED_COLUMNS
from intake.errors import CannotOpen
from intake.vocabulary import Compartment
from tests.support.altered import each_byte_altered

_ROWS = (UUID(int=1), UUID(int=2))
_CASES = (UUID(int=11), UUID(int=12))
_VERSIONS = (1, 2)
_GENERATIONS = (1, 2)
_SECRET = bytes(range(32))
_HERE = Binding("case_note", "note_sealed", _ROWS[0], _CASES[0], Compartment.HUB, 1)
#: One change for each part of a binding, in their order.
_CHANGES: tuple[dict[str, Any], ...] = (
    {"table": "minute"},
    {"column": "words_sealed"},
    {"row_id": _ROWS[1]},
    {"case_id": _CASES[1]},
    {"compartment": Compartment.REFERRAL},
    {"version": 2},
)


def _places() -> Iterator[Binding]:
    for sealed, row, case, version in product(SEALED_COLUMNS, _ROWS, _CASES, _VERSIONS):
        if version == 1 or sealed.version is not None:
            yield sealed.place(row_id=row, case_id=case, version=version)


def _key(place: Binding, generation: int) -> DataKey:
    # One secret for all: nothing but the binding and the key id tells the places apart.
    return DataKey(place.case_id, place.compartment, generation, _SECRET)


def _opened_elsewhere() -> int:
    """Seal for every place, try to open it in every other, and return how often that was possible."""
    places = [(place, generation) for place in _places() for generation in _GENERATIONS]
    blobs = {where: seal(b"Maya", key=_key(*where), binding=where[0]) for where in places}
    return sum(_opens(blob, *to) for (where, blob), to in product(blobs.items(), places) if where != to)


def _opens(blob: bytes, place: Binding, generation: int) -> bool:
    try:
        open_sealed(blob, key=_key(place, generation), binding=place)
    except CannotOpen:
        return False
    return True


def test_what_is_sealed_for_one_place_opens_in_no_other() -> None:
    assert _opened_elsewhere() == 0


@pytest.mark.parametrize(("left_out", "change"), list(enumerate(_CHANGES)))
def test_a_binding_that_left_a_part_out_would_be_noticed(
    monkeypatch: pytest.MonkeyPatch, left_out: int, change: dict[str, Any]
) -> None:
    there = replace(_HERE, **change)
    blob = seal(b"Maya", key=_key(_HERE, 1), binding=_HERE)
    assert not _opens(blob, there, 1)
    whole: Callable[[Binding], tuple[bytes, ...]] = Binding.parts
    monkeypatch.setattr(
        Binding, "parts", lambda self: (*whole(self)[:left_out], *whole(self)[left_out + 1 :])
    )
    assert _opens(seal(b"Maya", key=_key(_HERE, 1), binding=_HERE), there, 1)


def test_every_altered_or_missing_byte_of_every_kind_is_noticed() -> None:
    for place in (sealed.place(row_id=_ROWS[0], case_id=_CASES[0]) for sealed in SEALED_COLUMNS):
        for altered in each_byte_altered(seal(b"Maya", key=_key(place, 1), binding=place)):
            assert not _opens(altered, place, 1)


@pytest.mark.parametrize(
    ("key", "nonce", "plain", "beside", "sealed"),
    [
        # From the specification of GCM (McGrew and Viega), test cases 14 and 16, with 256-bit keys.
        (
            "00" * 32,
            "00" * 12,
            "00" * 16,
            "",
            "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919",
        ),
        (
            "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
            "cafebabefacedbaddecaf888",
            (
                "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
            ),
            "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            (
                "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
                "76fc6ece0f4e1768cddf8853bb2d551b"
            ),
        ),
    ],
)
def test_what_the_envelope_is_made_of_gives_the_published_answers(
    key: str, nonce: str, plain: str, beside: str, sealed: str
) -> None:
    cipher = AESGCM(bytes.fromhex(key))
    made = cipher.encrypt(bytes.fromhex(nonce), bytes.fromhex(plain), bytes.fromhex(beside))
    assert made.hex() == sealed
