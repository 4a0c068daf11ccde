"""Rows at revision 0012, which adds restricted cases and what is kept of breaking the glass."""

from sqlalchemy import Connection

from tests.migrations import data_0011, rows
from tests.migrations.rows import Snapshot

NEW = frozenset(
    {"restriction", "restricted_case", "restricted_to", "restricted_note", "broken_glass", "glass_case"}
)
WORDS = {
    **data_0011.WORDS,
    "restriction.subject_kind": ("concern", "child_file", "referral"),
    "broken_glass.finding": ("needed", "not_needed"),
}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
