"""New keys for a case while its keys change hands: whoever holds it then opens it, and nobody else."""

import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select, text

from intake.casework.documents.referral import CaseNote
from intake.crypto.inventory import CASE_NOTE
from intake.ids import new_id
from intake.models.key_grant import KeyGrant
from intake.services.case_rotation import CaseRotation
from intake.services.key_keeping import SETTLED
from intake.services.workplace import Services
from intake.vocabulary import Compartment
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.place import TestPlace

Act = Callable[[Services], object]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("moved_first", [True, False])
def test_new_keys_and_a_change_of_hands_wait_for_each_other(
    desk: Desk, people: People, *, moved_first: bool
) -> None:
    case, next_hub = desk.acknowledged(), people.hub(slug="next-mash")
    with desk.place.writing() as services:
        services.notes.write(desk.sam, case, "Rang mum at 11:40.")
    acts: list[Act] = [
        lambda services: _move(services, case, desk.hub_id, next_hub),
        lambda services: services.case_key_keeping.add_keys(case),
    ]
    _one_while_the_other(desk.place, *(acts if moved_first else reversed(acts)))

    held = _held(desk.place, case)
    assert held.keys() == {desk.lead.organisation_id, next_hub}
    assert held[next_hub] == {"A": 2, "B": 2, "D": 2}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_older_key_stays_until_whoever_has_only_that_one_is_given_the_newest(
    desk: Desk, people: People
) -> None:
    case, place, late = desk.arrive(), desk.place, people.hub(slug="next-mash")
    with place.writing() as services:
        services.case_key_keeping.add_keys(case)
    with place.writing() as services:
        # As a unit leaves it that began before there were new keys.
        services.keys.share(case, Compartment.IDENTITY, by=desk.hub_id, with_organisation=late)
        newest = (KeyGrant.organisation_id == late, KeyGrant.generation == 2)
        services.unit.session.execute(delete(KeyGrant).where(*newest))
        for sealed in services.case_key_keeping.columns(case):
            services.case_key_keeping.reseal(case, sealed)
    place.clock.instant += SETTLED + timedelta(seconds=1)
    with place.writing() as services:
        services.case_key_keeping.retire(case)
    assert _held(place, case)[late] == {"D": 1}

    assert CaseRotation(place).run(case).finished
    assert _held(place, case)[late] == {"D": 2}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_unit_that_began_before_there_were_new_keys_gives_whoever_it_seals_to_those_too(
    desk: Desk, people: People
) -> None:
    case, place, late = desk.acknowledged(), desk.place, people.hub(slug="next-mash")
    with place.writing() as services:
        services.notes.write(desk.sam, case, "Rang mum at 11:40.")
    with place.writing() as services:
        services.keys.load((case,), holder=desk.hub_id)
        with place.writing() as operator:
            operator.case_key_keeping.add_keys(case)
        words = CaseNote("Rang mum again.", "Sam")
        binding = CASE_NOTE.place(row_id=new_id(), case_id=case)
        services.keys.seal(words, binding, holders=(desk.hub_id, late))
        services.notes.write(desk.sam, case, "Rang mum again.")
    with place.reading() as services:
        given = select(KeyGrant.generation).where(KeyGrant.organisation_id == late)
        assert set(services.unit.session.scalars(given)) == {1, 2}


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_key_that_was_destroyed_is_not_given_to_anybody_by_a_unit_that_still_knows_it(
    desk: Desk, people: People
) -> None:
    case, place, late = desk.arrive(), desk.place, people.hub(slug="next-mash")
    with place.writing() as services:
        services.case_key_keeping.add_keys(case)
        for sealed in services.case_key_keeping.columns(case):
            services.case_key_keeping.reseal(case, sealed)
    place.clock.instant += SETTLED + timedelta(seconds=1)
    with place.writing() as services:
        services.keys.load((case,), holder=desk.hub_id)
        assert CaseRotation(place).run(case).finished
        services.keys.share(case, Compartment.IDENTITY, by=desk.hub_id, with_organisation=late)
    with place.reading() as services:
        assert not services.case_key_keeping.is_under_way(case)
    assert _held(place, case)[late] == {"D": 2}


def _move(services: Services, case: UUID, giver: UUID, taker: UUID) -> None:
    for part in services.keys.held(case, giver):
        services.keys.share(case, part, by=giver, with_organisation=taker)
        services.keys.end(case, part, organisation_id=giver)


def _one_while_the_other(place: TestPlace, first: Act, second: Act) -> None:
    """Do one, and before it is committed begin the other: until that waits for it, or is through."""

    def do() -> None:
        with place.writing() as services:
            second(services)

    other = threading.Thread(target=do)
    with place.writing() as services:
        first(services)
        services.unit.session.flush()
        other.start()
        while other.is_alive() and not _somebody_waits(place):
            other.join(0.01)
    other.join()


def _somebody_waits(place: TestPlace) -> bool:
    with place.database.engine.connect() as connection:
        return bool(connection.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))


def _held(place: TestPlace, case: UUID) -> dict[UUID, dict[str, int]]:
    """Return the newest key of each part that each organisation holds."""
    held: dict[UUID, dict[str, int]] = {}
    with place.reading() as services:
        standing = select(KeyGrant).where(KeyGrant.case_id == case, KeyGrant.ended_at.is_(None))
        for grant in services.unit.session.scalars(standing.order_by(KeyGrant.generation)):
            held.setdefault(grant.organisation_id, {})[grant.compartment] = grant.generation
    return held


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_was_destroyed_of_keys_is_in_no_file_of_sqlite(desk: Desk, tmp_path: Path) -> None:
    case, place = desk.acknowledged(), desk.place
    with place.reading() as services:
        rows = services.unit.session.scalars(select(KeyGrant.wrapped).where(KeyGrant.case_id == case))
        old = [wrapped[-24:] for wrapped in rows]

    def bytes_there() -> bytes:
        return b"".join(path.read_bytes() for path in sorted(tmp_path.glob("intake.sqlite3*")))

    assert not CaseRotation(place).run(case).finished
    assert all(each in bytes_there() for each in old)
    place.clock.instant += SETTLED + timedelta(seconds=1)
    assert CaseRotation(place).run(case).finished
    left = bytes_there()
    assert [each for each in old if each in left] == []
