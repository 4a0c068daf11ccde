"""`intake audit verify` proves the trail, or names the chain, the entry and the fault."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text

from intake.audit.chain import PLATFORM
from intake.audit.event import Subject
from intake.audit.events.referrals import ReferralReceived
from intake.audit.log import AuditLog, Joint
from intake.clock import SystemClock
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.models.audit import AuditEntry
from intake.models.triage import CaseNote
from intake.vocabulary import SubjectKind
from tests.integration.cli.filled import contents
from tests.integration.cli.kept import Machine, run
from tests.support.databases import on_either

_HUB = UUID(int=7)


def _remove_second(machine: Machine) -> None:
    with machine.database.writing() as unit:
        on = "" if machine.database.is_sqlite else " ON audit_entry"
        trigger = "audit_entry_no_delete" if machine.database.is_sqlite else "audit_entry_only_added_to"
        unit.session.execute(text(f"DROP TRIGGER {trigger}{on}"))
        unit.session.execute(
            delete(AuditEntry).where(
                AuditEntry.organisation_id == machine.organisation_id, AuditEntry.seq == 2
            )
        )


def test_a_trail_that_nobody_touched_is_said_to_be_whole(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "audit", "verify")
    assert code == 0
    assert out.splitlines() == [
        "the installation: 1 entries, whole",
        "name: 3 entries, whole",
        "the log: nothing was signed yet",
    ]


def test_a_removed_entry_is_named_by_chain_number_and_kind(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    _remove_second(machine)
    code, out, _ = run(capsys, "audit", "verify")
    assert code == 1
    assert "name: NOT WHOLE (missing): entry 2 is missing; 1 entries are whole" in out
    assert "the installation: 1 entries, whole" in out


def test_a_chain_that_answers_to_one_that_was_cut_says_so(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    subject, gone = Subject(SubjectKind.REFERRAL), Joint(machine.organisation_id, 9, bytes(32))
    with machine.database.writing() as unit:
        AuditLog(unit, SystemClock(), machine.key_ring).record(
            ReferralReceived(school_id=machine.organisation_id),
            actor=None,
            organisation_id=_HUB,
            subject=subject,
            joint=gone,
        )
    code, out, _ = run(capsys, "audit", "verify", "--json")
    assert (code, json.loads(out)["chains"][1]["entries"]) == (1, 1)
    code, out, _ = run(capsys, "audit", "verify")
    assert (
        f"organisation {_HUB}: NOT WHOLE (truncated): it answers to name, whose entry 9 is missing, "
        "with whatever followed it; 1 entries are whole"
    ) in out


def test_a_program_reads_the_same_as_json(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    _remove_second(machine)
    code, out, _ = run(capsys, "audit", "verify", "--json")
    said = json.loads(out)
    assert (code, said["whole"]) == (1, False)
    assert said["chains"][1] == {
        "organisation": str(machine.organisation_id),
        "name": "name",
        "entries": 1,
        "whole": False,
        "fault": {"organisation": str(machine.organisation_id), "seq": 2, "kind": "missing"},
    }


@pytest.mark.parametrize("by_name", [True, False])
def test_one_organisation_is_checked_by_its_name_or_id(
    machine: Machine, capsys: pytest.CaptureFixture[str], *, by_name: bool
) -> None:
    _remove_second(machine)
    said = "name" if by_name else machine.organisation_id
    code, out, _ = run(capsys, "audit", "verify", "--organisation", said)
    assert (code, len(out.splitlines())) == (1, 1)
    code, out, _ = run(capsys, "audit", "verify", "--organisation", PLATFORM)
    assert (code, len(out.splitlines())) == (0, 1)


def test_an_organisation_that_is_not_there_is_refused(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, complaint = run(capsys, "audit", "verify", "--organisation", UUID(int=5))
    assert code == 2
    assert "no one organisation" in complaint


def test_checking_changes_nothing(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(machine.database)
    run(capsys, "audit", "verify")
    assert contents(machine.database) == before


def test_without_the_key_ring_nothing_is_checked(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.ring_file.rename(machine.folder / "elsewhere")
    code, _, complaint = run(capsys, "audit", "verify")
    assert code == 2
    assert "There is no key ring at" in complaint


def test_under_another_database_s_ring_nothing_is_called_altered(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(machine.ring_file.parent)
    KeyRing.create(machine.ring_file)
    code, _, complaint = run(capsys, "audit", "verify")
    assert code == 2
    assert "was sealed with key ring" in complaint


def test_a_database_that_is_not_there_is_not_made(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'nowhere.sqlite3'}")
    code, _, complaint = run(capsys, "audit", "verify")
    assert code == 2
    assert "There is no database at" in complaint
    assert not (tmp_path / "nowhere.sqlite3").exists()


def test_a_database_of_another_schema_is_refused(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "empty.sqlite3").touch()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'empty.sqlite3'}")
    code, _, complaint = run(capsys, "audit", "verify")
    assert code == 2
    assert "stands at schema nothing" in complaint


def test_an_empty_trail_is_said_to_be_empty(
    database: Database, machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.audit.trail.Trail.organisations", lambda _: ())
    said = "There is no trail yet.\nthe log: nothing was signed yet\n"
    assert run(capsys, "audit", "verify")[:2] == (0, said)


def test_checkpoints_are_signed_kept_in_the_file_and_checked(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = machine.folder / "elsewhere"
    monkeypatch.setenv("INTAKE_CHECKPOINTS", str(file))
    code, out, _ = run(capsys, "audit", "checkpoint")
    assert (code, out.rstrip()) == (0, file.read_text().rstrip())
    assert out.splitlines()[1] == "4"
    assert run(capsys, "audit", "checkpoint")[1] == "Nothing is new since the last checkpoint.\n"
    code, out, _ = run(capsys, "audit", "verify")
    said = "the log: 4 entries agree with 2 checkpoints here and elsewhere, whole"
    assert (code, out.splitlines()[-1]) == (0, said)

    file.write_text(file.read_text().replace("signed 2", "signed 3"))
    code, out, _ = run(capsys, "audit", "verify", "--checkpoints", file)
    assert code == 1
    assert "NOT WHOLE (forged): the checkpoint elsewhere of 0 entries is not as this program signed it" in out
    code, out, _ = run(capsys, "audit", "verify", "--json")
    log = json.loads(out)["log"]
    assert (code, log["whole"], log["fault"]["kind"], log["fault"]["elsewhere"]) == (1, False, "forged", True)


def test_a_file_of_checkpoints_that_cannot_be_read_is_no_proof(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, complaint = run(capsys, "audit", "verify", "--checkpoints", machine.folder / "nowhere")
    assert (code, "cannot be read" in complaint) == (2, True)


def test_a_proof_is_written_once_and_the_key_it_is_checked_with_is_printed(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    file = machine.folder / "proof.json"
    run(capsys, "audit", "checkpoint")
    code, out, _ = run(capsys, "audit", "prove", "name:2", "--out", file)
    assert (code, "1 entries proved" in out) == (0, True)
    key = run(capsys, "audit", "key")[1].strip()
    verifier = Path(__file__).parents[3] / "docs" / "verifier" / "verify_proof.py"
    done = subprocess.run([sys.executable, verifier, file, key], capture_output=True, text=True, check=True)
    assert f"In it: entry 2 of chain {machine.organisation_id}" in done.stdout
    assert run(capsys, "audit", "prove", "name:2", "--out", file)[0] == 2
    code, _, complaint = run(capsys, "audit", "prove", "R-7K3M-9QTX", "--out", machine.folder / "other")
    assert (code, "No entry of the trail bears the reference" in complaint) == (2, True)


@on_either
def test_records_that_no_entry_tells_of_are_named_by_table_and_id(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    with machine.database.reading() as unit:
        note_id = unit.session.scalars(select(CaseNote.id)).one()
    code, out, _ = run(capsys, "audit", "verify", "--records")
    said = f"case_note.note_sealed of {note_id} was not written by this program (never_recorded)"
    assert (code, said in out.splitlines()) == (1, True)
    assert "the records: NOT WHOLE: 0 documents and the states of 0 referrals are as they were" in out
    code, out, _ = run(capsys, "audit", "verify", "--records", "--json")
    found = json.loads(out)
    wrong = {"table": "case_note", "column": "note_sealed", "id": str(note_id), "kind": "never_recorded"}
    assert (code, found["whole"], found["records"]["whole"]) == (1, False, False)
    assert wrong in found["records"]["faults"]


def test_behind_a_broken_chain_no_record_is_called_put_in(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    _remove_second(machine)
    code, out, _ = run(capsys, "audit", "verify", "--records", "--json")
    found = json.loads(out)["records"]
    assert (code, found["faults"], found["not_covered"] > 0) == (1, [], True)
