"""The real application, served on this machine, and the people who use it, each at a browser of their own."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.e2e.album import Album
from tests.e2e.cast import Cast, assemble
from tests.e2e.faults import Inspector
from tests.e2e.somebody import PATIENCE
from tests.e2e.street import Street
from tests.factories.accounts import AccountHolders
from tests.factories.people import People
from tests.support.place import TestPlace
from tests.support.postgres import PostgresServer
from tests.support.serving import served

SQLITE = "sqlite"

# What a page is to show, it shows at once; only a machine with other work to do takes longer.
expect.set_options(timeout=PATIENCE)


@pytest.fixture
def kind() -> str:
    """Which database keeps everything: one kind is enough where the pages are what is asked about."""
    return SQLITE


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh database of the kind asked for."""
    if kind == SQLITE:
        path = tmp_path / "intake.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_database(request.getfixturevalue("postgres_template"))
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture(scope="session")
def inspector() -> Inspector:
    """Whoever looks the pages over, for the whole run."""
    return Inspector()


@pytest.fixture
def cast(people: People, holders: AccountHolders) -> Cast:
    """The school, the hub, and everybody in them."""
    return assemble(people, holders)


@pytest.fixture
def street(
    kind: str,
    app: Flask,
    place: TestPlace,
    holders: AccountHolders,
    browser: Browser,
    inspector: Inspector,
    request: pytest.FixtureRequest,
) -> Iterator[Street]:
    """The application at an address, and people who come to it."""
    journey = request.node.originalname.removeprefix("test_").replace("_", "-")
    album = Album.begin(journey) if kind == SQLITE else None
    with served(app) as address:
        # A passkey answers to one address, and this service's is known only now.
        place = TestPlace(place.database, replace(place.tools, public_url=address))
        app.extensions["workplace"] = place
        outside = Street(address, browser, place, holders, inspector, album, [])
        yield outside
        for somebody in outside.inside:
            assert somebody.complaints == [], somebody.who
            somebody.page.context.close()
