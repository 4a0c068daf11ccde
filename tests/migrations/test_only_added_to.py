"""What was written stays written: the database itself refuses to change or remove it, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from intake.db import Database
from intake.models import METADATA
from tests.migrations.revisions import REVISIONS
from tests.migrations.rows import snapshot

#: Written out by hand, so that a table which silently lost its protection is missed here.
ONLY_ADDED_TO = (
    "audit_batch",
    "audit_checkpoint",
    "audit_entry",
    "audit_stretch",
    "breach",
    "breach_entry",
    "case_note",
    "concern_addition",
    "crossing",
    "crossing_taken",
    "decoy_mark",
    "directory_check",
    "directory_in_force",
    "directory_proposal",
    "directory_snapshot",
    "earlier_card",
    "erased_case",
    "erasure",
    "meeting_change",
    "minute",
    "passing",
    "plan_action",
    "referral_call",
    "referral_closing",
    "referral_message",
    "referral_sent",
    "release",
    "routing_record",
    "shift_code",
    "triage_colour",
    "triage_decision",
)
REFUSED = "is only added to"


@pytest.fixture
def filled(database: Database) -> Iterator[Database]:
    """A database of the newest schema with rows in every table, and the proof that none of them went."""
    with database.engine.begin() as connection:
        REVISIONS[-1].data.fill(connection)
        before = snapshot(connection)
    yield database
    with database.engine.connect() as connection:
        after = snapshot(connection)
    assert {table: after[table] for table in ONLY_ADDED_TO} == {
        table: before[table] for table in ONLY_ADDED_TO
    }


def refused(database: Database, statement: str) -> None:
    with (
        pytest.raises(DBAPIError, match=REFUSED),
        database.engine.begin() as connection,
    ):
        connection.execute(text(statement))


def a_column(table: str) -> str:
    columns = METADATA.tables[table].columns
    return next((column.name for column in columns if not column.primary_key), columns[0].name)


def test_a_row_cannot_be_changed_or_removed(filled: Database) -> None:
    for table in ONLY_ADDED_TO:
        column = a_column(table)
        refused(filled, f"UPDATE {table} SET {column} = {column}")  # noqa: S608 - names of our own
        refused(filled, f"DELETE FROM {table}")  # noqa: S608 - names of our own


def test_a_row_cannot_be_written_over_by_one_with_its_key(filled: Database) -> None:
    for table in ONLY_ADDED_TO:
        keys = ", ".join(column.name for column in METADATA.tables[table].primary_key)
        column = a_column(table)
        over = f"INSERT INTO {table} SELECT * FROM {table} WHERE true"  # noqa: S608 - names of our own
        refused(filled, f"{over} ON CONFLICT ({keys}) DO UPDATE SET {column} = excluded.{column}")
        if filled.is_sqlite:
            refused(filled, over.replace("INSERT", "INSERT OR REPLACE"))


@pytest.mark.parametrize("table", ["referral_message", "release"])
def test_when_words_were_first_read_is_put_down_beside_them(database: Database, table: str) -> None:
    with database.engine.begin() as connection:
        REVISIONS[-1].data.fill(connection)
        connection.execute(text(f"UPDATE {table} SET first_read_at = NULL"))  # noqa: S608 - of our own
        left = connection.scalar(text(f"SELECT count(first_read_at) FROM {table}"))  # noqa: S608
    assert left == 0
    for column in (each.name for each in METADATA.tables[table].columns):
        if column != "first_read_at":
            refused(database, f"UPDATE {table} SET {column} = {column}")  # noqa: S608 - names of our own


def test_of_a_breach_only_how_far_it_has_come_changes(filled: Database) -> None:
    changes = {"state", "version", "report_by_at"}
    with filled.engine.begin() as connection:
        for column in changes:
            connection.execute(text(f"UPDATE breach SET {column} = {column}"))  # noqa: S608 - names of our own
    for column in {each.name for each in METADATA.tables["breach"].columns} - changes:
        refused(filled, f"UPDATE breach SET {column} = {column}")  # noqa: S608 - names of our own


def test_a_whole_table_cannot_be_emptied_at_once(filled: Database) -> None:
    for table in ONLY_ADDED_TO:
        refused(filled, f"DELETE FROM {table}" if filled.is_sqlite else f"TRUNCATE {table} CASCADE")  # noqa: S608


def test_a_row_can_still_be_added(filled: Database) -> None:
    with filled.engine.connect() as connection:
        for table in ONLY_ADDED_TO:
            connection.execute(text(f"INSERT INTO {table} SELECT * FROM {table} WHERE 1 = 0"))  # noqa: S608


def test_the_tables_that_refuse_are_these_and_no_others(filled: Database) -> None:
    with filled.engine.connect() as connection:
        found = {table for table in METADATA.tables if refuses(connection, table)}
    assert found == set(ONLY_ADDED_TO)


def refuses(connection: Connection, table: str) -> bool:
    attempt = connection.begin_nested()
    try:
        connection.execute(text(f"UPDATE {table} SET {a_column(table)} = {a_column(table)}"))  # noqa: S608
    except DBAPIError as trouble:
        return REFUSED in str(trouble)
    finally:
        attempt.rollback()
    return False
