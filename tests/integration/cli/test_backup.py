"""`intake backup` and `intake restore`: everything comes back, proved, or nothing is touched."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, inspect, select, text

from intake import schema
from intake.crypto.inventory import SEALED_COLUMNS
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.models.audit import AuditEntry
from intake.models.person import OneTimeLink, SignInSession
from intake.services.backup import Backup
from intake.services.backup_form import Shape, shapes
from intake.vocabulary import SessionEnd
from tests.integration.cli.filled import CANARY, contents
from tests.integration.cli.kept import Machine, run
from tests.support.older_grants import wrap_as_before
from tests.support.postgres import PostgresServer

_CHANGED_BY_RESTORING = {"audit_entry", "audit_head", "sign_in_session", "one_time_link"}


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Another machine: no key ring yet, and a database with nothing in it."""

    folder: Path
    database_url: str

    @property
    def ring_file(self) -> Path:
        return self.folder / "keys" / "keyring.json"


@pytest.fixture(name="elsewhere")
def _elsewhere(
    request: pytest.FixtureRequest, machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], _Elsewhere]:
    """Go to another machine, with the same kind of database unless the test names one."""
    folder = tmp_path / "elsewhere"
    if getattr(request, "param", "sqlite" if machine.database.is_sqlite else "postgresql") == "sqlite":
        url = f"sqlite:///{folder / 'instance' / 'intake.sqlite3'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.new_database()
        request.addfinalizer(lambda: server.drop_database(name))  # noqa: PT021 - the name is known only here
        url = server.url(name)

    def go() -> _Elsewhere:
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("INTAKE_KEY_RING", str(folder / "keys" / "keyring.json"))
        return _Elsewhere(folder, url)

    return go


def _back_up(machine: Machine, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    words, keys = machine.folder / "words", machine.folder / "kept-keys"
    code, out, _ = run(capsys, "backup", "--database-to", words, "--keys-to", keys, "--json")
    assert code == 0
    return Path(json.loads(out)["path"]), keys


@pytest.mark.parametrize("elsewhere", ["sqlite", "postgresql"], indirect=True)
def test_everything_comes_back_in_either_kind_of_database(
    machine: Machine, elsewhere: Callable[[], _Elsewhere], capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(machine.database)
    backup, keys = _back_up(machine, capsys)
    there = elsewhere()
    code, out, complaint = run(capsys, "restore", "--database-from", backup, "--keys-from", keys)
    assert (code, complaint) == (0, "")
    assert f"Opened {len(SEALED_COLUMNS)} sealed documents" in out
    with closing(Database(there.database_url)) as database:
        after = contents(database)
    assert {name: rows for name, rows in after.items() if name not in _CHANGED_BY_RESTORING} == {
        name: rows for name, rows in before.items() if name not in _CHANGED_BY_RESTORING
    }
    assert before["audit_entry"] < after["audit_entry"]
    assert KeyRing.load(there.ring_file).fingerprint() == machine.key_ring.fingerprint()
    assert run(capsys, "audit", "verify")[0] == 0
    assert run(capsys, "keys", "status")[0] == 0


def test_a_restore_ends_what_was_signed_in_and_says_so_in_every_chain(
    machine: Machine, elsewhere: Callable[[], _Elsewhere], capsys: pytest.CaptureFixture[str]
) -> None:
    with machine.database.writing() as unit:
        unit.session.scalars(select(SignInSession)).one().ended_at = None
        unit.session.scalars(select(OneTimeLink)).one().used_at = None
    backup, keys = _back_up(machine, capsys)
    there = elsewhere()
    run(capsys, "restore", "--database-from", backup, "--keys-from", keys)
    with closing(Database(there.database_url)) as database, database.reading() as unit:
        ended = unit.session.scalars(select(SignInSession)).one()
        link = unit.session.scalars(select(OneTimeLink)).one()
        entries = unit.session.scalars(select(AuditEntry).where(AuditEntry.event == "backup.restored")).all()
    assert (ended.ended_at, ended.ended_why) == (link.expires_at, SessionEnd.REVOKED)
    assert link.expires_at <= datetime.now(UTC)
    assert len(entries) == 2
    assert json.loads(entries[0].detail)["sha256"] == backup.with_suffix(".sha256").read_text().split()[0]


def test_the_making_of_a_backup_is_in_the_trail_and_not_in_the_backup(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, _ = _back_up(machine, capsys)
    with machine.database.reading() as unit:
        entry = unit.session.scalars(select(AuditEntry).where(AuditEntry.event == "backup.made")).one()
    assert json.loads(entry.detail)["sha256"] == backup.with_suffix(".sha256").read_text().split()[0]
    assert run(capsys, "audit", "verify")[0] == 0


def test_a_backup_shows_nothing_but_its_time_and_its_key_ring(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, _ = _back_up(machine, capsys)
    first, rest = backup.read_bytes().split(b"\n", 1)
    assert set(json.loads(first)) == {"format", "made_at", "key_ring", "schema", "salt"}
    for clear in (CANARY, b"audit_entry", b"concern", str(machine.organisation_id).encode()):
        assert clear not in rest
    assert backup.stat().st_mode & 0o077 == 0
    assert sorted(file.suffix for file in backup.parent.iterdir()) == [".backup", ".sha256"]


def test_a_backup_and_its_keys_are_said_in_words(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "backup", "--database-to", machine.folder / "words")
    assert code == 0
    assert "opens only with the key ring" in out
    assert "A copy of that ring" not in out
    code, out, _ = run(
        capsys, "backup", "--database-to", machine.folder / "more", "--keys-to", machine.folder / "ring"
    )
    assert "take it to another place" in out


@pytest.mark.parametrize(("words", "keys"), [("a", "a"), ("a", "a/b"), ("a/b", "a")])
def test_words_and_keys_are_never_kept_together(
    machine: Machine, capsys: pytest.CaptureFixture[str], words: str, keys: str
) -> None:
    code, _, complaint = run(
        capsys, "backup", "--database-to", machine.folder / words, "--keys-to", machine.folder / keys
    )
    assert code == 2
    assert "apart" in complaint
    assert not (machine.folder / "a").exists()


def test_the_same_ring_may_be_kept_again_and_another_is_never_overwritten(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    _, keys = _back_up(machine, capsys)
    again = ("backup", "--database-to", machine.folder / "again", "--keys-to", keys)
    assert run(capsys, *again)[0] == 0
    shutil.rmtree(keys)
    KeyRing.create(keys / "keyring.json")
    code, _, complaint = run(capsys, "backup", "--database-to", machine.folder / "third", "--keys-to", keys)
    assert code == 2
    assert "another one" in complaint
    assert not (machine.folder / "third").exists()


def test_a_database_that_holds_something_is_never_restored_over(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    backup, _ = _back_up(machine, capsys)
    before = contents(machine.database)
    code, _, complaint = run(capsys, "restore", "--database-from", backup)
    assert code == 2
    assert "holds something already" in complaint
    assert contents(machine.database) == before


def test_a_database_of_another_schema_is_not_restored_into(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    backup, _ = _back_up(machine, capsys)
    other = machine.folder / "other.sqlite3"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    connection.close()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{other}")
    code, _, complaint = run(capsys, "restore", "--database-from", backup)
    assert code == 2
    assert "stands at schema 0001" in complaint


def test_without_the_right_ring_nothing_is_restored(
    machine: Machine, elsewhere: Callable[[], _Elsewhere], capsys: pytest.CaptureFixture[str]
) -> None:
    backup, _ = _back_up(machine, capsys)
    there = elsewhere()
    code, _, complaint = run(capsys, "restore", "--database-from", backup)
    assert code == 2
    assert "There is no key ring at" in complaint
    wrong = machine.folder / "wrong"
    KeyRing.create(wrong / "keyring.json")
    code, _, complaint = run(capsys, "restore", "--database-from", backup, "--keys-from", wrong)
    assert code == 2
    assert f"opens with key ring {machine.key_ring.fingerprint()}" in complaint
    assert not there.ring_file.exists()


def _cut(content: bytes) -> bytes:
    return content[:-7]


def _alter(content: bytes) -> bytes:
    return content[:-100] + bytes((content[-100] ^ 1,)) + content[-99:]


def _relabel(content: bytes) -> bytes:
    return content.replace(b'"made_at": "20', b'"made_at": "19', 1)


@pytest.mark.parametrize("harm", [_cut, _alter, _relabel])
@pytest.mark.parametrize("digest_beside", [True, False])
def test_a_backup_that_was_touched_leaves_the_database_empty(
    machine: Machine,
    elsewhere: Callable[[], _Elsewhere],
    capsys: pytest.CaptureFixture[str],
    harm: Callable[[bytes], bytes],
    *,
    digest_beside: bool,
) -> None:
    backup, keys = _back_up(machine, capsys)
    whole = backup.read_bytes()
    backup.write_bytes(harm(whole))
    digest = backup.with_suffix(".sha256")
    if not digest_beside:
        digest.rename(machine.folder / "digest")
    elsewhere()
    code, _, complaint = run(capsys, "restore", "--database-from", backup, "--keys-from", keys)
    assert code == 2
    assert ("written beside it" if digest_beside else "cut short or altered") in complaint
    backup.write_bytes(whole)
    assert run(capsys, "restore", "--database-from", backup, "--keys-from", keys)[0] == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"{}\n", b"[]\n", b"\xff\n", b'{"format": "pass-it-on backup/1"}\n', b'{"format": "another/1"}\n'],
)
def test_what_is_no_backup_is_refused(
    machine: Machine, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    file = machine.folder / "no.backup"
    file.write_bytes(content)
    code, _, complaint = run(capsys, "restore", "--database-from", file)
    assert code == 2
    assert "not a backup" in complaint


def test_a_backup_that_is_not_there_is_said(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, complaint = run(capsys, "restore", "--database-from", machine.folder / "none.backup")
    assert code == 2
    assert "cannot be read" in complaint


def _shapes_then(database: Database) -> tuple[Shape, ...]:
    """The tables and columns a program of the database's own schema would know."""
    there = inspect(database.engine)
    columns = {
        name: {column["name"] for column in there.get_columns(name)} for name in there.get_table_names()
    }
    return tuple(
        Shape(shape.name, tuple(column for column in shape.columns if column[0] in columns[shape.name]))
        for shape in shapes()
        if shape.name in columns
    )


def test_a_backup_of_an_older_schema_is_brought_to_the_newest(
    machine: Machine,
    elsewhere: Callable[[], _Elsewhere],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with machine.database.writing() as unit:
        assert wrap_as_before(unit.session, machine.key_ring)
    schema.downgrade(machine.database, "0001")
    known_then = _shapes_then(machine.database)
    with monkeypatch.context() as earlier:
        earlier.setattr("intake.schema.newest", lambda: "0001")
        earlier.setattr("intake.services.backup.shapes", lambda: known_then)
        backup, keys = _back_up(machine, capsys)
    there = elsewhere()
    assert run(capsys, "restore", "--database-from", backup, "--keys-from", keys)[0] == 0
    with closing(Database(there.database_url)) as database:
        assert schema.current(database) == schema.newest() != "0001"


def test_a_backup_of_a_newer_program_is_refused(
    machine: Machine,
    elsewhere: Callable[[], _Elsewhere],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as later:
        later.setattr("intake.schema.newest", lambda: "9999")
        later.setattr("intake.schema.current", lambda _: "9999")
        backup, keys = _back_up(machine, capsys)
    elsewhere()
    code, _, complaint = run(capsys, "restore", "--database-from", backup, "--keys-from", keys)
    assert code == 2
    assert "older than the backup" in complaint


def test_a_backup_that_promises_more_than_it_holds_is_refused(
    machine: Machine,
    elsewhere: Callable[[], _Elsewhere],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as wrong:
        wrong.setattr(Backup, "_lines", lambda _: iter((b"[]\n", b'{"rows":3}\n')))
        backup, keys = _back_up(machine, capsys)
    elsewhere()
    code, _, complaint = run(capsys, "restore", "--database-from", backup, "--keys-from", keys)
    assert code == 2
    assert "ends before all of it was read" in complaint


def test_what_does_not_open_or_hold_together_is_named_after_a_restore(
    machine: Machine, elsewhere: Callable[[], _Elsewhere], capsys: pytest.CaptureFixture[str]
) -> None:
    with machine.database.writing() as unit:
        session = unit.session
        session.execute(text("DELETE FROM key_grant WHERE compartment = 'W'"))
        session.execute(text("UPDATE child_file SET version = 2"))
        on = "" if machine.database.is_sqlite else " ON audit_entry"
        trigger = "audit_entry_no_delete" if machine.database.is_sqlite else "audit_entry_only_added_to"
        session.execute(text(f"DROP TRIGGER {trigger}{on}"))
        session.execute(
            delete(AuditEntry).where(
                AuditEntry.organisation_id == machine.organisation_id, AuditEntry.seq == 2
            )
        )
    backup, keys = _back_up(machine, capsys)
    elsewhere()
    code, out, _ = run(capsys, "restore", "--database-from", backup, "--keys-from", keys)
    assert code == 1
    assert "DID NOT OPEN: child_file.card_sealed" in out
    assert "DID NOT OPEN: form_draft.form_sealed" in out
    assert "NOT WHOLE (missing): entry 2" in out


def test_a_program_reads_what_was_restored_as_json(
    machine: Machine, elsewhere: Callable[[], _Elsewhere], capsys: pytest.CaptureFixture[str]
) -> None:
    backup, keys = _back_up(machine, capsys)
    elsewhere()
    code, out, _ = run(capsys, "restore", "--database-from", backup, "--keys-from", keys, "--json")
    said = json.loads(out)
    assert (code, said["proved"], said["unopened"]) == (0, True, [])
    assert [chain["whole"] for chain in said["chains"]] == [True, True]
