"""How a migration behaves in a database that is being worked in, and when it fails."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from intake import schema
from intake.db import Database
from tests.migrations.revisions import REVISIONS
from tests.migrations.rows import snapshot

_PLANTED = '''"""A revision planted by a test."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{below}"


def upgrade() -> None:
{steps}
'''

_REBUILDS = """\
    with op.batch_alter_table("concern") as table:
        table.alter_column("reference", type_=sa.String(20), existing_type=sa.String(16))
        table.add_column(sa.Column("planted", sa.String(5), nullable=True))
"""
_BREAKS_HALF_WAY = """\
    op.create_table("half_made", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("UPDATE concern SET version = version + 1")
    op.execute("SELECT * FROM a_table_that_is_not_there")
"""
_LOSES_A_PARENT = """\
    op.execute("DELETE FROM organisation")
"""


@pytest.fixture
def filled(database: Database) -> Database:
    """A database of the newest schema, with rows in every table."""
    with database.engine.begin() as connection:
        REVISIONS[-1].data.fill(connection)
    return database


class Planter:
    """Adds revisions after the newest, in a copy of the folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def plant(self, steps: str) -> str:
        """Add a revision that takes these steps and return its number."""
        below = schema.newest()
        number = f"{int(below) + 1:04}"
        text = _PLANTED.format(number=number, below=below, steps=steps)
        (self._folder / "versions" / f"{number}_planted.py").write_text(text, encoding="utf-8")
        return number


@pytest.fixture
def planter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planter:
    """What a test plants its revisions with."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)
    monkeypatch.setattr(schema, "MIGRATIONS", folder)
    return Planter(folder)


def test_a_table_others_refer_to_can_be_made_anew_without_losing_a_row(
    filled: Database, planter: Planter
) -> None:
    with filled.engine.connect() as connection:
        before = snapshot(connection)
    number = planter.plant(_REBUILDS)

    schema.upgrade(filled)

    assert schema.current(filled) == number
    with filled.engine.connect() as connection:
        after = snapshot(connection)
    assert {name: len(rows) for name, rows in after.items()} == {
        name: len(rows) for name, rows in before.items()
    }
    assert {name: rows for name, rows in after.items() if name != "concern"} == {
        name: rows for name, rows in before.items() if name != "concern"
    }


def test_a_revision_that_fails_half_way_leaves_nothing_and_the_one_before_it_stands(
    filled: Database, planter: Planter
) -> None:
    good = planter.plant(_REBUILDS)
    planter.plant(_BREAKS_HALF_WAY)

    with pytest.raises(DBAPIError, match="a_table_that_is_not_there"):
        schema.upgrade(filled)

    assert schema.current(filled) == good
    with filled.engine.connect() as connection:
        assert "half_made" not in inspect(connection).get_table_names()
        versions = connection.execute(text("SELECT version FROM concern ORDER BY version")).scalars().all()
    assert versions == [1, 2, 3]


def test_a_revision_that_leaves_a_reference_leading_nowhere_is_not_kept(
    filled: Database, planter: Planter
) -> None:
    newest = schema.newest()
    planter.plant(_LOSES_A_PARENT)

    with pytest.raises((RuntimeError, DBAPIError), match=r"lead nowhere|foreign key"):
        schema.upgrade(filled)

    assert schema.current(filled) == newest
    with filled.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM organisation")).scalar_one() == 3


def test_after_a_migration_the_connection_is_as_strict_and_as_patient_as_before(database: Database) -> None:
    asked = "PRAGMA foreign_keys" if database.is_sqlite else "SHOW statement_timeout"
    with database.engine.connect() as connection:
        before = connection.execute(text(asked)).scalar_one()
    schema.downgrade(database, "0001")
    schema.upgrade(database)
    with database.engine.connect() as connection:
        assert connection.execute(text(asked)).scalar_one() == before


@pytest.fixture
def two_at_work(postgres_url: str) -> Iterator[tuple[Database, Database]]:
    """One PostgreSQL database of the newest schema, opened twice."""
    at_the_desk, operator = Database(postgres_url), Database(postgres_url)
    schema.upgrade(operator)
    yield at_the_desk, operator
    at_the_desk.close()
    operator.close()


def test_a_migration_that_cannot_have_its_lock_gives_up_and_changes_nothing(
    two_at_work: tuple[Database, Database],
) -> None:
    at_the_desk, operator = two_at_work
    schema.downgrade(operator, "0002")
    with at_the_desk.engine.begin() as working:
        working.execute(text("LOCK TABLE audit_entry IN ROW EXCLUSIVE MODE"))
        with pytest.raises(DBAPIError, match="lock timeout"):
            schema.downgrade(operator, "0001")
    assert schema.current(operator) == "0002"
