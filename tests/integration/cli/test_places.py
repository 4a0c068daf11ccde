"""`intake places` and `intake route` beside it, as an operator types them, on either database."""

import json
from pathlib import Path

import pytest
from sqlalchemy import delete

from intake.models.places import Postcode, PostcodeRelease
from tests.integration.cli.kept import Machine, run

_HEADER = "pcd,pcd2,pcds,dointr,doterm,oscty,oslaua,ctry\n"
_ROWS = (
    "WA8 0AA,WA8 0AA,WA8 0AA,198001,,E99999999,E06000006,E92000001\n"
    "WA8 0AB,WA8 0AB,WA8 0AB,198001,201903,E99999999,E06000006,E92000001\n"
    "S70 1AA,S70 1AA,S70 1AA,198001,,E99999999,E08000016,E92000001\n"
)


@pytest.fixture(autouse=True)
def nothing_imported(machine: Machine) -> None:
    with machine.database.writing() as unit:
        unit.session.execute(delete(PostcodeRelease))
        unit.session.execute(delete(Postcode))


@pytest.fixture
def file(machine: Machine) -> Path:
    path = machine.folder / "ONSPD_NOV_2014_UK.csv"
    path.write_text(_HEADER + _ROWS, encoding="utf-8")
    return path


def test_before_any_import_the_status_says_so(machine: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "places", "status")
    assert (code, out) == (
        0,
        "No directory of postcodes was imported: only the few shipped rows answer.\n",
    )
    code, out, _ = run(capsys, "places", "status", "--json")
    assert json.loads(out) == {"answers": None, "before": []}


def test_an_import_says_what_it_took_and_what_it_does_not_know(
    machine: Machine, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "places", "import", file, "--part", "--by", "A. Operator")
    assert code == 0
    assert "Imported ONSPD_NOV_2014_UK.csv, of November 2014: 3 postcodes. It answers now." in out
    assert "We have no name for these councils, which go by their codes: E08000016." in out
    assert "It does not say which police force area a postcode is in." in out
    _, out, _ = run(capsys, "places", "status")
    assert "Answers: ONSPD_NOV_2014_UK.csv, of November 2014, 3 postcodes, a part of the country;" in out
    assert "by A. Operator; Office for National Statistics" in out
    _, out, _ = run(capsys, "places", "import", file, "--part", "--released", "2015-02", "--json")
    assert json.loads(out) == {
        "name": "ONSPD_NOV_2014_UK.csv",
        "released_on": "2015-02-01",
        "postcodes": 3,
        "terminated": 1,
        "without_council": 0,
        "councils": 2,
        "unnamed_councils": ["E08000016"],
        "knows_police": False,
    }
    _, out, _ = run(capsys, "places", "status", "--json")
    said = json.loads(out)
    assert said["answers"]["released_on"] == "2015-02-01"
    assert [before["imported_by"] for before in said["before"]] == ["A. Operator"]


def test_what_is_refused_is_said_in_a_line(
    machine: Machine, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "places", "import", file)
    assert code == 2
    assert "ONSPD_NOV_2014_UK.csv, line 4: pcds: the file ends here without" in err
    code, _, err = run(capsys, "places", "import", file, "--released", "May 2025")
    assert (code, err) == (2, "intake: --released May 2025: give a year and a month, such as 2025-05\n")


def test_a_route_asks_the_imported_directory_and_warns_of_a_postcode_out_of_use(
    machine: Machine, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("route", "--at", "2026-11-23T10:00", "--json", "--postcode")
    assert json.loads(run(capsys, *asked, "WA8 0AA")[1])["authority"] is None
    run(capsys, "places", "import", file, "--part")
    said = json.loads(run(capsys, *asked, "wa80aa")[1])
    assert said["authority"] == {"code": "E06000006", "name": "Halton", "nation": "england"}
    said = json.loads(run(capsys, *asked, "WA8 0AB")[1])
    assert said["authority"]["code"] == "E06000006"
    assert "postcode_terminated" in said["reasons"]
    said = json.loads(run(capsys, *asked, "WA8 0ZZ")[1])
    assert "postcode_not_found" in said["reasons"]
    assert [candidate["name"] for candidate in said["candidates"]] == ["Halton"]
    _, out, _ = run(capsys, *asked[:3], "--postcode", "WA8 0AB")
    assert "That postcode is no longer in use. Check the address" in out
    said = json.loads(run(capsys, *asked, "M1 1AA", "--found-postcode", "WA8 0AA")[1])
    assert said["authority"]["code"] == "E06000006"


def test_a_database_that_cannot_be_asked_is_named_and_stops_nobody(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://nobody@localhost:9/none?connect_timeout=1")
    code, out, err = run(capsys, "route", "--postcode", "WA8 7QF", "--at", "2026-11-23T10:00")
    assert code == 0
    assert "Halton leads" in out
    assert "Answered by the shipped directory and without the directory of postcodes: The database at" in err


def test_without_any_database_the_shipped_rows_answer_and_none_is_made(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setenv("INTAKE_INSTANCE", str(machine.folder / "nothing"))
    code, out, err = run(capsys, "route", "--postcode", "WA8 7QF", "--at", "2026-11-23T10:00")
    assert (code, err) == (0, "")
    assert "Halton leads" in out
    assert not (machine.folder / "nothing").exists()
