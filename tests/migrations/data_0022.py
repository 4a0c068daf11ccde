"""Rows at revision 0022, with a mail of the kind that code of before does not know; nothing else names it."""

from sqlalchemy import Connection

from tests.migrations import data_0021, rows
from tests.migrations.rows import Snapshot

NEW = "way_in_changed"
WORDS = {**data_0021.WORDS, "outbox_mail.kind": ("concern_to_read", NEW, "referral_updated")}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == before


def went_down(before: Snapshot, after: Snapshot) -> None:
    kept = tuple(row for row in before["outbox_mail"] if NEW not in row)
    assert len(kept) == rows.HOW_MANY - 1
    assert after == {**before, "outbox_mail": kept}
