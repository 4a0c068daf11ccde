"""Every revision goes up, down and up again with rows in every table, on both databases."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, inspect, text

from intake import schema
from intake.db import Database
from tests.migrations.revisions import BASE, REVISIONS, Revision
from tests.migrations.rows import Snapshot, snapshot
from tests.migrations.schema_facts import schema_facts

At = Callable[[str], Database]
every_revision = pytest.mark.parametrize("revision", REVISIONS, ids=lambda revision: revision.id)


@pytest.fixture
def bare(bare_url: str) -> Iterator[Database]:
    """A database with nothing in it, once of each kind."""
    database = Database(bare_url)
    yield database
    database.close()


def held(database: Database) -> Snapshot:
    with database.engine.connect() as connection:
        return snapshot(connection)


def facts(database: Database) -> frozenset[str]:
    with database.engine.connect() as connection:
        return schema_facts(connection)


def put(database: Database, fill: Callable[[Connection], None]) -> None:
    with database.engine.begin() as connection:
        fill(connection)


def fill_below(database: Database, revision: Revision) -> Snapshot:
    """Put rows into every table of a database that is just below a revision."""
    if revision.below != BASE:
        below = next(each for each in REVISIONS if each.id == revision.below)
        put(database, below.data.fill)
    return held(database)


@every_revision
def test_rows_survive_going_up_and_down_and_up_again(database_at: At, revision: Revision) -> None:
    bare = database_at(revision.below)
    before = fill_below(bare, revision)
    drawn_below = facts(bare)

    schema.upgrade(bare, revision.id)
    above, drawn = held(bare), facts(bare)
    revision.data.went_up(before, above)

    schema.downgrade(bare, revision.below)
    assert held(bare) == before
    assert facts(bare) == drawn_below

    schema.upgrade(bare, revision.id)
    assert held(bare) == above
    assert facts(bare) == drawn


@every_revision
def test_rows_of_the_newer_schema_go_down_with_it_and_up_again(database_at: At, revision: Revision) -> None:
    bare = database_at(revision.id)
    put(bare, revision.data.fill)
    newer = held(bare)

    schema.downgrade(bare, revision.below)
    older = held(bare)
    revision.data.went_down(newer, older)

    schema.upgrade(bare, revision.id)
    revision.data.went_up(older, held(bare))


def test_all_the_way_up_with_rows_and_down_again_leaves_nothing(bare: Database) -> None:
    schema.upgrade(bare)
    put(bare, REVISIONS[-1].data.fill)
    assert all(held(bare).values())

    schema.downgrade(bare, BASE)

    with bare.engine.connect() as connection:
        assert inspect(connection).get_table_names() == ["alembic_version"]
        assert connection.execute(text("SELECT count(*) FROM alembic_version")).scalar_one() == 0
        assert left_over(connection) == []


def left_over(connection: Connection) -> list[str]:
    """Name whatever else the database still holds: indexes, triggers, types, functions."""
    if connection.dialect.name == "sqlite":
        found = "SELECT name FROM sqlite_master WHERE tbl_name <> 'alembic_version'"
    else:
        found = (
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
            "UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace "
            "AND typname NOT LIKE '%alembic_version' "
            "UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
            "AND relname NOT LIKE 'alembic_version%'"
        )
    return list(connection.execute(text(found)).scalars())


def test_the_program_can_tell_at_which_revision_a_database_stands(bare: Database) -> None:
    assert schema.current(bare) is None
    for revision in REVISIONS:
        schema.upgrade(bare, revision.id)
        assert schema.current(bare) == revision.id


def test_no_pair_is_dropped_that_opens_a_key(database: Database) -> None:
    put(database, REVISIONS[-1].data.fill)
    with database.engine.begin() as connection:
        connection.execute(text("UPDATE key_grant SET suite = 17"))
    with pytest.raises(RuntimeError, match="restore a backup"):
        schema.downgrade(database, "0007")
    with database.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM organisation_key"))
