"""Rows at revision 0005, which adds three tables and forbids changing the texts of a version."""

from sqlalchemy import Connection

from tests.migrations import data_0003, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"directory_proposal", "directory_in_force", "directory_check"})
WORDS = {
    **data_0003.WORDS,
    "directory_proposal.origin": ("person", "operator", "shipped"),
    "directory_proposal.state": ("open", "approved", "refused"),
}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
