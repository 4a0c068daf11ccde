"""`intake directory import` and `intake health`: files wait for approval, and what is in order is said."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from intake.models.directory import DirectoryInForce, DirectoryProposal, DirectorySnapshot
from intake.routing.directory_folder import directory_of, read_directory, read_texts
from intake.vocabulary import ProposalOrigin, ProposalState
from tests.integration.cli.kept import Machine, run

HALTON = "E06000006-halton.toml"


@pytest.fixture
def ready(machine: Machine, capsys: pytest.CaptureFixture[str]) -> Machine:
    """A machine that is set up."""
    assert run(capsys, "setup")[0] == 0
    return machine


def written(machine: Machine, was: str, becomes: str) -> str:
    path = machine.folder / HALTON
    path.write_text(read_texts()[HALTON].replace(was, becomes), encoding="utf-8")
    return str(path)


def proposals(machine: Machine) -> list[DirectoryProposal]:
    """Return what is proposed for the shipped directory: the database was filled with another before."""
    version = read_directory().version
    with machine.database.reading() as unit:
        wanted = select(DirectoryProposal).where(DirectoryProposal.base_version == version)
        return list(unit.session.scalars(wanted))


def test_files_wait_for_an_administrator_and_nothing_is_in_force(
    ready: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(ready, '"Halton iCART"', '"Halton front door"')
    before = run(capsys, "directory", "show", "--in-force")[1]
    code, out, _ = run(capsys, "directory", "import", path, "--reason", "Renamed in November")
    assert (code, "An administrator approves it" in out) == (0, True)
    (proposal,) = proposals(ready)
    assert (proposal.origin, proposal.state, proposal.why) == (
        ProposalOrigin.OPERATOR,
        ProposalState.OPEN,
        "Renamed in November",
    )
    assert run(capsys, "directory", "show", "--in-force")[1] == before


def test_a_route_goes_by_the_directory_in_force_and_says_since_when(
    ready: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("route", "--authority", "E06000006", "--at", "2026-11-23T10:00")
    shipped = json.loads(run(capsys, *asked, "--json")[1])
    assert shipped["directory"]["version"] == read_directory().version
    texts = {**read_texts(), HALTON: read_texts()[HALTON].replace('"Halton iCART"', '"Halton front door"')}
    changed, since = directory_of(texts), datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    with ready.database.writing() as unit:
        document = json.dumps(texts)
        unit.session.add(DirectorySnapshot(version=changed.version, document=document, loaded_at=since))
        unit.session.flush()
        unit.session.add(DirectoryInForce(seq=1_000, version=changed.version, since_at=since))
    said = json.loads(run(capsys, *asked, "--json")[1])
    assert said["directory"] == {
        "version": changed.version,
        "in_force_since": "2026-11-20T09:30:00+00:00",
    }
    assert said["steps"][0]["name"] == "Halton front door"
    last = run(capsys, *asked)[1].splitlines()[-1]
    assert last == (
        f"Answered by version {changed.version} of the directory, in force since"
        " 9:30am on Friday 20 November 2026."
    )


def test_a_gap_ends_in_1_and_is_named(ready: Machine, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(ready, 'whenever_closed = "halton-icart"', 'notation = "Mo-Fr 18:00-24:00"')
    code, out, _ = run(capsys, "directory", "import", path, "--reason", "As we were told", "--json")
    said = json.loads(out)
    assert (code, said["covered"], said["gaps"]) == (1, False, ["E06000006"])
    other = written(ready, 'whenever_closed = "halton-icart"', 'notation = "Mo-Fr 19:00-24:00"')
    code, out, _ = run(capsys, "directory", "import", other, "--reason", "As we were told")
    assert (code, "GAP: nobody answers for Halton" in out) == (1, True)


def test_a_fault_names_file_line_and_field_and_nothing_is_kept(
    ready: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(ready, 'kind = "front_door"', 'kind = "door"')
    code, _, error = run(capsys, "directory", "import", path, "--reason", "A slip")
    assert code == 2
    assert f"{HALTON}, line " in error
    assert "service.kind: must be one of" in error
    assert proposals(ready) == []


@pytest.mark.parametrize("name", ["halton.txt", "nowhere.toml"])
def test_what_is_no_file_of_the_directory_is_refused(
    name: str, ready: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    if name.endswith(".txt"):
        (ready.folder / name).write_text("hello", encoding="utf-8")
    code, _, error = run(capsys, "directory", "import", ready.folder / name, "--reason", "A slip")
    assert (code, name in error) == (2, True)


def test_health_says_what_is_in_order_without_a_name(
    ready: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    said = json.loads(run(capsys, "health", "--json")[1])
    assert (said["key_ring_belongs"], said["chains_broken"], said["gaps"]) == (True, 0, 0)
    code, out, _ = run(capsys, "health")
    assert code == (0 if said["well"] else 1)
    assert f"directory: {said['directory']}" in out
