"""Rows at revision 0006, which adds what was passed on and what went to the wrong place."""

from sqlalchemy import Connection

from tests.migrations import data_0005, rows
from tests.migrations.rows import Snapshot

NEW = frozenset({"breach", "breach_entry", "passing"})
#: A referral may now be handed over as well, and a breach has keys of its own.
WORDS = {
    **data_0005.WORDS,
    "breach.state": ("undecided", "to_report", "closed"),
    "breach_entry.act": ("find", "do", "close"),
    "key_grant.compartment": ("A", "X", "P"),
    "passing.state": ("offered", "accepted", "declined"),
    "passing.why": ("wrong_area", "wrong_service"),
    "referral.state": ("received", "passed_on", "decided"),
}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, **dict.fromkeys(NEW, ())}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert all(len(before[table]) == rows.HOW_MANY for table in NEW)
    assert after == {table: found for table, found in before.items() if table not in NEW}
