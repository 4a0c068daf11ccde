"""The tree of RFC 6962: its published roots, and proofs against a second way of reckoning them."""

import hashlib
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.audit.tree import Frontier, consistency_path, inclusion_path, is_consistent, leaf_hash

#: Leaves and roots of the published test data for such trees (certificate-transparency's reference trees).
_DATA = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
_ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def _leaves(many: int) -> list[bytes]:
    return [hashlib.sha256(b"\0" + bytes([number])).digest() for number in range(many)]


def _root(leaves: list[bytes]) -> bytes:
    """The definition, as RFC 6962 writes it."""
    if len(leaves) <= 1:
        return leaves[0] if leaves else hashlib.sha256().digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    return hashlib.sha256(b"\1" + _root(leaves[:middle]) + _root(leaves[middle:])).digest()


def _climbed(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes:
    """The root that a path leads to, as RFC 9162 (2.1.3.2) has whoever was given it reckon."""
    node, last = leaf, size - 1
    for other in path:
        on_the_right = index & 1 or index == last
        node = hashlib.sha256(b"\1" + (other + node if on_the_right else node + other)).digest()
        while on_the_right and index and not index & 1:
            index, last = index >> 1, last >> 1
        index, last = index >> 1, last >> 1
    return node


def _grown(leaves: list[bytes]) -> Frontier:
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier


def test_the_roots_are_the_published_ones() -> None:
    frontier = Frontier()
    assert frontier.root.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    for data, root in zip(_DATA, _ROOTS, strict=True):
        frontier.add(hashlib.sha256(b"\0" + bytes.fromhex(data)).digest())
        assert frontier.root.hex() == root


@given(st.integers(0, 70))
def test_the_edge_alone_is_enough_to_go_on(many: int) -> None:
    whole = _grown(_leaves(70))
    going_on = Frontier(many, _grown(_leaves(many)).edge)
    for leaf in _leaves(70)[many:]:
        going_on.add(leaf)
    assert going_on.root == whole.root == _root(_leaves(70))
    assert (going_on.size, going_on.edge) == (70, whole.edge)


@pytest.mark.parametrize("size", range(1, 34))
def test_paths_are_of_the_length_the_tree_is_high(size: int) -> None:
    leaves = _leaves(size)
    assert max(len(inclusion_path(leaves, index)) for index in range(size)) == (size - 1).bit_length()
    assert consistency_path(_grown(leaves), []) == []
    for earlier in range(1, size):
        path = consistency_path(Frontier(earlier, _grown(leaves[:earlier]).edge), leaves[earlier:])
        assert len(path) <= (size - 1).bit_length() + 1
        ends = [(low, high) for low in range(size) for high in range(low + 1, size + 1)]
        assert set(path) <= {_root(leaves[low:high]) for low, high in ends}


@pytest.mark.parametrize("size", range(1, 18))
def test_every_path_leads_from_its_leaf_to_the_root(size: int) -> None:
    leaves = _leaves(size)
    roots = {_climbed(leaf, at, size, inclusion_path(leaves, at)) for at, leaf in enumerate(leaves)}
    assert roots == {_root(leaves)}


def test_growth_is_believed_with_its_path_alone() -> None:
    """Every pair of sizes up to 24: the path itself, and every way in which one hash of it may be wrong."""
    leaves = _leaves(24)
    for later in range(1, 25):
        whole = _root(leaves[:later])
        for size in range(1, later):
            before, root = _grown(leaves[:size]), _root(leaves[:size])
            path = consistency_path(before, leaves[size:later])
            assert is_consistent(size, root, later, whole, path)
            assert not is_consistent(size, whole, later, whole, path)
            assert not is_consistent(size, root, later, root, path)
            assert not is_consistent(size, root, later, whole, path[:-1])
            assert not is_consistent(size, root, later, whole, [*path, root])
            for at in range(len(path)):
                assert not is_consistent(size, root, later, whole, [*path[:at], b"x" * 32, *path[at + 1 :]])


def test_nothing_grows_into_anything_and_the_same_is_the_same() -> None:
    assert is_consistent(0, b"", 5, _root(_leaves(5)), [])
    assert is_consistent(5, b"r", 5, b"r", [])
    assert not is_consistent(5, b"r", 5, b"s", [])
    assert not is_consistent(0, b"", 5, b"r", [b"x"])
    assert not is_consistent(5, b"r", 4, b"r", [])


def test_a_leaf_is_chain_number_and_mac() -> None:
    said = b"\0" + bytes(15) + b"\7" + bytes(7) + b"\5" + b"m" * 32
    assert leaf_hash(UUID(int=7), 5, b"m" * 32) == hashlib.sha256(said).digest()
