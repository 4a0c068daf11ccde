"""What the length of a sealed document gives away."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto.padding import LONGEST, pad, padded_length, unpad

_SHORT = 60


@given(st.binary(max_size=3000))
def test_what_was_padded_comes_back_exactly(plaintext: bytes) -> None:
    assert unpad(pad(plaintext)) == plaintext


@given(st.binary(max_size=_SHORT))
def test_everything_short_has_one_length(plaintext: bytes) -> None:
    assert len(pad(plaintext)) == 64


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        (0, 64), (1, 64), (64, 64), (65, 72), (72, 72), (73, 80), (100, 104), (128, 128), (129, 144),
        (999, 1024), (1025, 1088), (4000, 4096), (65_537, 67_584), (1_000_000, 1_015_808),
    ],
)  # fmt: skip
def test_lengths_are_rounded_as_the_padme_paper_says(length: int, padded: int) -> None:
    assert padded_length(length) == padded


def test_thousands_of_lengths_become_few_and_cost_little() -> None:
    lengths = range(1, 4001)
    rounded = {padded_length(length) for length in lengths}
    longest_waste = max(padded_length(length) / length for length in lengths if length > 64)
    assert len(rounded) < 100
    assert longest_waste < 1.12


@given(st.integers(min_value=0, max_value=1 << 20))
def test_a_longer_text_never_looks_shorter(length: int) -> None:
    assert length <= padded_length(length) <= padded_length(length + 1)
    assert padded_length(padded_length(length)) == padded_length(length)


@given(st.binary(max_size=300))
def test_only_what_was_padded_is_taken_off(some: bytes) -> None:
    try:
        plaintext = unpad(some)
    except ValueError:
        return
    assert pad(plaintext) == some


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\0\0\0\2ab",
        b"\0\0\0\2ab".ljust(63, b"\0"),
        b"\0\0\0\2ab".ljust(65, b"\0"),
        b"\0\0\0\2ab".ljust(63, b"\0") + b"x",
        b"\xff\xff\xff\xff".ljust(64, b"\0"),
        b"\0\0\0\xff".ljust(64, b"\0"),
    ],
)
def test_broken_padding_is_refused(broken: bytes) -> None:
    with pytest.raises(ValueError, match="not padded"):
        unpad(broken)


def test_too_much_at_once_is_refused() -> None:
    with pytest.raises(ValueError, match="one piece"):
        pad(bytes(LONGEST + 1))
