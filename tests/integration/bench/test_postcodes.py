"""The import of a made-up postcode directory, measured in small, as an operator types it."""

import json
from pathlib import Path

import pytest

from intake.bench.made_up_postcodes import write_postcodes
from intake.cli.main import main
from intake.routing.postcode_directory import AREAS, PostcodeFile


def test_what_is_made_up_is_a_whole_directory_of_the_real_shape(tmp_path: Path) -> None:
    path = tmp_path / "made-up.csv"
    write_postcodes(path, 10_000)
    with path.open(encoding="utf-8", newline="") as lines:
        file = PostcodeFile(path.name, lines)
        rows = list(file.rows())
    file.require_whole()
    assert len({(row.outward, row.inward) for row in rows}) == 10_000
    assert file.areas == AREAS
    assert {row.country for row in rows} == {"E", "W", "S"}


def test_an_import_is_measured_on_sqlite(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("bench", "--postcodes", "10000")) == 0
    assert "10,000 postcodes, a file of" in capsys.readouterr().out


def test_an_import_is_measured_on_postgresql(postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("bench", "--postcodes", "10000", "--json", "--database-url", postgres_url)) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["rows"] == 10_000
    assert min(said.values()) > 0
