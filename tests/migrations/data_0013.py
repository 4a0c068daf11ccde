"""Rows at revision 0013, which adds passkeys, identities elsewhere, and by what a session was proved."""

from typing import Any

from sqlalchemy import Connection

from tests.migrations import data_0012, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"linked_identity", "passkey", "spent_challenge"})
WORDS = {**data_0012.WORDS, "sign_in_session.proved_by": ("passkey", "code")}
#: Where in a session's row it stands when the second factor was given.
_PROVED_AT = 4


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    sessions = tuple((*row, None if row[_PROVED_AT] is None else "code") for row in before["sign_in_session"])
    expected = {**before, **dict.fromkeys(NEW, ()), "sign_in_session": sessions}
    assert _ordered(after) == _ordered(expected)


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    kept = {table: found for table, found in before.items() if table not in NEW}
    sessions = tuple(row[:-1] for row in before["sign_in_session"])
    assert _ordered(after) == _ordered({**kept, "sign_in_session": sessions})


def _ordered(found: Snapshot) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(lines, key=repr) for table, lines in found.items()}
