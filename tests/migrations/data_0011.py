"""Rows at revision 0011, which adds what records are found by, and what somebody searched for."""

from sqlalchemy import Connection

from tests.migrations import data_0010, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"identifier_index", "identifier_token", "search"})
WORDS = {**data_0010.WORDS, "identifier_token.kind": ("nhs_number", "phone", "vehicle")}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
