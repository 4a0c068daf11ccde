"""`intake audit pack` and `intake audit looking`, on a machine with a hub and what people opened there."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from intake.models.audit import AuditEntry
from tests.factories.hub_work import Desk
from tests.integration.cli.kept import run
from tests.support.place import TestPlace

pytestmark = [
    pytest.mark.parametrize("database_url", ["sqlite"], indirect=True),
    pytest.mark.usefixtures("ready"),
]
_DAY = ("--from", "2026-10-26", "--to", "2026-10-26")


@pytest.fixture(name="ready")
def _ready(
    place: TestPlace,
    database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A machine whose settings name the workplace of the test."""
    # A command tells the time by the machine's clock: what it reads must be over by then.
    place.clock.instant -= timedelta(days=28)
    ring = tmp_path / "keys" / "keyring.json"
    place.tools.key_ring.kept_in(ring)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INTAKE_KEY_RING", str(ring))
    monkeypatch.setenv("INTAKE_PUBLIC_URL", "https://passiton.example")
    monkeypatch.delenv("INTAKE_SAMPLE", raising=False)
    assert run(capsys, "setup")[0] == 0


@pytest.fixture(name="reference")
def _reference(desk: Desk) -> str:
    """The reference of a referral that Sam has and read, and which Jo read as well."""
    referral = desk.acknowledged()
    for actor in (desk.jo, desk.sam):
        with desk.place.opening() as services:
            services.hub_reading.read(actor, referral)
    return desk.referrals.header(referral).reference


def _made(place: TestPlace, event: str) -> list[AuditEntry]:
    with place.reading() as services:
        found = services.unit.session.scalars(select(AuditEntry).where(AuditEntry.event == event))
        return list(found)


def test_a_pack_names_people_and_references_and_is_in_the_trail_it_read(
    desk: Desk, reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "audit", "pack", *_DAY, "--organisation", "Duty desk (test)")
    assert code == 0
    assert "2 people, 1 records, 2 readings" in out
    assert "Sam Reed: opened 1 records 1 times (ABDR), 0 names on lists" in out
    assert f"{reference}: 2 times (ABDR) by Jo Marsh, Sam Reed" in out
    assert "Maya" not in out
    (entry,) = _made(desk.place, "pack.made")
    assert (entry.organisation_id, entry.actor_id) == (desk.hub_id, None)
    assert f"entry {entry.seq}" in out


def test_a_pack_of_one_person_goes_through_every_trail_and_a_program_can_read_it(
    desk: Desk, reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    email = next(
        each["email"]
        for each in json.loads(run(capsys, "people", "list", "--json")[1])
        if each["name"] == "Jo Marsh"
    )
    code, out, _ = run(capsys, "audit", "pack", *_DAY, "--person", email, "--json")
    (said,) = json.loads(out)
    assert (code, said["organisation"], said["person"], said["readings"]) == (
        0,
        "Duty desk (test)",
        "Jo Marsh",
        1,
    )
    assert said["opened"][0]["references"] == [reference]
    assert [each["name"] for each in said["people"]] == ["Jo Marsh"]
    assert {entry.organisation_id for entry in _made(desk.place, "pack.made")} > {desk.hub_id}


def test_outside_the_time_nobody_saw_anything(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "audit", "pack", "--from", "2026-10-26T10:01", "--to", "2026-10-27")
    assert (code, out) == (0, "Nobody saw anything in that time.\n")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("pack", "--from", "yesterday", "--to", "2026-10-26"), "is no time"),
        (("pack", "--from", "2026-10-25", "--to", "20261026"), "is no time"),
        (("pack", "--from", "2026-10-27", "--to", "2026-10-25"), "before the beginning"),
        (("pack", *_DAY, "--person", "nobody@example.org"), "Nobody signs in as"),
        (("pack", *_DAY, "--organisation", "Nowhere"), "There is no organisation called"),
        (
            ("looking", "--organisation", "Duty desk (test)", "--from", "2026-10-27", "--to", "2026-10-25"),
            "before",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(
    reference: str, capsys: pytest.CaptureFixture[str], asked: tuple[str, ...], said: str
) -> None:
    code, _, complaint = run(capsys, "audit", *asked)
    assert (code, said in complaint) == (2, True)


def test_what_is_worth_asking_about_is_printed_with_who_when_and_why(
    desk: Desk, reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("audit", "looking", "--organisation", "Duty desk (test)", *_DAY)
    code, out, _ = run(capsys, *asked)
    assert (code, out) == (0, "Duty desk (test): 2 readings\nNothing to ask about.\n")
    tied = desk.arrive()
    with desk.place.writing() as services:
        services.ties.in_hub(desk.sam, tied, desk.manager.person_id)
    with desk.place.opening() as services:
        services.hub_reading.read(desk.jo, tied)
    theirs = desk.referrals.header(tied).reference
    assert f"2026-10-26 10:00  Jo Marsh: colleagues tie ({theirs})" in run(capsys, *asked)[1]
    said = json.loads(run(capsys, *asked, "--json")[1])
    assert [(each["why"], each["who"], each["references"]) for each in said["asking"]] == [
        ("colleagues_tie", "Jo Marsh", [theirs])
    ]
    assert len(_made(desk.place, "looking.reported")) == 3
