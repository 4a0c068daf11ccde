"""Rows at revision 0018, which adds codes for one shift, and until when a session lasts that one proved."""

from typing import Any

from sqlalchemy import Connection

from tests.migrations import data_0017, rows
from tests.migrations.rows import Snapshot

WORDS = {**data_0017.WORDS, "sign_in_session.proved_by": ("shift_code", "passkey", "code")}
#: Where in a session's row it stands when the second factor was given, by what, and until when it lasts.
_GIVEN_AT, _BY, _UNTIL = 4, -2, -1


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    sessions = tuple((*row, None) for row in before["sign_in_session"])
    assert after == {**before, "shift_code": (), "sign_in_session": sessions}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert len(before["shift_code"]) == rows.HOW_MANY
    kept = {table: found for table, found in before.items() if table != "shift_code"}
    sessions = tuple(map(_as_it_was, before["sign_in_session"]))
    assert _ordered(after) == _ordered({**kept, "sign_in_session": sessions})


def _as_it_was(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a session without its end; one that a code for one shift proved is not proved any more."""
    if row[_BY] != "shift_code":
        return row[:_UNTIL]
    assert row[_GIVEN_AT] is not None
    return (*row[:_GIVEN_AT], None, *row[_GIVEN_AT + 1 : _BY], None)


def _ordered(found: Snapshot) -> dict[str, list[tuple[Any, ...]]]:
    return {table: sorted(lines, key=repr) for table, lines in found.items()}
