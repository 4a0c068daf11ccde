"""Padding, so that the length of what was written says little about what was written.

Padmé (Nikitin and others, 2019) rounds a length up to one with few significant bits: a stored
length then betrays no more than its order of magnitude and costs at most 12 %. Whatever is short
(a yes, a name, a telephone number) is padded to one and the same length.
"""

_FLOOR = 64
_PREFIX = 4

#: The longest text that can be sealed; forms stop far below it.
LONGEST = 1 << 26


def padded_length(length: int) -> int:
    """Return the length in bytes that `length` bytes are rounded up to."""
    if length <= _FLOOR:
        return _FLOOR
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def pad(plaintext: bytes) -> bytes:
    """Put the true length in front and zeros behind; raises `ValueError` past `LONGEST`."""
    if len(plaintext) > LONGEST:
        raise ValueError(f"nothing longer than {LONGEST} bytes can be sealed in one piece")
    length = _PREFIX + len(plaintext)
    return (len(plaintext).to_bytes(_PREFIX, "big") + plaintext).ljust(padded_length(length), b"\0")


def unpad(padded: bytes) -> bytes:
    """Return exactly what was padded; raises `ValueError` for anything `pad` would not have made."""
    plaintext = padded[_PREFIX : _PREFIX + int.from_bytes(padded[:_PREFIX], "big")]
    if pad(plaintext) != padded:
        raise ValueError("this is not padded as it should be")
    return plaintext
