"""`intake keys rotate` and `reseal`: dry first, finished when asked again, and proved afterwards."""

import json
from uuid import UUID

import pytest
from sqlalchemy import insert, select, update

from intake.clock import SystemClock
from intake.crypto.key_ring import KeyRing
from intake.ids import new_id
from intake.models.audit import AuditEntry
from intake.models.key_grant import KeyGrant, OrganisationKey
from intake.models.organisation import Organisation
from intake.models.person import Membership, Person
from intake.models.referral import Referral
from intake.services.key_keeping import SETTLED
from intake.services.restore import Restore
from intake.vocabulary import Compartment, Role
from tests.integration.cli.kept import Machine, run


def _name(machine: Machine) -> str:
    with machine.database.reading() as unit:
        return unit.session.scalars(select(Organisation.name)).one()


def _case(machine: Machine) -> UUID:
    with machine.database.reading() as unit:
        return unit.session.scalars(select(Referral.id)).one()


def _long_ago(machine: Machine) -> None:
    """Let ten minutes pass, as far as the rows know."""
    ago = SystemClock().now() - 2 * SETTLED
    with machine.database.writing() as unit:
        unit.session.execute(update(OrganisationKey).values(made_at=ago))
        unit.session.execute(update(KeyGrant).values(granted_at=ago))


def _everything_opens(machine: Machine) -> bool:
    with machine.database.reading() as unit:
        return Restore(unit, SystemClock(), KeyRing.load(machine.ring_file)).prove().good


def _status(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    found: dict[str, object] = json.loads(run(capsys, "keys", "status", "--json")[1])
    return found


@pytest.mark.parametrize("what", [("root",), ("organisation", None), ("case", "")])
def test_a_dry_run_changes_nothing(
    machine: Machine, capsys: pytest.CaptureFixture[str], what: tuple[str | None, ...]
) -> None:
    which = {None: _name(machine), "": str(_case(machine))}
    before = machine.ring_file.read_bytes(), _status(capsys)
    code, out, _ = run(capsys, "keys", "rotate", *(which.get(word, word) for word in what), "--dry-run")
    assert code == 0
    assert out
    assert (machine.ring_file.read_bytes(), _status(capsys)) == before


def test_a_new_root_wraps_every_pair_and_the_older_copy_of_the_ring_is_kept_for_older_backups(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "keys", "rotate", "root")
    assert code == 0
    assert "Root 2 is the active one now" in out
    assert "No two people here could be asked to allow this." in out
    status = _status(capsys)
    assert (status["active_root"], status["roots"], status["grants_by_root"]) == (2, [1, 2], {"2": 1})
    assert status["to_reseal"] == {"pairs": 0, "grants": 0}
    # Its making is ten minutes ago only for who waits: the entry in the trail is not to be changed.
    code, out, _ = run(capsys, "keys", "reseal", "--retire")
    assert (code, KeyRing.load(machine.ring_file).root_kids) == (0, (1, 2))
    assert "Let go of: 0 older pairs, 0 older roots." in out
    assert _everything_opens(machine)


def test_a_new_pair_takes_every_grant_and_the_older_one_is_let_go_of_ten_minutes_later(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "keys", "rotate", "organisation", _name(machine))
    assert code == 0
    assert "has version 2 of its pair now" in out
    _long_ago(machine)
    code, out, _ = run(capsys, "keys", "reseal", "--retire")
    assert code == 0
    assert "Let go of: 1 older pairs" in out
    with machine.database.reading() as unit:
        assert set(unit.session.scalars(select(KeyGrant.kid))) == {2}
    assert _everything_opens(machine)


def test_a_case_gets_new_keys_and_its_older_ones_are_destroyed_ten_minutes_later(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    with machine.database.writing() as unit:
        part = (KeyGrant.case_id == _case(machine), KeyGrant.compartment == Compartment.IDENTITY)
        unit.session.execute(update(KeyGrant).where(*part).values(ended_at=SystemClock().now()))
    code, out, _ = run(capsys, "keys", "rotate", "case", _case(machine))
    assert code == 0
    assert "Give the same command in ten minutes" in out
    _long_ago(machine)
    code, out, _ = run(capsys, "keys", "rotate", "case", _case(machine))
    assert code == 0
    assert "Sealed anew: 0 documents" in out
    # One part of the case nobody holds any more: it has no older key, and it is finished all the same.
    assert "Give the same command" not in out
    with machine.database.reading() as unit:
        of_case = select(KeyGrant.generation).where(
            KeyGrant.case_id == _case(machine), KeyGrant.ended_at.is_(None)
        )
        assert set(unit.session.scalars(of_case)) == {2}
        assert "case_key.retired" in set(unit.session.scalars(select(AuditEntry.event)))
    assert _everything_opens(machine)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_done_that_two_administrators_could_have_allowed_and_have_not(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    with machine.database.writing() as unit:
        one = unit.session.scalars(select(Person)).one()
        one.disabled_at = None
        other = {column.key: getattr(one, column.key) for column in Person.__table__.columns}
        other |= {"id": new_id(), "sign_in_index": bytes(8)}
        unit.session.execute(insert(Person), other)
        for person_id in (one.id, other["id"]):
            made = {"id": new_id(), "person_id": person_id, "organisation_id": machine.organisation_id}
            membership = Membership(**made, role=Role.ADMINISTRATOR, ladder=0, from_at=one.made_at)
            unit.session.add(membership)
    before, folder = machine.ring_file.read_bytes(), machine.folder / "sheets"
    for words in (
        ("rotate", "root"),
        ("rotate", "organisation", _name(machine)),
        ("rotate", "case", _case(machine)),
        ("export-escrow", "--to", folder),
    ):
        code, _, complaint = run(capsys, "keys", *words)
        assert (code, "Two people must allow this first" in complaint) == (2, True), words
    assert (machine.ring_file.read_bytes(), folder.exists()) == (before, False)
    # What only finishes or looks wants nobody.
    assert run(capsys, "keys", "rotate", "root", "--dry-run")[0] == 0
    assert run(capsys, "keys", "reseal", "--retire")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("organisation",), "Say which organisation."),
        (("case",), "Say which case."),
        (("case", "R-NONE"), "it is no id"),
        (("case", str(UUID(int=5))), "no case with this id"),
        (("organisation", "Nobody"), "no organisation called"),
    ],
)
def test_what_is_not_there_is_said(
    machine: Machine, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    code, _, complaint = run(capsys, "keys", "rotate", *words)
    assert code == 2
    assert said in complaint


def test_a_key_that_does_not_open_is_told_and_left(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    with machine.database.writing() as unit:
        bad = unit.session.scalars(select(KeyGrant.id)).first()
        unit.session.execute(update(KeyGrant).where(KeyGrant.id == bad).values(wrapped=b"no grant"))
    code, out, _ = run(capsys, "keys", "reseal")
    assert code == 1
    assert f"PROBLEM: the key in row {bad}" in out


def test_a_key_service_is_marked_as_not_proved(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "kept by      a file\n" in run(capsys, "keys", "status")[1]
    monkeypatch.setenv("INTAKE_KEYS", "credential")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(machine.ring_file.parent))
    assert "the service manager" in run(capsys, "keys", "status")[1]
