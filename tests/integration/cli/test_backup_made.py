"""`intake backup`: there is one when it is whole, named on the disk and recorded; else there is none."""

import os
import shutil
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from intake.crypto.key_ring import KeyRing
from intake.errors import KeysMissing
from intake.services.backup import keep_key_ring
from intake.vocabulary import Custodian
from tests.integration.cli.filled import NOW
from tests.integration.cli.kept import Machine, run


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_backup_that_cannot_be_recorded_is_not_left_there(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    refuse = "CREATE TRIGGER refuse BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'no'); END"
    with machine.database.engine.begin() as connection:
        connection.exec_driver_sql(refuse)
    with pytest.raises(IntegrityError):
        run(capsys, "backup", "--database-to", machine.folder / "words")
    assert list((machine.folder / "words").iterdir()) == []


def test_of_a_wrapped_ring_no_plain_copy_is_made(tmp_path: Path) -> None:
    with pytest.raises(KeysMissing, match="export-escrow"):
        keep_key_ring(KeyRing.new(), tmp_path / "keys", Custodian.TOKEN)
    assert not (tmp_path / "keys").exists()


def test_two_backups_in_one_second_do_not_overwrite_each_other(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.clock.SystemClock.now", lambda _: NOW)
    assert run(capsys, "backup", "--database-to", machine.folder / "words")[0] == 0
    code, _, complaint = run(capsys, "backup", "--database-to", machine.folder / "words")
    assert code == 2
    assert "this very second" in complaint


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_disk_that_is_full_or_fails_leaves_no_half_backup(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    """The file, the one with its digest, and then the folder that names both."""
    fsync, synced = os.fsync, count(1)

    def full(handle: int) -> None:
        if next(synced) == failing:
            raise OSError(28, "No space left on device")
        fsync(handle)

    monkeypatch.setattr("intake.services.backup.os.fsync", full)
    code, _, complaint = run(capsys, "backup", "--database-to", machine.folder / "words")
    assert code == 2
    assert "No space left on device" in complaint
    assert [file.suffix for file in (machine.folder / "words").iterdir()] == []


def test_nothing_is_backed_up_with_another_database_s_ring(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(machine.ring_file.parent)
    KeyRing.create(machine.ring_file)
    code, _, complaint = run(capsys, "backup", "--database-to", machine.folder / "words")
    assert code == 2
    assert "sealed with key ring" in complaint
