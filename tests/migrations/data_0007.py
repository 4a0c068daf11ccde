"""Rows at revision 0007."""

from tests.migrations.data_0006 import fill
from tests.migrations.rows import Snapshot

__all__ = ["fill", "went_down", "went_up"]


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == before


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert after == before
