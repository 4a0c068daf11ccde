"""The printed map of where everything is kept."""

import json
from pathlib import Path

import pytest

from intake.cli.data_map import CONTENTS, HOLDERS, entries
from intake.cli.main import main
from intake.crypto.inventory import SEALED_COLUMNS
from intake.models import METADATA
from intake.vocabulary import Compartment

PRINTED = Path(__file__).parents[3] / "docs" / "data-map.md"


def test_the_document_is_what_the_tables_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data-map"]) == 0
    assert capsys.readouterr().out == PRINTED.read_text(encoding="utf-8")


def test_a_program_can_read_it_too(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["data-map", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["columns"]
    assert len(said) == sum(len(table.columns) for table in METADATA.tables.values())
    (note,) = (each for each in said if (each["table"], each["column"]) == ("case_note", "note_sealed"))
    assert note == {
        "table": "case_note",
        "column": "note_sealed",
        "tier": "hub",
        "kept": "**sealed**, B",
        "what": "One note on a referral; a correction is a note of its own.",
        "opened_by": "duty worker, duty manager (`referral.open`)",
    }


def test_every_sealed_column_says_what_is_in_it_and_who_opens_it() -> None:
    assert set(CONTENTS) == set(SEALED_COLUMNS)
    assert set(HOLDERS) == set(Compartment)
    for entry in entries():
        assert (entry.opened_by != "") == entry.column.endswith("_sealed"), entry


def test_every_column_says_what_it_is() -> None:
    assert [entry for entry in entries() if not entry.what or not entry.tier] == []
