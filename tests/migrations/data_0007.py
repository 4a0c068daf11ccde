"""Rows at revision 0007, which adds what stands in the log of the trail, and what was signed of it."""

from sqlalchemy import Connection

from tests.migrations import data_0006, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"audit_checkpoint", "audit_stretch"})
WORDS = {**data_0006.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
