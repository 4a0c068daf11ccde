"""Rows at revision 0009, which adds what crosses from one tier to the other, and that it was taken in."""

from sqlalchemy import Connection

from tests.migrations import data_0008, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"crossing", "crossing_taken"})
WORDS = {**data_0008.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
