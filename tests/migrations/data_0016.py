"""Rows at revision 0016, which adds what was erased and what must not be."""

from sqlalchemy import Connection

from tests.migrations import data_0015, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"erasure", "erased_case", "legal_hold"})
WORDS = {
    **data_0015.WORDS,
    "erasure.subject_kind": ("referral", "child_file"),
    "legal_hold.subject_kind": ("child_file", "referral"),
}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
