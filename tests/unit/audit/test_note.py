"""A checkpoint's note: signed in the same way for ever, and known by its own key alone."""

from datetime import UTC, datetime

import pytest

from intake.audit.note import Checkpoint, LogKey, PublicKey, notes_in
from intake.audit.witnessing import WitnessKey
from intake.crypto.key_ring import KeyRing
from intake.crypto.ring_keys import RingKeys

_KEY = LogKey(KeyRing(RingKeys(seed=bytes(32), roots={1: bytes(32)}, active=1)))
_NAME = "pass-it-on/c80cbba83d7600896a2aa7f1c5d8b447"
_LINE = f"{_NAME}+517d6606+AaCXtIF+VvmFOscjMKG/hnbpdsUDpGS5RFhuJQ9TPR+u"
_AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
_NOTE = (
    f"{_NAME}\n3\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\nsigned 2026-11-23T10:00:00.000000+00:00\n\n"
    f"\u2014 {_NAME} UX1mBnBzWRW2XuJ1V/VjrSA2XLBTlQ0KgiY5rFMolyyH3lYGSfNCxFwQGlV135CLAxNeKFHgXHp9l9XiKOThJ2"
    "U62Q0=\n"
)


def test_a_note_written_down_once_is_signed_so_still_and_known() -> None:
    signed = Checkpoint(3, b"\1" * 32, _AT, _NOTE)
    assert _KEY.public == _LINE
    assert _KEY.sign(3, b"\1" * 32, _AT) == signed
    assert _KEY.open(_NOTE) == PublicKey(_LINE).open(_NOTE) == signed


@pytest.mark.parametrize(
    ("there", "instead"),
    [
        (_NOTE, ""),
        (_NOTE, f"{_NOTE}\n"),
        (_NAME, "another"),
        ("\n3\n", "\n4\n"),
        (" UX1mB", " UX1mC"),
        ("U62Q0=", "U62Q1="),
    ],
    ids=["nothing", "more", "name", "size", "whose it is", "written otherwise"],
)
def test_a_note_changed_anywhere_is_none(there: str, instead: str) -> None:
    assert _KEY.open(_NOTE.replace(there, instead)) is None


@pytest.mark.parametrize("line", [_LINE.replace("517d", "517e"), f"{_LINE[:-1]}!{_LINE[-1]}", _NAME])
def test_what_is_no_line_of_a_public_key_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PublicKey(line)


def test_the_key_of_a_log_is_none_of_a_witness() -> None:
    with pytest.raises(ValueError, match="of this kind"):
        WitnessKey(_LINE)


def test_whatever_stands_between_notes_is_told_apart_from_them() -> None:
    text = f"X before \n\n{_NOTE}\n{_NOTE}rest\n"
    assert [*notes_in(text)] == [("X before ", _NOTE), ("", _NOTE), ("rest\n", "")]
