"""Rows at revision 0010, which adds what one person asks for and another approves."""

from sqlalchemy import Connection

from tests.migrations import data_0009, rows
from tests.migrations.rows import Snapshot

NEW = "second_person_request"
#: A request has a key of its own.
WORDS = {
    **data_0009.WORDS,
    "key_grant.compartment": ("A", "Q", "P"),
    "second_person_request.codes": ("auditor 0", "", "deputy_lead 2"),
    "second_person_request.kind": ("role", "sign_in_link", "reopening"),
    "second_person_request.state": ("approved", "waiting", "refused"),
    "second_person_request.subject_kind": ("person",),
}


def fill(connection: Connection) -> None:
    rows.fill(connection, WORDS)


def went_up(before: Snapshot, after: Snapshot) -> None:
    assert after == {**before, NEW: ()}


def went_down(before: Snapshot, after: Snapshot) -> None:
    assert len(before[NEW]) == rows.HOW_MANY
    assert after == {table: found for table, found in before.items() if table != NEW}
