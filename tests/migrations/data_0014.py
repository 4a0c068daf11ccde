"""Rows at revision 0014, which adds which batches of the second sink were entered into the trail."""

from sqlalchemy import Connection

from tests.migrations import data_0013, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"audit_batch"})
WORDS = {**data_0013.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
