"""The newest revision draws the very schema the models do, nothing missing and nothing over, on both."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import LargeBinary, MetaData, select, text

from intake import schema
from intake.db import Base, Database
from intake.models import METADATA
from tests.migrations.revisions import REVISIONS
from tests.migrations.schema_facts import schema_facts


@pytest.fixture
def drawn_by_models(bare_url: str) -> frozenset[str]:
    """The schema as the models alone would make it, in a database that is then emptied."""
    database = Database(bare_url)
    METADATA.create_all(database.engine)
    with database.engine.connect() as connection:
        found = schema_facts(connection)
    METADATA.drop_all(database.engine)
    database.close()
    return found


def test_alembic_finds_nothing_to_change(database: Database) -> None:
    command.check(schema.alembic_config(database))


def test_alembic_finds_nothing_to_change_in_types_or_defaults_either(database: Database) -> None:
    with database.engine.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_every_table_column_key_and_index_is_the_same_both_ways(
    bare_url: str, drawn_by_models: frozenset[str]
) -> None:
    migrated = Database(bare_url)
    schema.upgrade(migrated)
    with migrated.engine.connect() as connection:
        found = frozenset(fact for fact in schema_facts(connection) if not fact.startswith("trigger "))
    migrated.close()
    assert sorted(found - drawn_by_models) == []
    assert sorted(drawn_by_models - found) == []


@pytest.mark.parametrize(
    "change",
    [
        "DROP INDEX ix_referral_queue",
        "CREATE INDEX ix_more ON referral (due_at)",
        "ALTER TABLE referral ADD COLUMN child_name VARCHAR(80)",
        "ALTER TABLE referral RENAME COLUMN due_at TO due",
        "CREATE TABLE more (id INTEGER PRIMARY KEY)",
        "DROP TABLE plan_action",
    ],
)
def test_a_schema_that_is_not_the_models_is_noticed(database: Database, change: str) -> None:
    with database.engine.begin() as connection:
        before = schema_facts(connection)
        connection.execute(text(change))
        assert schema_facts(connection) != before
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, METADATA) != []


def test_the_models_read_every_row_the_newest_revision_can_hold(database: Database) -> None:
    fill_newest(database)
    with database.reading() as unit:
        for mapper in Base.registry.mappers:
            rows = unit.session.scalars(select(mapper.class_)).all()
            assert rows, mapper.class_.__name__


def test_the_migrations_know_every_table_of_the_models_and_no_other(database: Database) -> None:
    found = MetaData()
    with database.engine.connect() as connection:
        found.reflect(connection)
    assert set(found.tables) == {*METADATA.tables, "alembic_version"}


def test_sealed_columns_are_bytes_in_the_database_itself(database: Database) -> None:
    found = MetaData()
    with database.engine.connect() as connection:
        found.reflect(connection)
    sealed = [
        column
        for table in found.tables.values()
        for column in table.columns
        if column.name.endswith("_sealed")
    ]
    assert sealed
    assert all(isinstance(column.type, LargeBinary) for column in sealed)


def fill_newest(database: Database) -> None:
    with database.engine.begin() as connection:
        REVISIONS[-1].data.fill(connection)
