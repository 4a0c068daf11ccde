"""Revision 0017 reads from what is there already which exclusions are ties."""

import json

from sqlalchemy import Connection, MetaData, Table, select

from intake import schema
from intake.db import Database
from tests.migrations import data_0016


def table(connection: Connection, name: str) -> Table:
    return Table(name, MetaData(), autoload_with=connection)


def test_whoever_was_said_to_have_a_tie_is_marked_and_whoever_is_named_is_not(bare_url: str) -> None:
    database = Database(bare_url)
    schema.upgrade(database, "0016")
    with database.engine.begin() as connection:
        data_0016.fill(connection)
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
    schema.upgrade(database, "0017")
    with database.engine.connect() as connection:
        exclusions = table(connection, "exclusion")
        marked = {(row.case_id, row.person_id): row.tie for row in connection.execute(select(exclusions))}
    assert marked == {(row.case_id, row.person_id): row is tied for row in (tied, *named)}
    database.close()
