"""`intake init` and `intake people`: the first organisation, and helping people in from the machine."""

import json
import re
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, update

from intake.app import create_app, open_workplace
from intake.cli.opened import settings
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.ids import new_id
from intake.models.audit import AuditEntry
from intake.models.organisation import Installation
from intake.models.passkey import LinkedIdentity
from intake.models.person import Person, RecoveryCode
from tests.integration.cli.kept import run
from tests.support.client import Visitor
from tests.support.databases import on_either

ANN = "Ann Llewellyn <ann@otterbrook.example>"
NGUYEN = "O'Brien-Nguyễn <nguyen@otterbrook.example>"
SCHOOL = ("init", "--kind", "school", "--name", "Otterbrook High", "--authority", "E06000006")
NEW = "seven quiet ladders"


@pytest.fixture(autouse=True)
def set_up(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Set the machine up, once upon each kind of database."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("INTAKE_KEY_RING", str(tmp_path / "keys" / "keyring.json"))
    monkeypatch.setenv("INTAKE_PUBLIC_URL", "https://passiton.example")
    monkeypatch.delenv("INTAKE_SAMPLE", raising=False)
    KeyRing.create(tmp_path / "keys" / "keyring.json")
    code, _, err = run(capsys, "setup")
    assert (code, err) == (0, "")


def found(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    """Found a school and return its administrators as printed."""
    code, out, err = run(capsys, *SCHOOL, "--administrator", ANN, "--administrator", NGUYEN, "--json")
    assert (code, err) == (0, "")
    administrators: list[dict[str, str]] = json.loads(out)["administrators"]
    return administrators


def listed(capsys: pytest.CaptureFixture[str], *more: str) -> list[dict[str, object]]:
    code, out, _ = run(capsys, "people", "list", "--json", *more)
    assert code == 0
    people: list[dict[str, object]] = json.loads(out)
    return people


def add(capsys: pytest.CaptureFixture[str], email: str, *roles: str) -> tuple[int, str, str]:
    words = [word for role in roles for word in ("--role", role)]
    return run(
        capsys, "people", "add", "--organisation", "otterbrook high", "--name", "Bo", "--email", email, *words
    )


def test_an_organisation_is_founded_with_two_administrators_and_their_codes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ann, nguyen = found(capsys)
    assert (ann["name"], nguyen["name"]) == ("Ann Llewellyn", "O'Brien-Nguyễn")
    assert {ann["address"], nguyen["address"]} == {"https://passiton.example/welcome"}
    assert ann["code"] != nguyen["code"]
    people = listed(capsys)
    assert [person["roles"] for person in people] == [["administrator"]] * 2
    assert not any(person["has_password"] for person in people)


def test_the_codes_are_printed_for_a_person_to_hand_over(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *SCHOOL, "--administrator", ANN, "--administrator", NGUYEN)
    assert code == 0
    assert "Founded Otterbrook High. Hand each administrator their own code" in out
    assert re.search(
        r"Ann Llewellyn <ann@otterbrook\.example>\n  code  (?:\w{4}-){5}\w{4}\n"
        r"  page  https://passiton\.example/welcome\n",
        out,
    )
    assert "works once, until" in out


def test_the_first_administrator_gets_in_by_the_code_and_adds_the_first_lead(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ann, _ = found(capsys)
    place = open_workplace(settings())
    with closing(place.database):
        visitor = Visitor(create_app(settings(), place), base_url="https://passiton.example")
        typed = visitor.get(ann["address"]).form("/welcome").fill(code=ann["code"]).submit(status=303)
        choosing = typed.follow()
        assert "ann@otterbrook.example" in choosing.text
        signed_in = choosing.form().fill(password=NEW, again=NEW).submit()
        step = signed_in.follow().follow()
        assert step.shown.heading == "Make a passkey"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*SCHOOL, "--administrator", ANN), "Give two administrators"),
        ((*SCHOOL, "--administrator", ANN, "--administrator", "Ann <ANN@otterbrook.example>"), "Give two"),
        ((*SCHOOL, "--administrator", ANN, "--administrator", "nobody"), "Write 'nobody' as"),
        ((*SCHOOL[:6], "X", "--administrator", ANN, "--administrator", NGUYEN), "The directory has no 'X'"),
        (
            (*SCHOOL, "--service", "halton-icart", "--administrator", ANN, "--administrator", NGUYEN),
            "A school answers for no duty service",
        ),
        (
            ("init", "--kind", "hub", *SCHOOL[3:], "--administrator", ANN, "--administrator", NGUYEN),
            "Say which duty service this hub answers for: halton-icart",
        ),
        (
            (*SCHOOL[:4], " ", *SCHOOL[5:], "--administrator", ANN, "--administrator", NGUYEN),
            "Give a name of at most 80 characters",
        ),
    ],
)
@on_either
def test_what_cannot_be_founded_is_told_in_one_line_and_nothing_is_kept(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    code, out, err = run(capsys, *words)
    assert (code, out) == (2, "")
    assert said in err
    assert listed(capsys) == []


def test_an_organisation_or_a_service_is_not_founded_twice(capsys: pytest.CaptureFixture[str]) -> None:
    found(capsys)
    pair = ("--administrator", "A <a@x.example>", "--administrator", "B <b@x.example>")
    assert "There is an organisation called" in run(capsys, *SCHOOL, *pair)[2]
    hub = ("init", "--kind", "hub", "--authority", "E06000006", "--service", "halton-icart")
    assert run(capsys, *hub, "--name", "First hub", *pair)[0] == 0
    other = ("--administrator", "C <c@x.example>", "--administrator", "D <d@x.example>")
    code, _, err = run(capsys, *hub, "--name", "Second hub", *other)
    assert code == 2
    assert "already answers for" in err


def test_somebody_is_added_and_given_a_new_code(capsys: pytest.CaptureFixture[str]) -> None:
    found(capsys)
    code, out, _ = add(capsys, "bo@otterbrook.example", "reporter", "deputy_lead")
    assert code == 0
    first = out.split()[3]
    assert first.count("-") == 5
    code, out, _ = run(capsys, "people", "link", "BO@otterbrook.example", "--json")
    assert code == 0
    assert json.loads(out)["code"] != first
    (bo,) = (person for person in listed(capsys) if person["name"] == "Bo")
    assert bo["roles"] == ["reporter", "deputy_lead"]
    assert "Otterbrook High: Bo <bo@otterbrook.example>" in run(capsys, "people", "list")[1]


@pytest.mark.parametrize(
    ("email", "role", "said"),
    [
        ("ANN@otterbrook.example", "reporter", "Somebody signs in with that address already."),
        ("bo@otterbrook.example", "duty_worker", "There is no such role in that kind of organisation."),
        ("nobody", "reporter", "Give a name, and an address like name@example.org."),
    ],
)
def test_somebody_who_cannot_be_added_is_told_why(
    capsys: pytest.CaptureFixture[str], email: str, role: str, said: str
) -> None:
    found(capsys)
    code, _, err = add(capsys, email, role)
    assert code == 2
    assert said in err


def test_an_organisation_or_person_nobody_knows_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    found(capsys)
    assert "There is: Otterbrook High." in run(capsys, "people", "list", "--organisation", "Nowhere")[2]
    assert "Nobody signs in as x@example.org." in run(capsys, "people", "link", "x@example.org")[2]


def test_somebody_joins_another_organisation_once(capsys: pytest.CaptureFixture[str]) -> None:
    found(capsys)
    pair = ("--administrator", "A <a@x.example>", "--administrator", "B <b@x.example>")
    run(capsys, "init", "--kind", "school", "--name", "Heronmere", "--authority", "E06000006", *pair)
    join = ("people", "join", "ann@otterbrook.example", "--organisation", "Heronmere", "--role", "reporter")
    code, out, _ = run(capsys, *join)
    assert (code, out) == (0, "ann@otterbrook.example works in Heronmere as well.\n")
    code, _, err = run(capsys, *join)
    assert code == 2
    assert "They have that role there already." in err
    assert [person["name"] for person in listed(capsys, "--organisation", "Heronmere")] == ["A", "B"]


def test_a_lost_telephone_is_taken_off_and_the_trail_says_so(
    capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    ann, _ = found(capsys)
    with database.writing() as unit:
        unit.session.execute(update(Person).values(seed_sealed=b"sealed", seed_version=1, last_code_step=7))
    code, out, _ = run(capsys, "people", "forget-app", "ann@otterbrook.example", "--json")
    assert (code, json.loads(out)["done"]) == (0, "forget-app")
    standing = {person["email"]: person["has_second_factor"] for person in listed(capsys)}
    assert standing == {"ann@otterbrook.example": False, "nguyen@otterbrook.example": True}
    with database.reading() as unit:
        events = unit.session.execute(select(AuditEntry.event, AuditEntry.subject_id, AuditEntry.actor_id))
        assert ("second_factor.forgotten", ann["person_id"], None) in [
            (event, str(subject), actor) for event, subject, actor in events
        ]
        assert unit.session.scalars(select(RecoveryCode)).all() == []


def test_whoever_signs_in_with_a_provider_and_keeps_no_password_is_in_use(
    capsys: pytest.CaptureFixture[str], database: Database
) -> None:
    ann, _ = found(capsys)
    with database.writing() as unit:
        linked = LinkedIdentity(
            id=new_id(),
            person_id=UUID(ann["person_id"]),
            provider="work",
            identity_mac=b"m" * 32,
            linked_at=datetime.now(UTC),
        )
        unit.session.add(linked)
    states = [line.rpartition("; ")[2] for line in run(capsys, "people", "list")[1].splitlines()]
    assert states == ["in use", "nothing to sign in with yet"]


def test_nobody_has_an_account_yet(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "people", "list") == (0, "Nobody has an account yet.\n", "")


def test_the_practice_copy_is_not_worked_in_by_mistake(
    capsys: pytest.CaptureFixture[str], database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.writing() as unit:
        unit.session.execute(update(Installation).values(sample=True))
    code, _, err = run(capsys, *SCHOOL, "--administrator", ANN, "--administrator", NGUYEN)
    assert code == 2
    assert "holds the invented people of the practice copy" in err
    monkeypatch.setenv("INTAKE_SAMPLE", "1")
    monkeypatch.setenv("INTAKE_PUBLIC_URL", "http://localhost:8000")
    assert run(capsys, "people", "list")[0] == 0
    with database.writing() as unit:
        unit.session.execute(update(Installation).values(sample=False))
    code, _, err = run(capsys, "people", "list")
    assert code == 2
    assert "This database holds a real organisation" in err


def test_a_link_from_the_machine_works_for_three_days(capsys: pytest.CaptureFixture[str]) -> None:
    ann, _ = found(capsys)
    assert timedelta(hours=71) < until(ann) <= timedelta(hours=72)


def until(handed: dict[str, str]) -> timedelta:
    """Return how long a link that was just printed still works."""
    return datetime.fromisoformat(handed["expires_at"]) - datetime.now(UTC)
