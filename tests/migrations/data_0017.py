"""Rows at revision 0017, which adds whether somebody is kept out by a tie, and lets one restriction stand."""

from sqlalchemy import Connection

from tests.migrations import data_0016, rows
from tests.migrations.rows import Snapshot

WORDS = {**data_0016.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    kept_out = tuple((*row, False) for row in before["exclusion"])
    assert after == {**before, "exclusion": kept_out}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, "exclusion": tuple(row[:-1] for row in before["exclusion"])}
