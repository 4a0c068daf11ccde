"""Bytes with one of them altered, or some of them gone."""

from collections.abc import Iterator


def each_byte_altered(whole: bytes) -> Iterator[bytes]:
    """Yield the bytes with each of them altered in turn, and then with each tail cut off."""
    for at in range(len(whole)):
        yield whole[:at] + bytes((whole[at] ^ 1,)) + whole[at + 1 :]
    for length in range(len(whole)):
        yield whole[:length]
