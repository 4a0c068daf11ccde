"""Revision 0017 reads what is there already: which exclusions are ties, and which restriction stands."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, MetaData, Table, select

from intake import schema
from intake.db import Database
from tests.migrations import data_0016


def table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)


@pytest.fixture
def older(database_at: Callable[[str], Database]) -> Database:
    """A database at the revision before, with rows in every table."""
    database = database_at("0016")
    with database.engine.begin() as connection:
        data_0016.fill(connection)
    return database


def test_whoever_was_said_to_have_a_tie_is_marked_and_whoever_is_named_is_not(older: Database) -> None:
    with older.engine.begin() as connection:
        entries, exclusions = table(connection, "audit_entry"), table(connection, "exclusion")
        tied, *named = connection.execute(select(exclusions)).all()
        entry = connection.execute(select(entries)).mappings().first()
        assert entry is not None
        said = {
            "seq": 99,
            "event": "conflict.declared",
            "subject_id": tied.case_id,
            "detail": json.dumps({"person_id": str(tied.person_id)}),
        }
        connection.execute(entries.insert(), {**entry, **said})
    schema.upgrade(older, "0017")
    with older.engine.connect() as connection:
        exclusions = table(connection, "exclusion")
        marked = {(row.case_id, row.person_id): row.tie for row in connection.execute(select(exclusions))}
    assert marked == {(row.case_id, row.person_id): row is tied for row in (tied, *named)}


def test_of_restrictions_that_stand_on_one_case_the_last_stays_and_reaches_what_it_reached(
    older: Database,
) -> None:
    with older.engine.begin() as connection:
        restrictions = table(connection, "restriction")
        first = connection.execute(select(restrictions).order_by(restrictions.c.set_at)).first()
        assert first is not None
        same = {"organisation_id": first.organisation_id, "case_id": first.case_id, "lifted_at": None}
        connection.execute(restrictions.update().values(**same))
    schema.upgrade(older, "0017")
    with older.engine.connect() as connection:
        rows = connection.execute(select(restrictions).order_by(restrictions.c.set_at)).all()
        reached = connection.execute(select(table(connection, "restricted_case").c.restriction_id)).all()
    assert [row.lifted_at for row in rows] == [rows[1].set_at, rows[2].set_at, None]
    assert [row.restriction_id for row in reached] == [rows[2].id]
