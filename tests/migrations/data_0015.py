"""Rows at revision 0015, which adds who is to be told, and whether a breach was of a copy."""

from sqlalchemy import Connection

from tests.migrations import data_0014, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"telling"})
WORDS = {**data_0014.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    breaches = tuple((*row, False) for row in before["breach"])
    assert after == {**before, "breach": breaches, "telling": ()}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    kept = {table: found for table, found in before.items() if table not in NEW}
    assert after == {**kept, "breach": tuple(row[:-1] for row in before["breach"])}
