"""Rows at revision 0003, which adds three tables and forbids changing what two older ones hold."""

from sqlalchemy import Connection

from tests.migrations import data_0001, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"meeting_change", "referral_closing", "referral_message"})
#: A meeting may now be called off as well.
WORDS = {**data_0001.WORDS, "meeting.state": ("arranged", "held", "called_off")}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
