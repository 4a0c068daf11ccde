"""`intake keys` says how ring and database stand to each other, and makes a ring only for a new database."""

import json
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from intake.crypto.key_ring import KeyRing
from intake.models.key_grant import OrganisationKey
from intake.models.organisation import Installation
from tests.integration.cli.kept import Machine, run


def test_the_status_says_which_ring_and_what_it_opens(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "keys", "status", "--json")
    said = json.loads(out)
    assert code == 0
    assert said["fingerprint"] == said["database_sealed_with"] == machine.key_ring.fingerprint()
    assert (said["active_root"], said["roots"], said["problems"]) == (1, [1], [])
    assert list(said["grants_by_root"]) == ["1"]
    assert said["path"] == str(machine.ring_file)


def test_the_status_is_said_in_words_and_shows_no_key(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "keys", "status")
    kept = json.loads(machine.ring_file.read_text())
    assert code == 0
    assert f"fingerprint  {machine.key_ring.fingerprint()}" in out
    assert "database     this ring's own" in out
    assert kept["seed"] not in out
    assert kept["roots"]["1"] not in out


def test_a_ring_beside_its_embedded_database_is_warned_of(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = run(capsys, "keys", "status")
    assert ("warning: the key ring lies in the database's own folder" in out) is machine.database.is_sqlite


def test_a_ring_on_the_database_s_disk_is_warned_of(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    if machine.database.is_sqlite:
        machine.database.close()
        there = machine.folder / "instance" / "intake.sqlite3"
        there.parent.mkdir()
        shutil.move(machine.folder / "intake.sqlite3", there)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{there}")
    _, out, _ = run(capsys, "keys", "status")
    assert ("warning: the key ring and the database are on one disk" in out) is machine.database.is_sqlite


def test_a_ring_on_a_disk_of_its_own_is_not(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = machine.folder.stat().st_dev
    places = (Path("/dev/shm"), Path(tempfile.gettempdir()))  # noqa: S108 - a folder nobody else has is made
    apart = next(place for place in places if place.stat().st_dev != here) / f"pass-it-on-{os.getpid()}"
    monkeypatch.setenv("INTAKE_KEY_RING", str(apart / "keyring.json"))
    shutil.copytree(machine.ring_file.parent, apart)
    try:
        code, out, _ = run(capsys, "keys", "status")
    finally:
        shutil.rmtree(apart)
    assert code == 0
    assert "warning" not in out


def test_another_database_s_ring_is_a_problem(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.rmtree(machine.ring_file.parent)
    KeyRing.create(machine.ring_file)
    code, out, _ = run(capsys, "keys", "status")
    assert code == 1
    assert f"sealed with another key ring, {machine.key_ring.fingerprint()}" in out
    assert "database     another ring's" in out


def test_a_database_that_was_never_set_up_belongs_to_no_ring(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    with machine.database.writing() as unit:
        unit.session.execute(delete(Installation))
    code, out, _ = run(capsys, "keys", "status")
    assert code == 0
    assert "database     new: it belongs to no ring yet" in out


def test_keys_under_a_root_the_ring_has_not_got_are_a_problem(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    with machine.database.writing() as unit:
        unit.session.execute(update(OrganisationKey).values(root_kid=2))
    code, out, _ = run(capsys, "keys", "status")
    assert code == 1
    assert "under root 2, which this ring has not got" in out


def test_a_server_that_does_not_answer_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/nothing")
    monkeypatch.setenv("INTAKE_KEY_RING", str(tmp_path / "keys" / "keyring.json"))
    code, _, complaint = run(capsys, "keys", "create")
    assert code == 2
    assert "does not answer" in complaint


def test_no_new_ring_is_made_where_a_database_is_in_use(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(machine.ring_file.parent)
    code, _, complaint = run(capsys, "keys", "create")
    assert code == 2
    assert "Put back the key ring that belongs to it" in complaint
    assert not machine.ring_file.exists()


def test_a_ring_is_made_for_a_new_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    ring_file = tmp_path / "keys" / "keyring.json"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'instance' / 'intake.sqlite3'}")
    monkeypatch.setenv("INTAKE_KEY_RING", str(ring_file))
    code, out, _ = run(capsys, "keys", "create")
    assert code == 0
    assert KeyRing.load(ring_file).fingerprint() in out
    assert "Keep a copy of it now" in out
    code, _, complaint = run(capsys, "keys", "create")
    assert code == 2
    assert "never overwritten" in complaint
