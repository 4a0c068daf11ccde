"""Databases at every revision, for the next to be tried on."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from intake import schema
from intake.db import Database
from tests.migrations.revisions import BASE, REVISIONS
from tests.support.databases import KINDS
from tests.support.postgres import PostgresServer


@pytest.fixture(params=KINDS)
def bare_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database, once of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'bare.sqlite3'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_database()
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(scope="session")
def sqlite_ladder(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An embedded database without a row at each revision, by the revision's id."""
    folder, ladder = tmp_path_factory.mktemp("ladder"), {}
    going_up = folder / f"{BASE}.sqlite3"
    for revision in REVISIONS:
        ladder[revision.id] = folder / f"{revision.id}.sqlite3"
        if going_up.exists():
            shutil.copy(going_up, ladder[revision.id])
        going_up = ladder[revision.id]
        _go_up(f"sqlite:///{going_up}", revision.id)
    return ladder


@pytest.fixture(scope="session")
def postgres_ladder(postgres_server: PostgresServer) -> dict[str, str]:
    """The names of databases without a row at each revision, by the revision's id."""
    ladder: dict[str, str] = {}
    going_up = "template1"
    for revision in REVISIONS:
        going_up = ladder[revision.id] = postgres_server.new_database(going_up)
        _go_up(postgres_server.url(going_up), revision.id)
    return ladder


@pytest.fixture(params=KINDS)
def database_at(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Opens one database without a row at the revision named, once of each kind."""
    made: list[Database] = []
    names: list[str] = []

    def on_sqlite(revision: str) -> str:
        path = tmp_path / "at.sqlite3"
        if revision != BASE:
            shutil.copy(request.getfixturevalue("sqlite_ladder")[revision], path)
        return f"sqlite:///{path}"

    def on_postgres(revision: str) -> str:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        ladder = {BASE: "template1", **request.getfixturevalue("postgres_ladder")}
        names.append(server.new_database(ladder[revision]))
        return server.url(names[-1])

    def opened(revision: str) -> Database:
        made.append(Database((on_sqlite if request.param == "sqlite" else on_postgres)(revision)))
        return made[-1]

    yield opened
    for database in made:
        database.close()
    for name in names:
        request.getfixturevalue("postgres_server").drop_database(name)


def _go_up(url: str, revision: str) -> None:
    database = Database(url)
    schema.upgrade(database, revision)
    database.close()
