"""Rows at revision 0002, which changes no table: it only forbids changing some of them."""

from tests.migrations.data_0001 import fill
from tests.migrations.rows import Snapshot

__all__ = ["fill", "went_down", "went_up"]


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == before


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert after == before
