"""What two people allow to be done afterwards: precisely that, once, within a day, and in both trails."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from intake.casework.pack_asked import PackAsked
from intake.errors import NotFound, Refused
from intake.models.audit import AuditEntry
from intake.models.person import Person
from intake.policy.actor import Actor
from intake.queries.looks import Period
from intake.services.case_keys import CaseKeyKeeping
from intake.services.case_rotation import CaseRotation
from intake.vocabulary import KeyChange, RequestKind, Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.place import TestPlace

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WHY = "A disk was stolen."
ROOT = (KeyChange.ROOT,)


@pytest.fixture
def two(place: TestPlace, people: People, desk: Desk) -> tuple[Actor, Actor]:
    """Two administrators of the hub who can sign in."""
    found = tuple(people.actor(desk.hub_id, Role.ADMINISTRATOR) for _ in range(2))
    with place.writing() as services:
        services.unit.session.execute(update(Person).values(password_hash="set"))
    return found[0], found[1]


def _asked(place: TestPlace, actor: Actor, codes: tuple[str, ...]) -> UUID:
    with place.writing() as services:
        return services.requests.ask_here(actor, RequestKind.KEYS, codes, WHY)


def _approve(place: TestPlace, actor: Actor, request_id: UUID) -> None:
    with place.writing() as services:
        services.second_person.approve(actor, request_id)


def _use(place: TestPlace, codes: tuple[str, ...]) -> bool:
    with place.writing() as services:
        approvals = services.approvals
        return approvals.use_at_machine(RequestKind.KEYS, codes, approvals.organisations())


def test_a_change_of_keys_is_done_once_and_only_as_it_was_allowed(
    place: TestPlace, two: tuple[Actor, Actor]
) -> None:
    request_id = _asked(place, two[0], ROOT)
    with pytest.raises(Refused):
        _use(place, ROOT)
    with pytest.raises(NotFound):
        _approve(place, two[0], request_id)
    _approve(place, two[1], request_id)
    with pytest.raises(Refused):
        _use(place, (KeyChange.ESCROW,))
    assert _use(place, ROOT)
    with pytest.raises(Refused):
        _use(place, ROOT)
    with place.reading() as services:
        used = select(AuditEntry.organisation_id).where(AuditEntry.event == "second_person.used")
        told = set(services.unit.session.scalars(used))
    assert (len(told), two[0].organisation_id in told) == (2, True)


def test_what_was_allowed_is_good_for_a_day(place: TestPlace, two: tuple[Actor, Actor]) -> None:
    _approve(place, two[1], _asked(place, two[0], ROOT))
    place.clock.instant += timedelta(days=1)
    with pytest.raises(Refused):
        _use(place, ROOT)


def test_where_no_two_could_be_asked_it_is_done_and_told(
    place: TestPlace, desk: Desk, people: People
) -> None:
    people.actor(desk.hub_id, Role.ADMINISTRATOR)
    assert not _use(place, ROOT)
    with place.reading() as services:
        told = services.unit.session.scalars(
            select(AuditEntry.event).where(AuditEntry.event == "second_person.nobody")
        )
        assert len(told.all()) == 1


def test_new_keys_of_a_case_that_were_interrupted_go_on_without_asking_again(
    place: TestPlace, desk: Desk, two: tuple[Actor, Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, rotation = desk.acknowledged(), CaseRotation(place)
    with pytest.raises(Refused):
        rotation.run(case)
    _approve(place, two[1], _asked(place, two[0], (KeyChange.CASE, desk.referrals.header(case).reference)))
    with monkeypatch.context() as patched:
        patched.setattr(CaseKeyKeeping, "reseal", _killed)
        with pytest.raises(KeyboardInterrupt):
            rotation.run(case)
    assert rotation.run(case).documents
    place.clock.instant += timedelta(minutes=20)
    assert rotation.run(case).finished
    with pytest.raises(Refused):
        rotation.run(case)


def _killed(*_: object) -> int:
    raise KeyboardInterrupt


def test_a_pack_is_made_once_by_whoever_asked_for_it(
    place: TestPlace, desk: Desk, two: tuple[Actor, Actor]
) -> None:
    period = Period(place.clock.now(), place.clock.now() + timedelta(hours=1))
    asked = {
        whole: PackAsked(period.begins, period.ends, desk.jo.person_id, whole=whole)
        for whole in (False, True)
    }
    with place.writing() as services:
        ids = {whole: services.packs.ask(desk.manager, each, WHY) for whole, each in asked.items()}
    with pytest.raises(Refused), place.opening() as services:
        services.packs.make(desk.manager, ids[False])
    for request_id in ids.values():
        _approve(place, two[0], request_id)
    with pytest.raises(Refused) as refused, place.opening() as services:
        services.packs.make(desk.manager, ids[True])
    assert refused.value.message == "pack.at_machine"
    with place.opening() as services:
        pack = services.packs.make(desk.manager, ids[False])
    assert (pack.period, pack.about) == (period, "Jo Marsh")
    with pytest.raises(Refused), place.opening() as services:
        services.packs.make(desk.manager, ids[False])
