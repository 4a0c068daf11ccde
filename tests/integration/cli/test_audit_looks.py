"""`intake audit pack` and `intake audit looking`, on a machine with a hub and what people opened there."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from intake.calendars.local_time import midnight
from intake.casework.pack_asked import PackAsked
from intake.clock import SystemClock
from intake.models.audit import AuditEntry
from intake.models.person import Person
from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
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


def test_a_pack_is_printed_once_two_people_there_allowed_this_very_one(
    desk: Desk, people: People, reference: str, capsys: pytest.CaptureFixture[str]
) -> None:
    auditor = people.actor(desk.hub_id, Role.AUDITOR)
    with desk.place.writing() as services:
        services.unit.session.execute(update(Person).values(password_hash="set"))
    asked = ("audit", "pack", *_DAY, "--organisation", "Duty desk (test)")
    code, out, complaint = run(capsys, *asked)
    assert (code, out, "Two people must allow this first" in complaint) == (2, "", True)
    code, _, complaint = run(capsys, "audit", "pack", *_DAY)
    assert (code, "NOT READ: Duty desk (test)" in complaint) == (1, True)
    begins = midnight(date(2026, 10, 26))
    wanted = PackAsked(begins, begins + timedelta(days=1), whole=True)
    # The command tells the time by the machine's own clock.
    desk.place.clock.instant = SystemClock().now()
    with desk.place.writing() as services:
        request_id = services.packs.ask(desk.manager, wanted, "A session was stolen.")
    with desk.place.writing() as services:
        services.second_person.approve(auditor, request_id)
    code, _, _ = run(capsys, "audit", "pack", "--from", "2026-10-25", *_DAY[2:], *asked[-2:])
    assert code == 2
    code, out, _ = run(capsys, *asked)
    assert (code, reference in out) == (0, True)
    assert run(capsys, *asked)[0] == 2


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
    assert code == 0
    assert out == (
        "Duty desk (test): 2 readings\nNothing to ask about.\n"
        "Names and homes of 1 records compared with 1 people, 1 of whom have given no postcode; "
        "0 records could not be opened.\n"
    )
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
    assert said["compared"] == {
        "records": 2,
        "not_opened": 0,
        "people": 1,
        "people_without_postcode": 1,
    }
    assert len(_made(desk.place, "looking.reported")) == len(_made(desk.place, "looking.compared")) == 3
