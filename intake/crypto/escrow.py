"""The key ring on paper: three shares that people keep apart, any two of which bring it back.

A share is written in lines of sixteen letters and digits that cannot be mistaken for one another, and four
more that say whether the line was typed as it was printed.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from intake.crypto.ring_keys import KEY_LENGTH, RingKeys
from intake.crypto.shares import combine, split
from intake.errors import Refused

NEEDED = 2
SHARES = 3
#: Five bits each; no I, L, O or U, and what is read as one of them is taken for what was printed.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL-", "011 ")
_FORMAT = 1
_LINE_BYTES = 10
_LINE_LETTERS = 16
_CHECK_LETTERS = 4
_GROUP = 4
_CHECK_BYTES = 8
_KID = 4
_HEAD = 2 + _KID + KEY_LENGTH


@dataclass(frozen=True, slots=True)
class Share:
    """One share: its number, and the bytes it holds."""

    number: int
    held: bytes = field(repr=False)

    def lines(self) -> list[str]:
        """Return the lines to print: each with its number, four groups, and the group that checks them."""
        rows = [self.held[at : at + _LINE_BYTES] for at in range(0, len(self.held), _LINE_BYTES)]
        return [
            " ".join([f"{line:>2} ", *_groups(_written(row)), "", _check(self.number, line, row)])
            for line, row in enumerate(rows, 1)
        ]


def to_shares(keys: RingKeys) -> tuple[Share, ...]:
    """Share out a ring; any two of the shares have given it back before they are given out."""
    packed = _pack(keys)
    made = split(packed, needed=NEEDED, shares=SHARES)
    for pair in combinations(made, NEEDED):
        if combine({number: made[number] for number in pair}) != packed:
            raise RuntimeError("shares that do not give the ring back are not given out")
    return tuple(Share(number, held) for number, held in made.items())


def from_shares(shares: Iterable[Share]) -> RingKeys:
    """Give the ring back; raises `Refused` where shares are too few, or of different rings."""
    held = {share.number: share.held for share in shares}
    if len(held) < NEEDED:
        raise Refused("shares", f"{NEEDED} different shares are needed.")
    try:
        return _unpack(combine(held))
    except ValueError as trouble:
        raise Refused("shares", "These shares are not of one and the same printing.") from trouble


def read_share(number: int, typed: Iterable[str]) -> Share:
    """Read what was typed of a share; raises `Refused`, naming the line that is not as it was printed."""
    rows = [_read_line(number, line, words) for line, words in enumerate(filter(str.strip, typed), 1)]
    return Share(number, b"".join(rows))


def _read_line(number: int, line: int, words: str) -> bytes:
    """Read one line, however it was spaced, with its number in front or without."""
    letters = "".join(words.upper().translate(_MISREAD).split())
    if len(letters) > _LINE_LETTERS + _CHECK_LETTERS:
        letters = letters.removeprefix(str(line).translate(_MISREAD))
    said, check = letters[:-_CHECK_LETTERS], letters[-_CHECK_LETTERS:]
    row = _read(said)
    if row is None or _check(number, line, row) != check:
        raise Refused("shares", f"Share {number}, line {line} is not as it was printed. Look at it again.")
    return row


def _pack(keys: RingKeys) -> bytes:
    """Write a ring as bytes: how many roots, which is active, the seed, each root, and a check over all."""
    roots = b"".join(kid.to_bytes(_KID, "big") + root for kid, root in sorted(keys.roots.items()))
    said = bytes((_FORMAT, len(keys.roots))) + keys.active.to_bytes(_KID, "big") + keys.seed + roots
    said += hashlib.sha256(b"escrow" + said).digest()[:_CHECK_BYTES]
    return said.ljust(-(-len(said) // _LINE_BYTES) * _LINE_BYTES, b"\0")


def _unpack(packed: bytes) -> RingKeys:
    if len(packed) < _HEAD or packed[0] != _FORMAT:
        raise ValueError(_FORMAT)
    ends_at = _HEAD + packed[1] * (_KID + KEY_LENGTH)
    said, check = packed[:ends_at], packed[ends_at : ends_at + _CHECK_BYTES]
    if hashlib.sha256(b"escrow" + said).digest()[:_CHECK_BYTES] != check:
        raise ValueError(check)
    step = _KID + KEY_LENGTH
    found = (said[at : at + step] for at in range(_HEAD, ends_at, step))
    roots = {int.from_bytes(each[:_KID], "big"): each[_KID:] for each in found}
    return RingKeys(said[_HEAD - KEY_LENGTH : _HEAD], roots, int.from_bytes(said[2 : 2 + _KID], "big"))


def _check(number: int, line: int, row: bytes) -> str:
    """Return the group that ends a line: another for the same words in another line or share."""
    digest = hashlib.sha256(bytes((number, line)) + row).digest()
    return _written(digest[: _LINE_BYTES // 2])[:_CHECK_LETTERS]


def _written(row: bytes) -> str:
    """Write bytes, five at a time, as eight letters each."""
    number = int.from_bytes(row, "big")
    return "".join(_LETTERS[number >> shift & 31] for shift in range(len(row) * 8 - 5, -1, -5))


def _read(letters: str) -> bytes | None:
    if len(letters) != _LINE_LETTERS or not set(letters) <= set(_LETTERS):
        return None
    number = 0
    for letter in letters:
        number = number << 5 | _LETTERS.index(letter)
    return number.to_bytes(_LINE_BYTES, "big")


def _groups(letters: str) -> list[str]:
    return [letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP)]
