"""Databases with nothing in them, for revisions to be tried on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

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
