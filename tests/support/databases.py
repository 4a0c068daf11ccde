"""Both databases, each with the newest schema, fresh for every test that asks."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake import schema
from intake.db import Database
from tests.support.postgres import PostgresServer

KINDS = ("sqlite", "postgresql")

#: For what no statement to the database decides: once is enough. What does is tested on both.
on_either = pytest.mark.parametrize("database_url", KINDS[:1], indirect=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("template") / "intake.sqlite3"
    database = Database(f"sqlite:///{path}")
    schema.upgrade(database)
    database.close()
    # Closing the last connection folds the log into the file, so that the file alone can be copied.
    assert not path.with_name(f"{path.name}-wal").exists()
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    """The name of an empty database of the newest schema, to be copied."""
    name = postgres_server.new_database()
    database = Database(postgres_server.url(name))
    schema.upgrade(database)
    database.close()
    return name


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database, once of each kind."""
    if request.param == "sqlite":
        path = tmp_path / "intake.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_database(request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database, opened, once of each kind."""
    opened = Database(database_url)
    yield opened
    opened.close()
