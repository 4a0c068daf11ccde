"""The printed map of where everything is kept."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from intake.cli.data_map import CONTENTS, HOLDERS, entries
from intake.cli.main import main
from intake.crypto.inventory import SEALED_COLUMNS
from intake.models import METADATA
from intake.models.kept_for import ERASED, KEPT_FOR, UNTIL
from intake.services import challenges, known_devices, once, searching, throttle
from intake.services.database_roles import REMOVED_FROM
from intake.services.keys import UNRECORDED
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
        "kept_for": ERASED,
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


def test_every_table_says_how_long_it_is_kept() -> None:
    assert set(KEPT_FOR) == set(METADATA.tables)
    # What two people can erase is what erasing empties.
    emptied = {sealed.table for sealed in SEALED_COLUMNS if sealed.compartment not in UNRECORDED}
    assert {name for name, kept in KEPT_FOR.items() if kept == ERASED} == emptied
    # What ends by itself is what a process that serves may remove; postcodes are an operator's.
    assert {name for name, kept in KEPT_FOR.items() if kept.startswith(UNTIL)} == REMOVED_FROM | {"postcode"}


@pytest.mark.parametrize(
    ("table", "time", "said"),
    [
        ("once_key", once._KEPT_FOR, "72 hours"),  # noqa: SLF001 - what housekeeping goes by
        ("search", searching.KEPT_FOR, "12 hours"),
        ("spent_challenge", challenges._KEPT_FOR, "24 hours"),  # noqa: SLF001 - likewise
        ("throttle", throttle._KEPT_FOR, "24 hours"),  # noqa: SLF001 - likewise
        ("known_device", known_devices._KEPT_FOR, "180 days"),  # noqa: SLF001 - likewise
    ],
)
def test_the_times_are_those_housekeeping_goes_by(table: str, time: timedelta, said: str) -> None:
    assert f" {said}" in KEPT_FOR[table]
    number, unit = said.split()
    assert time == timedelta(**{unit: int(number)})
