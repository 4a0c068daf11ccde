"""A shared secret comes back from enough shares, whichever they are, and from no fewer."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.crypto.shares import combine, split

#: Worked out by hand: 0x53 and 0xCA are each other's inverse (FIPS 197), so the line through
#: (1, 0x53 + 0xCA) and (2, 0x53 + 2 * 0xCA) meets 0 in 0x53.
_BY_HAND = {1: bytes([0x53 ^ 0xCA]), 2: bytes([0x53 ^ 0x8F])}


@given(st.binary(max_size=80), st.integers(1, 5), st.integers(0, 4))
def test_any_shares_that_are_enough_give_the_secret_back(secret: bytes, needed: int, more: int) -> None:
    made = split(secret, needed=needed, shares=needed + more)
    assert list(made) == list(range(1, needed + more + 1))
    for chosen in combinations(made, needed):
        assert combine({number: made[number] for number in chosen}) == secret


def test_shares_worked_out_by_hand_give_what_they_should() -> None:
    assert combine(_BY_HAND) == b"\x53"


def test_there_may_be_255_shares_and_the_last_is_one_of_them() -> None:
    made = split(b"secret", needed=2, shares=255)
    assert combine({number: made[number] for number in (1, 255)}) == b"secret"


def test_one_share_of_two_says_nothing() -> None:
    # Whatever the secret, its first share takes every value as often as any other.
    for secret in (b"\x00", b"\xff"):
        seen = {split(secret, needed=2, shares=3)[1] for _ in range(5000)}
        assert len(seen) == 256


def test_too_few_shares_give_another_secret() -> None:
    secret = bytes(range(64))
    made = split(secret, needed=2, shares=3)
    assert all(combine({number: held}) != secret for number, held in made.items())


@pytest.mark.parametrize(("needed", "shares"), [(0, 3), (4, 3), (2, 256)])
def test_numbers_that_cannot_be_are_refused(needed: int, shares: int) -> None:
    with pytest.raises(ValueError, match="255"):
        split(b"secret", needed=needed, shares=shares)


@pytest.mark.parametrize("wrong", [{}, {1: b"a", 2: b"ab"}, {0: b"a", 1: b"b"}, {256: b"a", 1: b"b"}])
def test_what_cannot_be_shares_is_refused(wrong: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="one length"):
        combine(wrong)
