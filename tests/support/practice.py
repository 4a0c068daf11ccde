"""The practice copy in both databases: loaded once for the run, and copied for every test that asks."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.samples.load import load
from tests.support.databases import KINDS
from tests.support.place import TestPlace, make_place
from tests.support.postgres import PostgresServer

#: For what no statement to the database decides: once is enough. What does is tested on both.
practice_on_either = pytest.mark.parametrize("practice", KINDS[:1], indirect=True)


@pytest.fixture(scope="session")
def practice_ring() -> KeyRing:
    """The key ring the practice copies of this run are sealed with."""
    return KeyRing.new()


@pytest.fixture(scope="session")
def sqlite_practice(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, practice_ring: KeyRing
) -> Path:
    """A file with the practice copy in it, to be copied."""
    path = tmp_path_factory.mktemp("practice") / "intake.sqlite3"
    shutil.copy(sqlite_template, path)
    _load(f"sqlite:///{path}", practice_ring)
    return path


@pytest.fixture(scope="session")
def postgres_practice(postgres_server: PostgresServer, postgres_template: str, practice_ring: KeyRing) -> str:
    """The name of a database with the practice copy in it, to be copied."""
    name = postgres_server.new_database(postgres_template)
    _load(postgres_server.url(name), practice_ring)
    return name


@pytest.fixture
def sqlite_places(sqlite_template: Path, tmp_path: Path) -> Iterator[Callable[[], TestPlace]]:
    """Makes empty workplaces, each upon an embedded database of its own."""
    made: list[Database] = []

    def make() -> TestPlace:
        path = tmp_path / f"place-{len(made)}.sqlite3"
        shutil.copy(sqlite_template, path)
        made.append(Database(f"sqlite:///{path}"))
        return make_place(made[-1])

    yield make
    for database in made:
        database.close()


@pytest.fixture(params=KINDS)
def practice(request: pytest.FixtureRequest, tmp_path: Path, practice_ring: KeyRing) -> Iterator[TestPlace]:
    """The practice copy, once in each kind of database, where it is Monday 23 November 2026, 10:00."""
    if request.param == "sqlite":
        path = tmp_path / "practice.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_practice"), path)
        with_it = Database(f"sqlite:///{path}")
        yield _place(with_it, practice_ring)
        with_it.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_database(request.getfixturevalue("postgres_practice"))
    with_it = Database(server.url(name))
    yield _place(with_it, practice_ring)
    with_it.close()
    server.drop_database(name)


def _place(database: Database, key_ring: KeyRing) -> TestPlace:
    place = make_place(database)
    return TestPlace(database, replace(place.tools, key_ring=key_ring, sample=True))


def _load(url: str, key_ring: KeyRing) -> None:
    database = Database(url)
    load(_place(database, key_ring))
    database.close()
