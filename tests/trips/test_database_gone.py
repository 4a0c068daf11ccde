"""The database goes away in the middle of the work: a page that needs none says what is certain."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select, text

from intake.audit.events.concerns import ConcernRecorded
from intake.db import Database
from intake.models.concern import Concern
from tests.factories.people import People
from tests.factories.school import School, make_school
from tests.support.client import Answer, Filled, Visitor
from tests.support.matrix import events_of
from tests.support.place import TestPlace, make_place
from tests.support.postgres import PostgresServer
from tests.support.web import make_app, signed_in

SEND = "Send to the safeguarding lead"
HAPPENED = "He waits in the silver car."
_SOCKET = ".s.PGSQL.5432"


@dataclass(frozen=True, slots=True)
class Afternoon:
    """A school at work, and a teacher who has written down a concern and is about to send it."""

    place: TestPlace
    app: Flask
    school: School
    teacher: Visitor
    form: Filled

    def kept(self) -> tuple[int, int]:
        """Return how many concerns there are, and how many the trail says were recorded."""
        with self.place.reading() as services:
            concerns = services.unit.session.scalars(select(func.count()).select_from(Concern)).one()
        return concerns, events_of(self.place, self.school.teacher).count(ConcernRecorded.NAME)


def afternoon(url: str) -> Afternoon:
    place = make_place(Database(url))
    app, school = make_app(place), make_school(place, People(place))
    teacher = signed_in(app, place, school.teacher)
    form = teacher.get("/concerns/new").form(SEND).fill(child_name="Maya", happened=HAPPENED)
    form.fill({"danger_now": "no", "missing_now": "no", "occurred_on": "today"})
    return Afternoon(place, app, school, teacher, form)


def require_told(told: Answer) -> None:
    """Be sure that the page says what was and was not saved, and whom to ring, and repeats no word."""
    assert told.shown.heading == "We could not confirm that this was saved"
    for words in (
        "Pressing again makes no duplicate.",
        "Everything you were told had been received is safe.",
        "What you sent last is not certain",
        "Halton iCART",
        "Cardiff",
    ):
        assert words in told.text
    assert {"999", "101", "0151 907 8305"} <= told.shown.links.keys()
    assert told.response.headers["Retry-After"].isdecimal()
    assert "silver" not in told.shown.html


@dataclass(frozen=True, slots=True)
class Way:
    """The way to a database server: closed, it looks from here as if the server had been stopped."""

    server: PostgresServer
    name: str
    folder: Path

    @property
    def url(self) -> str:
        """The address of the database by this way."""
        return f"postgresql+psycopg://postgres@/{self.name}?host={self.folder}"

    def open(self) -> None:
        """Let the program come to the server."""
        (self.folder / _SOCKET).symlink_to(self.server.folder / _SOCKET)

    def close(self) -> None:
        """Cut everybody off, and let nobody come."""
        (self.folder / _SOCKET).unlink()
        address = f"host={self.server.folder} user=postgres dbname=postgres"
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(cut, (self.name,))


@pytest.fixture
def way(postgres_server: PostgresServer, postgres_template: str) -> Iterator[Way]:
    """An open way to a fresh database."""
    name = postgres_server.new_database(postgres_template)
    # The path of a socket must be short.
    with tempfile.TemporaryDirectory() as folder:
        way = Way(postgres_server, name, Path(folder))
        way.open()
        yield way
    postgres_server.drop_database(name)


def test_the_server_is_stopped_and_comes_back(way: Way, caplog: pytest.LogCaptureFixture) -> None:
    here = afternoon(way.url)
    with closing(here.place.database):
        way.close()
        told = here.form.submit(SEND, status=503)
        require_told(told)
        assert here.teacher.get("/concerns", status=503).shown.html == told.shown.html
        stranger = Visitor(here.app)
        stranger.get("/health/ready", status=503)
        assert stranger.get("/health/live").status == 200
        assert "0151 907 8305" in stranger.get("/who-to-ring?council=E06000006").text
        assert "silver" not in caplog.text
        assert "Maya" not in caplog.text

        way.open()
        assert here.kept() == (0, 0)
        assert here.form.submit(SEND, status=303).follow().shown.heading.startswith("Received")
        assert here.kept() == (1, 1)


def test_the_connection_is_cut_in_the_very_commit(way: Way) -> None:
    here = afternoon(way.url)
    with closing(here.place.database):
        with here.place.writing() as services:
            for statement in _CUT_IN_COMMIT:
                services.unit.session.execute(text(statement))
        require_told(here.form.submit(SEND, status=503))
        with here.place.writing() as services:
            services.unit.session.execute(text("DROP TRIGGER cut ON concern"))
        assert here.kept() == (0, 0)
        here.form.submit(SEND, status=303)
        assert here.kept() == (1, 1)


_CUT_IN_COMMIT = (
    """CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$""",
    """CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON concern DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION cut()""",
)


def test_the_file_is_held_by_somebody_else(
    sqlite_template: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "intake.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    here = afternoon(f"sqlite:///{file}")
    with closing(here.place.database), closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        require_told(here.form.submit(SEND, status=503))
        assert "silver" not in caplog.text
        other.execute("ROLLBACK")
        assert here.kept() == (0, 0)
        here.form.submit(SEND, status=303)
        assert here.kept() == (1, 1)
