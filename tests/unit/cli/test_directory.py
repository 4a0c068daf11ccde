"""`intake directory`: shown, and checked."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from intake.cli.main import main

WEEK = "Mo 17:00-24:00; Tu-Th 00:00-09:00,17:00-24:00; Fr 00:00-09:00,16:30-24:00; Sa 00:00-09:00"
HOLE = f'notation = "{WEEK}"'


@pytest.fixture
def with_a_hole(tmp_path: Path) -> Path:
    """The shipped directory, with Halton's nights as its leaflet prints them and one number checked."""
    shipped = files("intake").joinpath("data")
    (tmp_path / "directory").mkdir()
    for file in shipped.joinpath("directory").iterdir():
        text = file.read_text(encoding="utf-8").replace('whenever_closed = "halton-icart"', HOLE)
        number = 'number = "0151 907 8305"'
        checked = f'{number}\nchecked_on = 2019-01-31\nchecked_by = "A. Person"'
        (tmp_path / "directory" / file.name).write_text(text.replace(number, checked), encoding="utf-8")
    places = shipped.joinpath("places.toml").read_text(encoding="utf-8")
    (tmp_path / "places.toml").write_text(places, encoding="utf-8")
    return tmp_path


def test_the_shipped_directory_has_no_gap(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directory", "check"]) == 0
    said = capsys.readouterr().out
    assert "Halton (E06000006), next 400 days:\n  somebody can be rung at every minute" in said
    assert "hours not known: cardiff-mash (the police stand behind it)" in said
    assert "number not checked: cardiff-edt 029 2078 8570, never" in said


def test_a_gap_fails_the_check_and_says_when(capsys: pytest.CaptureFixture[str], with_a_hole: Path) -> None:
    assert main(["directory", "check", "--folder", str(with_a_hole)]) == 1
    said = capsys.readouterr().out
    assert "GAP: nobody from " in said
    assert "number not checked: halton-icart 0151 907 8305, last on 2019-01-31" in said


def test_a_program_can_read_the_check(capsys: pytest.CaptureFixture[str], with_a_hole: Path) -> None:
    assert main(["directory", "check", "--json", "--folder", str(with_a_hole)]) == 1
    said = json.loads(capsys.readouterr().out)
    halton = next(one for one in said["authorities"] if one["code"] == "E06000006")
    assert (said["covered"], said["days"]) == (False, 400)
    assert set(halton["gaps"][0]) == {"from", "to"}
    assert halton["numbers_not_checked"][0] == {
        "service": "halton-icart",
        "phone": "0151 907 8305",
        "checked_on": "2019-01-31",
    }
    assert main(["directory", "check", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["covered"]


def test_the_directory_is_shown_with_its_sources(
    capsys: pytest.CaptureFixture[str], with_a_hole: Path
) -> None:
    assert main(["directory", "show"]) == 0
    said = capsys.readouterr().out
    for line in (
        "Halton (E06000006), England",
        "whenever halton-icart is closed",
        "029 2078 8570, not verified, not checked;",
        "hours not known",
        "Say Something: ",
    ):
        assert line in said
    assert main(["directory", "show", "--folder", str(with_a_hole)]) == 0
    assert "checked 2019-01-31 by A. Person;" in capsys.readouterr().out


def test_a_program_can_read_the_directory(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directory", "show", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert set(said) == {"version", "authorities", "services", "support"}
    edt = next(one for one in said["services"] if one["slug"] == "cardiff-edt")
    assert edt["phones"][0]["unverified"]
    assert edt["phones"][0]["checked_on"] is None


def test_a_folder_that_is_not_there_is_refused_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directory", "check", "--folder", "/no/such/folder"]) == 2
    assert capsys.readouterr().err.startswith("intake: --folder /no/such/folder: No such file")


def test_a_fault_in_a_file_is_named_by_file_line_and_field(
    capsys: pytest.CaptureFixture[str], with_a_hole: Path
) -> None:
    file = with_a_hole / "directory" / "E06000006-halton.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('nation = "england"', 'nation = "britain"'), encoding="utf-8")
    assert main(["directory", "check", "--folder", str(with_a_hole)]) == 2
    said = capsys.readouterr().err
    assert said == "intake: E06000006-halton.toml, line 10: authority.nation: must be one of england, wales\n"
