"""An older backup is restored: what was erased since is erased again before anybody comes in."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from intake import schema
from intake.db import Database
from intake.errors import Erased
from intake.models.audit import AuditEntry
from intake.models.erasure import Erasure
from intake.models.second_person import SecondPersonRequest
from intake.policy.actor import Actor
from intake.services.backup import RING_NAME, Backup
from intake.services.erasure_list import ErasureList
from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.factories.school import School
from tests.integration.cli.kept import run
from tests.integration.services.test_erasing import FILE, REFERRAL, erase, filed, second
from tests.support.erasing import closed, documents, held
from tests.support.place import TestPlace
from tests.support.postgres import PostgresServer
from tests.support.rotating import prove

__all__ = ["second"]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another machine with an empty database, to which a backup can be brought."""

    place: TestPlace
    words: tuple[object, ...]
    listed: Path


@pytest.fixture
def elsewhere(
    request: pytest.FixtureRequest, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Elsewhere]:
    """An empty database of the same kind, and the settings that name it."""
    place = desk.place
    if place.database.is_sqlite:
        path = tmp_path / "elsewhere.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        name = server.new_database(request.getfixturevalue("postgres_template"))
        request.addfinalizer(lambda: server.drop_database(name))  # noqa: PT021 - the name is known only here
        url = server.url(name)
    ring = tmp_path / "keys" / RING_NAME
    place.tools.key_ring.keep(ring)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("INTAKE_KEY_RING", str(ring))
    with closing(Database(url)) as database:
        there, listed = TestPlace(database, place.tools), tmp_path / "erasures"
        yield Elsewhere(there, ("restore", "--database-from", tmp_path / "it.backup"), listed)


def back_up(place: TestPlace, folder: Path) -> None:
    with place.reading() as services:
        made = Backup(services.unit, place.clock, place.tools.key_ring).write(folder, schema=schema.newest())
    made.path.rename(folder / "it.backup")


def keep_list(place: TestPlace, path: Path) -> tuple[int, int]:
    with place.reading() as services:
        return ErasureList(place.tools.key_ring).add_to(path, services.unit.session, place.tools.tier)


def certificates(place: TestPlace) -> dict[UUID, bytes]:
    with place.reading() as services:
        return {row.id: row.digest for row in services.unit.session.scalars(select(Erasure))}


def tells_of_it_as_the_lost_one_did(elsewhere: Elsewhere, capsys: pytest.CaptureFixture[str]) -> None:
    anew = elsewhere.listed.with_name("anew")
    for path, fresh in ((elsewhere.listed, 0), (anew, 2)):
        code, out, complaint = run(capsys, "erasures", "--to", path)
        assert (code, out, complaint) == (0, f"2 erasures in {path}, {fresh} of them new.\n", "")
    assert anew.read_text() == elsewhere.listed.read_text()


def test_what_two_people_erased_since_the_backup_is_erased_again(
    school: School,
    desk: Desk,
    second: Actor,
    elsewhere: Elsewhere,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    place, there = desk.place, elsewhere.place
    file_id, concern_id, referral_id = filed(school)
    kept_id = closed(desk, desk.arrive())
    closed(desk, referral_id)
    back_up(place, tmp_path)
    erase(place, school.lead, school.deputy, FILE, file_id)
    place.clock.instant += timedelta(minutes=1)
    erase(place, desk.manager, second, REFERRAL, referral_id)
    assert keep_list(place, elsewhere.listed) == (2, 2)
    code, out, complaint = run(capsys, *elsewhere.words, "--erasures", elsewhere.listed)
    assert (code, complaint) == (0, "")
    assert f"Erased again 2 of what was erased since: child_file {file_id}, R-" in out
    assert held(there, referral_id, desk.hub_id) == {}
    assert held(there, referral_id, school.id) == held(there, concern_id, school.id) == {}
    assert set(documents(there, referral_id).values()) == {b""}
    assert certificates(there) == certificates(place)
    for actor in (desk.sam, second):
        with pytest.raises(Erased), there.opening() as services:
            services.hub_reading.read(actor, referral_id)
    with pytest.raises(Erased), there.opening() as services:
        services.concern_reading.open(school.lead, concern_id)
    with there.opening() as services:
        assert services.hub_reading.read(desk.sam, kept_id).child.given_name == "Maya"
        request_id = services.erasing.certificate(second, referral_id).request_id
        assert request_id is not None
        assert services.second_person.open(second, request_id).reason.startswith("Erased again")
        erased = services.unit.session.scalars(select(AuditEntry).where(AuditEntry.event == "case.erased"))
        assert [(row.subject_id, row.actor_id) for row in erased] == [(file_id, None), (referral_id, None)]
    assert prove(there).good
    tells_of_it_as_the_lost_one_did(elsewhere, capsys)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_erasure_that_was_asked_for_before_the_backup_is_not_asked_for_any_more(
    desk: Desk, second: Actor, elsewhere: Elsewhere, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    referral_id, place = closed(desk, desk.arrive()), desk.place
    with place.writing() as services:
        request_id = services.erasing.ask(desk.manager, REFERRAL, referral_id, "The time is over.")
    back_up(place, tmp_path)
    with place.writing() as services:
        services.second_person.approve(second, request_id)
    keep_list(place, elsewhere.listed)
    assert run(capsys, *elsewhere.words, "--erasures", elsewhere.listed)[0] == 0
    with elsewhere.place.opening() as services:
        assert services.second_person.waiting(second) == ()
        assert services.second_person.open(second, request_id).reason == "The time is over."


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("by_list", [True, False])
def test_what_is_there_again_for_want_of_the_list_or_of_whoever_approved_it_is_told(
    desk: Desk,
    people: People,
    elsewhere: Elsewhere,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    *,
    by_list: bool,
) -> None:
    referral_id, place = closed(desk, desk.arrive()), desk.place
    back_up(place, tmp_path)
    newcomer = people.actor(desk.hub_id, Role.DUTY_MANAGER, name="Lou Brand")
    erase(place, desk.manager, newcomer, REFERRAL, referral_id)
    keep_list(place, elsewhere.listed)
    code, out, _ = run(capsys, *elsewhere.words, *(("--erasures", elsewhere.listed) if by_list else ()))
    assert code == int(by_list)
    # What the restored database does not know of stays on the list.
    assert keep_list(elsewhere.place, elsewhere.listed) == (0, 1)
    assert ("NOT ERASED AGAIN: " if by_list else "SINCE THIS BACKUP IS THERE AGAIN") in out
    assert held(elsewhere.place, referral_id, desk.hub_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_is_restored_by_a_list_that_somebody_else_wrote(
    desk: Desk, second: Actor, elsewhere: Elsewhere, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    referral_id, other_id = closed(desk, desk.arrive()), closed(desk, desk.arrive())
    back_up(desk.place, tmp_path)
    erase(desk.place, desk.manager, second, REFERRAL, referral_id)
    keep_list(desk.place, elsewhere.listed)
    written = elsewhere.listed.read_text()
    for harm in (written.replace(str(referral_id), str(other_id)), written[:-9], "[]\n", "{}\n", "\n"):
        elsewhere.listed.write_text(harm)
        code, out, complaint = run(capsys, *elsewhere.words, "--erasures", elsewhere.listed)
        assert (code, out) == (2, "")
        assert "Line 1 of the list of erasures was not written with this key ring." in complaint
    elsewhere.listed.unlink()
    assert "cannot be read" in run(capsys, *elsewhere.words, "--erasures", elsewhere.listed)[2]
    with elsewhere.place.reading() as services:
        assert services.unit.session.scalars(select(SecondPersonRequest)).all() == []
