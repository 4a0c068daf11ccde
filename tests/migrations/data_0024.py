"""Rows at revision 0024, which adds which closed cases are decoys."""

from sqlalchemy import Connection

from tests.migrations import data_0023, rows
from tests.migrations.rows import Snapshot

NEW = "decoy_mark"
WORDS = {**data_0023.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, NEW: ()}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert len(before[NEW]) == rows.HOW_MANY
    assert after == {table: found for table, found in before.items() if table != NEW}
