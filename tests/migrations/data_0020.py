"""Rows at revision 0020, which changes no row: a breach refuses one change more."""

from sqlalchemy import Connection

from tests.migrations import data_0019, rows
from tests.migrations.rows import Snapshot

WORDS = {**data_0019.WORDS}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == before


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert after == before
