"""Rows at revision 0004, which adds the postcodes."""

from tests.migrations import rows
from tests.migrations.data_0003 import WORDS, fill
from tests.migrations.rows import Snapshot

__all__ = ["WORDS", "fill", "went_down", "went_up"]

NEW = frozenset({"postcode", "postcode_release"})


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
