"""`intake route`, as a person types it and as a program reads it."""

import json
from typing import Any

import pytest

from intake.cli.main import main
from intake.routing.directory_folder import read_directory

STEP = {"do", "service", "name", "phone", "open", "opens_at", "closes_at", "why"}


def route(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    assert main(["route", *words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_christmas_morning_in_widnes(capsys: pytest.CaptureFixture[str]) -> None:
    said = route(capsys, "--postcode", "WA8 7QF", "--at", "2026-12-25T10:00")
    assert set(said) == {"authority", "candidates", "steps", "read_by", "reasons", "directory"}
    assert said["directory"] == {"version": read_directory().version, "in_force_since": None}
    assert said["authority"] == {"code": "E06000006", "name": "Halton", "nation": "england"}
    assert all(set(step) == STEP for step in said["steps"])
    assert said["steps"][0] == {
        "do": "call",
        "service": "halton-edt",
        "name": "Halton emergency duty team",
        "phone": "0345 050 0148",
        "open": True,
        "opens_at": None,
        "closes_at": "2026-12-29T09:00:00+00:00",
        "why": "on_duty",
    }
    assert [step["do"] for step in said["steps"]] == ["call", "send_outside"]
    assert said["read_by"] == "2026-12-29T09:00:00+00:00"
    assert "out_of_hours" in said["reasons"]


def test_times_are_given_with_the_offset_of_the_day(capsys: pytest.CaptureFixture[str]) -> None:
    said = route(capsys, "--authority", "E06000006", "--at", "2026-07-03T18:00")
    assert said["read_by"] == "2026-07-06T09:00:00+01:00"


def test_a_time_with_an_offset_is_that_instant(capsys: pytest.CaptureFixture[str]) -> None:
    said = route(capsys, "--authority", "E06000006", "--at", "2026-07-06T07:59:00Z")
    assert said["steps"][0]["service"] == "halton-edt"
    said = route(capsys, "--authority", "E06000006", "--at", "2026-07-06T08:00:00Z")
    assert said["steps"][0]["service"] == "halton-icart"


@pytest.mark.parametrize(
    ("at", "reason"),
    [("2026-10-25T01:30", "local_time_doubled"), ("2026-03-29T01:30", "local_time_skipped")],
)
def test_an_odd_local_time_is_named(capsys: pytest.CaptureFixture[str], at: str, reason: str) -> None:
    assert reason in route(capsys, "--authority", "E06000006", "--at", at)["reasons"]
    assert main(["route", "--at", at]) == 0
    assert capsys.readouterr().out.startswith("The clocks go ")


def test_half_a_postcode_asks_which_council(capsys: pytest.CaptureFixture[str]) -> None:
    said = route(capsys, "--postcode", "wa7", "--at", "2026-11-23T10:00", "--school-authority", "E06000006")
    assert said["authority"] is None
    assert [council["code"] for council in said["candidates"]] == ["E06000006", "E06000050"]
    assert {"which_council", "needs_allocation"} <= set(said["reasons"])


def test_the_facts_of_the_question_are_all_asked(capsys: pytest.CaptureFixture[str]) -> None:
    words = "--authority W06000015 --found-postcode WA8 --found-authority E06000006 --danger --missing"
    said = route(capsys, *words.split(), "--urgent", "--age", "17", "--receives-here", "halton-icart")
    assert said["steps"][0]["service"] == "police-999"
    assert {"found_leads", "home_told", "missing_now"} <= set(said["reasons"])
    assert ("send", "halton-icart") in [(step["do"], step["service"]) for step in said["steps"]]
    said = route(capsys, "--no-fixed-address")
    assert "no_fixed_address" in said["reasons"]


def test_what_is_known_of_care_birth_worker_and_staff_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "--authority",
        "E06000006",
        "--caring",
        "W06000015",
        "--allocated",
        "--about-staff",
        "--due",
        "2027-03-01",
    ]
    said = route(capsys, *words, "--school-authority", "E06000006", "--at", "2026-11-23T10:00")
    assert said["authority"]["code"] == "W06000015"
    assert {"caring_leads", "host_told", "worker_allocated", "concern_about_staff"} <= set(said["reasons"])
    assert said["steps"][0]["why"] == "worker_allocated"
    assert (
        "unborn_by_mothers_home"
        in route(capsys, "--authority", "E06000006", "--due", "2027-03-01")["reasons"]
    )
    assert "caring_not_known" in route(capsys, "--authority", "E06000006", "--in-care")["reasons"]


def test_the_sentences_may_be_those_for_an_auditor(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--authority", "E06000006", "--at", "2026-11-20T16:45", "--for", "auditor"]
    assert main(["route", *words]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "Halton led."
    assert "Chosen: Halton emergency duty team." in lines


def test_without_json_it_is_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", "--authority", "E06000006", "--at", "2026-11-20T16:45"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Ring Halton emergency duty team now on 0345 050 0148."
    assert lines[-1] == f"Answered by version {read_directory().version} of the directory, as it was shipped."


@pytest.mark.parametrize(
    "words", [["--unborn"], ["--due", "2027-03-01"], ["--unborn", "--due", "2027-03-01"]]
)
def test_a_child_not_born_goes_by_the_mothers_home_also_where_nobody_knows_when_it_is_due(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    said = route(capsys, "--authority", "E06000006", *words)
    assert said["authority"]["code"] == "E06000006"
    assert "unborn_by_mothers_home" in said["reasons"]


@pytest.mark.parametrize(
    "words",
    [
        ["--at", "tea time"],
        ["--at", "1066-10-14T09:00"],
        ["--authority", "Halton"],
        ["--found-authority", "E06"],
        ["--school-authority", "S12000036"],
        ["--receives-here", "nobody"],
        ["--caring", "Cardiff"],
        ["--due", "in spring"],
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    assert main(["route", *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
