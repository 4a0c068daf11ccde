"""`intake setup` makes what is missing, changes nothing that is there, and never makes a second key ring."""

import json
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from intake import schema
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.models.directory import DirectorySnapshot
from intake.models.organisation import Installation
from intake.routing.directory_folder import directory_of, read_directory
from tests.integration.cli.kept import run
from tests.support.databases import KINDS
from tests.support.postgres import PostgresServer


@dataclass(frozen=True, slots=True)
class Bare:
    """A machine on which nothing was set up."""

    folder: Path
    database_url: str

    @property
    def ring_file(self) -> Path:
        return self.folder / "keys" / "keyring.json"

    def database(self) -> Database:
        return Database(self.database_url)


@pytest.fixture(params=KINDS)
def bare(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bare]:
    """A machine with no database of its own yet, or with an empty one on a server."""
    monkeypatch.setenv("INTAKE_KEY_RING", str(tmp_path / "keys" / "keyring.json"))
    if request.param == "sqlite":
        monkeypatch.delenv("DATABASE_URL", raising=False)
        monkeypatch.setenv("INTAKE_INSTANCE", str(tmp_path / "instance"))
        yield Bare(tmp_path, f"sqlite:///{tmp_path}/instance/intake.sqlite3")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.new_database()
    monkeypatch.setenv("DATABASE_URL", server.url(name))
    yield Bare(tmp_path, server.url(name))
    server.drop_database(name)


def test_setting_up_makes_key_ring_database_and_directory(
    bare: Bare, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "setup")
    assert code == 0
    assert f"Made a key ring at {bare.ring_file}." in out
    assert "Loaded the directory of services." in out
    database = bare.database()
    assert schema.current(database) == schema.newest()
    with database.reading() as unit:
        installation = unit.session.scalars(select(Installation)).one()
        snapshot = unit.session.scalars(select(DirectorySnapshot)).one()
    database.close()
    assert installation.key_fingerprint == KeyRing.load(bare.ring_file).fingerprint()
    assert not installation.sample
    assert snapshot.version == read_directory().version
    assert directory_of(json.loads(snapshot.document)).version == snapshot.version


def test_the_key_ring_is_for_its_owner_alone_in_a_folder_of_its_own(
    bare: Bare, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "setup")
    assert stat.S_IMODE(bare.ring_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(bare.ring_file.parent.stat().st_mode) == 0o700
    assert list(bare.ring_file.parent.iterdir()) == [bare.ring_file]


def test_setting_up_again_changes_nothing(bare: Bare, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "setup")
    ring = bare.ring_file.read_bytes()
    code, out, _ = run(capsys, "setup")
    assert (code, out) == (0, "Everything is in place.\n")
    code, out, _ = run(capsys, "setup", "--json")
    said = json.loads(out)
    assert (said["made_key_ring"], said["new_directory"]) == (False, False)
    assert said["schema_was"] == said["schema_is"] == schema.newest()
    assert bare.ring_file.read_bytes() == ring
    database = bare.database()
    with database.reading() as unit:
        assert unit.session.scalar(select(func.count()).select_from(DirectorySnapshot)) == 1
    database.close()


def test_an_older_database_is_brought_to_the_newest_schema(
    bare: Bare, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "setup")
    database = bare.database()
    schema.downgrade(database, "0001")
    database.close()
    code, out, _ = run(capsys, "setup")
    assert code == 0
    assert f"Brought the database from schema 0001 to {schema.newest()}." in out


def test_a_database_without_its_key_ring_is_refused_and_no_new_one_is_made(
    bare: Bare, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "setup")
    bare.ring_file.unlink()
    code, _, err = run(capsys, "setup")
    assert code == 2
    assert "Put back the copy of its key ring that was kept apart from it" in err
    assert not bare.ring_file.exists()


def test_a_database_of_another_key_ring_is_refused_and_left_as_it_was(
    bare: Bare, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "setup")
    database = bare.database()
    schema.downgrade(database, "0001")
    database.close()
    bare.ring_file.unlink()
    KeyRing.create(bare.ring_file)
    code, _, err = run(capsys, "setup")
    assert code == 2
    assert "This database was sealed with key ring" in err
    database = bare.database()
    assert schema.current(database) == "0001"
    database.close()


def test_a_key_ring_open_to_others_is_refused(bare: Bare, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "setup")
    bare.ring_file.chmod(0o644)
    code, _, err = run(capsys, "setup")
    assert code == 2
    assert "is open to other users of this machine" in err


def test_a_server_that_does_not_answer_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("INTAKE_KEY_RING", str(tmp_path / "keys" / "keyring.json"))
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody:secret@127.0.0.1:1/none")
    code, _, err = run(capsys, "setup")
    assert code == 2
    assert (
        err
        == "intake: The database at 127.0.0.1 does not answer. Is it running, and is DATABASE_URL right?\n"
    )
    assert not (tmp_path / "keys").exists()
