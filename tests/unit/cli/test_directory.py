"""`intake directory`: shown, and checked."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from intake.cli.main import main
from intake.routing.directory_folder import read_directory

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
    assert "no number in this language: cy" in said
    assert "gaps accepted from 2026-01-01T00:00+00:00 to 2029-01-01T00:00+00:00 by Whoever ships" in said


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
    said = json.loads(capsys.readouterr().out)
    assert said["covered"]
    caerphilly = next(one for one in said["authorities"] if one["code"] == "W06000018")
    assert caerphilly["accepted_gaps"][0]["accepted_by"] == "Whoever ships this directory"
    assert caerphilly["languages_missing"] == ["cy"]


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


SECOND_DESK = """
valid_to = 2030-12-31
source = "x"
[[service.phone]]
number = "01632 960001"
language = "en"
source = "x"
[service.hours]
source = "x"
[[service.hours.period]]
valid_to = 2030-12-31
notation = "Mo-Su 00:00-24:00"
source = "x"
[[service.hours.period.exception]]
on = 2026-12-24
hours = "off"
"""
TIMES = """
[[authority.clock]]
act = "decide"
minutes = 1440
source = "x"
[[authority.limit]]
colour = "red"
minutes = 240
working_time = true
source = "x"
"""


@pytest.fixture
def a_council(tmp_path: Path) -> Path:
    """Halton's file with a second front door that is always there, and its own figures."""
    shipped = (
        files("intake").joinpath("data", "directory", "E06000006-halton.toml").read_text(encoding="utf-8")
    )
    desk = '\n[[service]]\nslug = "second"\nkind = "front_door"\nname = "Second"\ncovers = ["E06000006"]'
    head, services = shipped.split("[[service]]", 1)
    file = tmp_path / "E06000006-halton.toml"
    file.write_text(f"{head}{TIMES}\n[[service]]{services}{desk}{SECOND_DESK}", encoding="utf-8")
    return file


def test_a_file_is_checked_in_place_of_the_one_of_its_name(
    capsys: pytest.CaptureFixture[str], a_council: Path
) -> None:
    assert main(["directory", "check", str(a_council)]) == 0
    said = capsys.readouterr().out
    assert "Cardiff" not in said
    assert "on duty at once, from " in said
    assert ": halton-icart and second" in said
    assert "nobody is ever sent to: halton-edt (always behind)" not in said
    assert main(["directory", "check", "--json", str(a_council)]) == 0
    (halton,) = json.loads(capsys.readouterr().out)["authorities"]
    assert halton["overlaps"][0]["services"] == ["halton-icart", "second"]
    assert halton["unreached"] == []


def test_a_file_is_shown_with_all_it_says(capsys: pytest.CaptureFixture[str], a_council: Path) -> None:
    assert main(["directory", "show", str(a_council)]) == 0
    said = capsys.readouterr().out
    for line in (
        "  to decide: 1440 minutes; x",
        "  red: 240 minutes while it is open; x",
        "  Second [second] until 2030-12-31",
        "    01632 960001 (en), not checked; x",
        "Mo-Su 00:00-24:00; 2026-12-24 off until 2030-12-31",
        "    written: own_form, https://hcypsp.haltonsafeguarding.co.uk/",
    ):
        assert line in said
    assert main(["directory", "show", "--json", str(a_council)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert [one["code"] for one in said["authorities"]] == ["E06000006"]
    assert "cardiff-mash" not in {one["slug"] for one in said["services"]}


def test_files_shared_by_several_are_about_all_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    shared = str(files("intake").joinpath("data", "directory", "south-east-wales.toml"))
    assert main(["directory", "check", "--json", shared]) == 0
    said = json.loads(capsys.readouterr().out)
    assert {one["name"] for one in said["authorities"]} == {
        *("Caerphilly", "Blaenau Gwent", "Torfaen", "Monmouthshire", "Newport")
    }


def test_what_is_exported_reads_back_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, a_council: Path
) -> None:
    assert main(["directory", "export", "--to", str(tmp_path / "whole")]) == 0
    said = capsys.readouterr().out
    written = len(list((tmp_path / "whole").rglob("*.toml")))
    assert said == f"{written} files written to {tmp_path / 'whole'}.\n"
    before, after = read_directory(), read_directory(tmp_path / "whole")
    assert (after.services, after.authorities) == (before.services, before.authorities)
    assert main(["directory", "export", "--to", str(tmp_path / "one"), str(a_council)]) == 0
    assert [file.name for file in (tmp_path / "one" / "directory").iterdir()] == [a_council.name]


def test_a_file_that_is_not_there_or_cannot_be_written_is_refused(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["directory", "check", "/no/such/file.toml"]) == 2
    assert "/no/such/file.toml" in capsys.readouterr().err
    blocked = tmp_path / "a file"
    blocked.write_text("", encoding="utf-8")
    assert main(["directory", "export", "--to", str(blocked)]) == 2
    assert capsys.readouterr().err.startswith(f"intake: --to {blocked}: ")
