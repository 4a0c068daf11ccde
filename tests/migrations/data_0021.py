"""Rows at revision 0021, which adds what a child's file said before it was put right."""

from sqlalchemy import Connection

from tests.migrations import data_0020, rows
from tests.migrations.rows import Snapshot

NEW = "earlier_card"
WORDS = {**data_0020.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, NEW: ()}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert len(before[NEW]) == rows.HOW_MANY
    assert after == {table: found for table, found in before.items() if table != NEW}
