"""Rows at revision 0019, which adds when what two had allowed was done, and who saw a withheld address."""

from sqlalchemy import Connection

from tests.migrations import data_0018, rows
from tests.migrations.rows import Snapshot

NEW = "address_shown"
WORDS = {**data_0018.WORDS, "address_shown.subject_kind": ("referral", "child_file")}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    asked = tuple((*row, None) for row in before["second_person_request"])
    assert after == {**before, "second_person_request": asked, NEW: ()}


def went_down(before: Snapshot, after: Snapshot) -> None:
    asked = tuple(row[:-1] for row in before["second_person_request"])
    assert len(before[NEW]) == rows.HOW_MANY
    kept = {table: found for table, found in before.items() if table != NEW}
    assert after == {**kept, "second_person_request": asked}
