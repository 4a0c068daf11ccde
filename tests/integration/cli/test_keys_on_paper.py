"""`intake keys export-escrow` and `restore-escrow`: the ring goes onto paper, and back from two sheets."""

import io
import shutil
import stat
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.cli import keys_on_paper
from intake.crypto.key_ring import KeyRing
from intake.models.audit import AuditEntry
from tests.integration.cli.kept import Machine, run


@pytest.fixture(name="sheets")
def _sheets(machine: Machine, capsys: pytest.CaptureFixture[str]) -> Path:
    folder = machine.folder / "sheets"
    code, out, _ = run(capsys, "keys", "export-escrow", "--to", folder)
    assert (code, "destroy the files" in out) == (0, True)
    return folder


def _lose(machine: Machine) -> None:
    shutil.rmtree(machine.ring_file.parent)


def test_three_private_sheets_are_written_and_say_which_ring_it_is(machine: Machine, sheets: Path) -> None:
    found = sorted(sheets.iterdir())
    assert [path.name for path in found] == ["share-1.txt", "share-2.txt", "share-3.txt"]
    for path in found:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert machine.key_ring.fingerprint() in path.read_text()


@pytest.mark.parametrize("two", [(1, 2), (3, 1)])
def test_two_sheets_bring_the_ring_back_and_the_database_opens(
    machine: Machine, sheets: Path, capsys: pytest.CaptureFixture[str], two: tuple[int, int]
) -> None:
    _lose(machine)
    words = [word for number in two for word in ("--share", sheets / f"share-{number}.txt")]
    code, out, _ = run(capsys, "keys", "restore-escrow", *words)
    assert code == 0
    assert machine.key_ring.fingerprint() in out
    assert KeyRing.load(machine.ring_file).has_all_of(machine.key_ring)
    assert run(capsys, "keys", "status")[0] == 0
    with machine.database.reading() as unit:
        found = set(unit.session.scalars(select(AuditEntry.event)))
    assert {"ring.shared_out", "ring.brought_back"} <= found


def test_two_sheets_typed_by_hand_bring_it_back_and_a_wrong_line_is_asked_for_again(
    machine: Machine, sheets: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    typed: list[str] = []
    for number in (2, 3):
        rows = (sheets / f"share-{number}.txt").read_text().splitlines()
        lines = [row for row in rows if row.strip()[:1].isdecimal()]
        typed += [str(number), "ZZZZ ZZZZ", *(line.lower() for line in lines), ""]
    _lose(machine)
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(typed) + "\n"))
    code, out, _ = run(capsys, "keys", "restore-escrow")
    assert code == 0
    assert "Share 2, line 1 is not as it was printed" in out
    assert KeyRing.load(machine.ring_file).fingerprint() == machine.key_ring.fingerprint()


def test_sheets_of_another_ring_are_not_kept(
    machine: Machine, sheets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _lose(machine)
    words = ["--share", sheets / "share-1.txt", "--share", sheets / "share-2.txt"]
    code, _, complaint = run(capsys, "keys", "restore-escrow", *words, "--fingerprint", "ab" * 16)
    assert code == 2
    assert "Nothing was kept" in complaint
    assert not machine.ring_file.exists()


def test_a_ring_that_is_there_is_never_overwritten(
    machine: Machine, sheets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--share", sheets / "share-1.txt", "--share", sheets / "share-2.txt"]
    code, _, complaint = run(capsys, "keys", "restore-escrow", *words)
    assert code == 2
    assert "never overwritten" in complaint


def test_without_a_database_the_sheets_fingerprint_is_asked_for(
    machine: Machine,
    sheets: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    _lose(machine)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none' / 'intake.sqlite3'}")
    words = ["--share", sheets / "share-1.txt", "--share", sheets / "share-2.txt"]
    code, _, complaint = run(capsys, "keys", "restore-escrow", *words)
    assert (code, "give --fingerprint" in complaint) == (2, True)
    code, _, _ = run(
        capsys, "keys", "restore-escrow", *words, "--fingerprint", machine.key_ring.fingerprint()
    )
    assert code == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sheets_from_before_the_newest_root_are_refused(
    machine: Machine, sheets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "The newest root then: 1\n" in (sheets / "share-1.txt").read_text()
    assert run(capsys, "keys", "rotate", "root")[0] == 0
    _lose(machine)
    words = ["--share", sheets / "share-1.txt", "--share", sheets / "share-2.txt"]
    code, _, complaint = run(capsys, "keys", "restore-escrow", *words)
    assert (code, "The database needs root 2 of the ring, and these sheets have only 1" in complaint) == (
        2,
        True,
    )
    assert not machine.ring_file.exists()


@pytest.mark.parametrize(
    ("typed", "said"), [("4\n", "no share 4"), ("\n", "no share"), ("1\n\n1\n\n", "2 different shares")]
)
def test_what_is_no_sheet_is_said(
    machine: Machine,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    said: str,
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    code, _, complaint = run(capsys, "keys", "restore-escrow")
    assert code == 2
    assert said in complaint


def test_a_file_that_is_no_sheet_is_said(
    machine: Machine, sheets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sheets / "note.txt").write_text("Ring the plumber\n")
    for path, said in ((sheets / "note.txt", "number of its share"), (sheets / "none.txt", "cannot be read")):
        code, _, complaint = run(capsys, "keys", "restore-escrow", "--share", path)
        assert code == 2
        assert said in complaint


def test_sheets_are_not_written_over_a_folder_that_is_there(
    machine: Machine, sheets: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, complaint = run(capsys, "keys", "export-escrow", "--to", sheets)
    assert (code, "No sheets can be written" in complaint) == (2, True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("trouble", "ends"), [(OSError(28, "No space left on device"), 2), (KeyboardInterrupt(), 130)]
)
def test_where_not_every_sheet_is_written_none_is_left_and_it_is_on_the_record(
    machine: Machine,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    trouble: BaseException,
    ends: int,
) -> None:
    write = keys_on_paper._write  # noqa: SLF001 - the third sheet fails

    def fail_third(path: Path, text: str) -> None:
        if path.name == "share-3.txt":
            raise trouble
        write(path, text)

    monkeypatch.setattr(keys_on_paper, "_write", fail_third)
    assert run(capsys, "keys", "export-escrow", "--to", machine.folder / "sheets")[0] == ends
    assert not (machine.folder / "sheets").exists()
    with machine.database.reading() as unit:
        assert "ring.shared_out" in set(unit.session.scalars(select(AuditEntry.event)))
