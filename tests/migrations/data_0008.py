"""Rows at revision 0008, which adds the pairs of organisations, and by what a grant is wrapped."""

from sqlalchemy import Connection

from tests.migrations import data_0007, rows
from tests.migrations.rows import Snapshot

NEW = "organisation_key"
_BY_A_ROOT = 16
WORDS: rows.Words = {**data_0007.WORDS, "key_grant.suite": (_BY_A_ROOT,)}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    wrapped = tuple((*row, _BY_A_ROOT) for row in before["key_grant"])
    assert after == {**before, NEW: (), "key_grant": wrapped}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert len(before[NEW]) == rows.HOW_MANY
    kept = {table: found for table, found in before.items() if table != NEW}
    assert after == {**kept, "key_grant": tuple(row[:-1] for row in before["key_grant"])}
