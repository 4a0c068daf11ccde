"""The tree of hashes of RFC 6962, in which one root stands for every entry there was, in order."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

_sha256 = hashlib.sha256
_LEAF, _NODE = b"\x00", b"\x01"
_HASH = 32


def leaf_hash(organisation_id: UUID, seq: int, mac: bytes) -> bytes:
    """Return the leaf of one entry: its chain in 16 bytes, its number in 8, its MAC."""
    return _sha256(_LEAF + organisation_id.bytes + seq.to_bytes(8) + mac).digest()


class Frontier:
    """The right edge of a tree: all that is needed to add a leaf, and to know the root."""

    def __init__(self, size: int = 0, edge: bytes = b"") -> None:
        self.size = size
        self._nodes = [edge[at : at + _HASH] for at in range(0, len(edge), _HASH)]

    def add(self, leaf: bytes) -> None:
        """Add one leaf at the end."""
        node, full, nodes = leaf, self.size, self._nodes
        while full & 1:
            node = _sha256(_NODE + nodes.pop() + node).digest()
            full >>= 1
        nodes.append(node)
        self.size += 1

    @property
    def edge(self) -> bytes:
        """The edge as it is kept: the roots of the full trees it is made of, largest first."""
        return b"".join(self._nodes)

    @property
    def root(self) -> bytes:
        """The hash that stands for every leaf."""
        if not self._nodes:
            return _sha256().digest()
        root = self._nodes[-1]
        for node in reversed(self._nodes[:-1]):
            root = _join(node, root)
        return root


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Return what proves that the leaf at `index` is in the tree of these leaves, nearest first."""
    low, high, path = 0, len(leaves), list[bytes]()
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            path.append(_root(leaves[middle:high]))
            high = middle
        else:
            path.append(_root(leaves[low:middle]))
            low = middle
    return path[::-1]


def consistency_path(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """Return what proves that the tree of the first `size` of these leaves was only added to."""
    low, high, path, on_the_left = 0, len(leaves), list[bytes](), True
    while high > size:
        middle = low + _split(high - low)
        if size <= middle:
            path.append(_root(leaves[middle:high]))
            high = middle
        else:
            path.append(_root(leaves[low:middle]))
            low, on_the_left = middle, False
    if not on_the_left:
        path.append(_root(leaves[low:high]))
    return path[::-1]


def _root(leaves: Sequence[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root


def _split(size: int) -> int:
    """Return the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def _join(left: bytes, right: bytes) -> bytes:
    return _sha256(_NODE + left + right).digest()
