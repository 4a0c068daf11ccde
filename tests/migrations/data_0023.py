"""Rows at revision 0023, which adds where somebody's own home postcode is sealed, and the rota."""

from sqlalchemy import Connection

from tests.migrations import data_0022, rows
from tests.migrations.rows import Snapshot

NEW = "duty_shift"
WORDS = {**data_0022.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    people = tuple((*row, None, 0) for row in before["person"])
    assert after == {**before, "person": people, NEW: ()}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert len(before[NEW]) == rows.HOW_MANY
    kept = {table: found for table, found in before.items() if table != NEW}
    assert after == {**kept, "person": tuple(row[:-2] for row in before["person"])}
