"""A long thing sealed in pieces opens whole and in order, or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto.stream import PIECE, open_stream, seal_stream
from intake.errors import CannotOpen

_KEY, _HEADER = bytes(32), b"header"
_SEALED_PIECE = PIECE + 16


def _sealed(content: bytes) -> bytes:
    return b"".join(seal_stream([content], key=_KEY, header=_HEADER))


def _opened(sealed: bytes, key: bytes = _KEY, header: bytes = _HEADER) -> bytes:
    return b"".join(open_stream(io.BytesIO(sealed), key=key, header=header))


def _pieces(sealed: bytes) -> list[bytes]:
    return [sealed[start : start + _SEALED_PIECE] for start in range(0, len(sealed), _SEALED_PIECE)]


@pytest.mark.parametrize("length", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7])
def test_what_was_sealed_opens_exactly(length: int) -> None:
    content = bytes(number % 251 for number in range(length))
    sealed = _sealed(content)
    assert _opened(sealed) == content
    assert len(sealed) == length + 16 * max(1, -(-length // PIECE))


@given(st.lists(st.binary(max_size=50_000), max_size=8))
def test_it_does_not_matter_in_what_parts_it_came(parts: list[bytes]) -> None:
    sealed = b"".join(seal_stream(parts, key=_KEY, header=_HEADER))
    assert sealed == _sealed(b"".join(parts))


def test_a_stream_under_another_key_or_header_does_not_open() -> None:
    sealed = _sealed(b"words")
    for key, header in ((b"\1" * 32, _HEADER), (_KEY, b"another")):
        with pytest.raises(
            CannotOpen, match=r"^this backup was cut short or altered, or is of another key ring$"
        ):
            _opened(sealed, key, header)


def test_pieces_dropped_repeated_or_moved_are_noticed() -> None:
    one, two, three, last = _pieces(_sealed(bytes(3 * PIECE + 5)))
    for attempt in (
        [two, three, last],
        [one, three, last],
        [one, two, two, three, last],
        [two, one, three, last],
        [one, two, three],
        [one, two, three, last, last],
        [],
    ):
        with pytest.raises(CannotOpen):
            _opened(b"".join(attempt))


@pytest.mark.parametrize("length", [5, PIECE, PIECE + 9])
def test_a_stream_cut_anywhere_near_a_seam_is_noticed(length: int) -> None:
    sealed = _sealed(bytes(length))
    near = {0, 1, 15, 16, 17, PIECE, PIECE + 15, PIECE + 16, PIECE + 17, len(sealed) - 1}
    for end in near & set(range(len(sealed))):
        with pytest.raises(CannotOpen):
            _opened(sealed[:end])


def test_every_flipped_byte_is_noticed() -> None:
    sealed = _sealed(b"words about nobody")
    for at in range(len(sealed)):
        flipped = bytearray(sealed)
        flipped[at] ^= 1
        with pytest.raises(CannotOpen):
            _opened(bytes(flipped))


def test_nothing_is_given_out_from_the_altered_piece_on() -> None:
    one, two, last = _pieces(_sealed(b"a" * PIECE + b"b" * PIECE + b"c"))
    altered = two[:-1] + bytes((two[-1] ^ 1,))
    opening = open_stream(io.BytesIO(one + altered + last), key=_KEY, header=_HEADER)
    assert next(opening) == b"a" * PIECE
    with pytest.raises(CannotOpen):
        next(opening)
