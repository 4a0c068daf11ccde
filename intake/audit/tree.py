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
    def nodes(self) -> tuple[bytes, ...]:
        """The roots of the full trees it is made of, largest first."""
        return tuple(self._nodes)

    @property
    def edge(self) -> bytes:
        """The edge as it is kept."""
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


def consistency_path(before: Frontier, added: Sequence[bytes]) -> list[bytes]:
    """Return what proves that a tree was only added to since it had this edge; `added` are the leaves since.

    What stands to the left of them is full trees, whose roots are the edge itself.
    """
    size, full = before.size, iter(before.nodes)
    low, high, path, on_the_left = 0, size + len(added), list[bytes](), True
    while high > size:
        middle = low + _split(high - low)
        if size <= middle:
            path.append(_root(added[middle - size : high - size]))
            high = middle
        else:
            path.append(next(full))
            low, on_the_left = middle, False
    if not on_the_left:
        path.append(next(full))
    return path[::-1]


def is_consistent(size: int, root: bytes, later: int, later_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether `path` proves that the tree with the later root begins with the one with this root."""
    if not 0 < size < later:
        return not path and (size == 0 or (size, root) == (later, later_root))
    before, last = size - 1, later - 1
    while before & 1:
        before, last = before >> 1, last >> 1
    # A tree that is full stands in the later one as it is, so its root need not be in the path.
    hashes = [root, *path] if before == 0 else [*path]
    if not hashes:
        return False
    here = there = hashes[0]
    for node in hashes[1:]:
        if last == 0:
            return False
        if before & 1 or before == last:
            here, there = _join(node, here), _join(node, there)
            while before and not before & 1:
                before, last = before >> 1, last >> 1
        else:
            there = _join(there, node)
        before, last = before >> 1, last >> 1
    return last == 0 and (here, there) == (root, later_root)


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
