"""Shamir's sharing of a secret over GF(256): any `needed` shares give it back, fewer tell nothing of it.

Each byte of the secret is the value at 0 of a random polynomial; share `x` holds the polynomials' values
at `x`. The field is that of AES (x^8 + x^4 + x^3 + x + 1), its generator 3.
"""

import os
from collections.abc import Iterable, Mapping

_FIELD = 0x11B
_MOST = 255


def _tables() -> tuple[tuple[int, ...], tuple[int, ...]]:
    powers, value = [], 1
    for _ in range(_MOST):
        powers.append(value)
        value ^= value << 1
        if value > _MOST:
            value ^= _FIELD
    logs = [0] * (_MOST + 1)
    for exponent, power in enumerate(powers):
        logs[power] = exponent
    return tuple(powers), tuple(logs)


_POWERS, _LOGS = _tables()


def split(secret: bytes, *, needed: int, shares: int) -> dict[int, bytes]:
    """Return the shares by their number, counted from 1; raises `ValueError` for numbers that cannot be."""
    if not 1 <= needed <= shares <= _MOST:
        raise ValueError("of up to 255 shares, at least one is needed and no more than there are")
    further = [os.urandom(len(secret)) for _ in range(needed - 1)]
    columns = list(zip(secret, *further, strict=True))
    return {x: bytes(_value_at(x, column) for column in columns) for x in range(1, shares + 1)}


def combine(shares: Mapping[int, bytes]) -> bytes:
    """Give the secret back from shares by their number; too few of them, or false ones, give another.

    Raises `ValueError` where they cannot be shares of one secret.
    """
    if (
        not shares
        or len({len(share) for share in shares.values()}) != 1
        or not all(0 < x <= _MOST for x in shares)
    ):
        raise ValueError("shares are numbered from 1 and of one length")
    weights = [_weight(x, shares) for x in shares]
    columns = zip(*shares.values(), strict=True)
    return bytes(_sum(map(_times, weights, column)) for column in columns)


def _value_at(x: int, coefficients: tuple[int, ...]) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = _times(value, x) ^ coefficient
    return value


def _weight(x: int, shares: Mapping[int, bytes]) -> int:
    """Return what the value at `x` counts for in the value at 0 (Lagrange)."""
    weight = 1
    for other in shares:
        if other != x:
            weight = _times(weight, _over(other, other ^ x))
    return weight


def _times(one: int, other: int) -> int:
    if not one or not other:
        return 0
    return _POWERS[(_LOGS[one] + _LOGS[other]) % _MOST]


def _over(one: int, other: int) -> int:
    return _POWERS[(_LOGS[one] - _LOGS[other]) % _MOST]


def _sum(terms: Iterable[int]) -> int:
    total = 0
    for term in terms:
        total ^= term
    return total
