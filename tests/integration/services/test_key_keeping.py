"""New roots, pairs and data keys: made while people work, finished after any stop, the old let go of."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select, update

from intake.audit.events import EVENTS
from intake.crypto.binding import Binding
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import seal
from intake.crypto.grants import SUITE_HOLDER, Grant, wrap_under
from intake.crypto.key_file import RingFile
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import SUITE_HYBRID, KeptPair, KeyPair
from intake.crypto.ring_keys import RingKeys
from intake.errors import CannotOpen, NotFound
from intake.models.audit import AuditEntry
from intake.models.key_grant import KeyGrant, OrganisationKey
from intake.models.person import Membership, Person, RecoveryCode
from intake.services import case_keys, holders
from intake.services.case_keys import CaseKeyKeeping
from intake.services.holders import Holders
from intake.services.key_keeping import SETTLED, KeyKeeping, Left
from intake.services.workplace import Services
from intake.vocabulary import Role
from tests.factories.hub_work import Desk
from tests.factories.people import People
from tests.support.matrix import kept
from tests.support.noted import noted
from tests.support.place import TestPlace
from tests.support.rotating import (
    grants_of,
    prove,
    retire_everything,
    rotate_under_load,
)

#: `make security` asks for more.
_STOPS = int(os.environ.get("PASS_IT_ON_STOPS", "6"))


@pytest.fixture(name="case")
def _case(desk: Desk) -> UUID:
    """A referral in which something of every kind was written."""
    referral_id = desk.decided()
    desk.minuted(desk.meeting(referral_id))
    with desk.place.writing() as services:
        services.notes.write(desk.sam, referral_id, "Rang mum at 11:40.")
    return referral_id


def _opens(desk: Desk, case: UUID) -> bool:
    with desk.place.opening() as services:
        return len(services.hub_reading.read(desk.sam, case).history) > 0


def test_every_key_made_anew_under_load_and_after_every_stop_leaves_everything_readable(
    desk: Desk, case: UUID
) -> None:
    place, ring = desk.place, desk.place.tools.key_ring
    rotated = rotate_under_load(desk, case, stops=_STOPS, seed=24)
    assert rotated.failures == []
    assert rotated.stops == _STOPS
    assert min(rotated.written, rotated.read) > 0
    assert _opens(desk, case)

    retire_everything(place, case)

    with place.reading() as services:
        assert services.key_keeping.left() == Left(0, 0)
        kept = services.unit.session.scalars(
            select(OrganisationKey.version).where(OrganisationKey.private_half.is_not(None))
        ).all()
        assert set(kept) == {2}
    assert ring.root_kids == (ring.active,) != (1,)
    assert grants_of(place, KeyGrant.suite != SUITE_HOLDER) == 0
    assert grants_of(place, KeyGrant.case_id == case, KeyGrant.generation == 1) == 0
    proof = prove(place)
    assert proof.good
    assert proof.opened > 10
    assert _opens(desk, case)
    assert set(noted(place).values()) == {True}


def test_what_was_done_with_the_keys_stands_in_the_trail_of_the_installation(desk: Desk, case: UUID) -> None:
    rotate_under_load(desk, case, stops=0, seed=1)
    retire_everything(desk.place, case)
    with desk.place.reading() as services:
        found = set(services.unit.session.scalars(select(AuditEntry.event)))
    wanted = {"root.added", "root.retired", "pair.added", "pair.retired", "keys.resealed"}
    wanted |= {"case_key.added", "case.resealed", "case_key.retired"}
    assert wanted <= found & set(EVENTS)


def test_what_is_sealed_to_a_holder_is_wrapped_to_open_quickly_by_whoever_first_writes(
    desk: Desk, case: UUID
) -> None:
    arrived = desk.arrive()
    assert grants_of(desk.place, KeyGrant.case_id == arrived, KeyGrant.suite == SUITE_HYBRID) > 0
    with desk.place.writing() as services:
        services.notes.write(desk.sam, arrived, "First words.")
    with desk.place.writing() as services:
        services.notes.write(desk.sam, arrived, "And more.")
    of_hub = (KeyGrant.case_id == arrived, KeyGrant.organisation_id == desk.hub_id)
    assert grants_of(desk.place, *of_hub, KeyGrant.compartment == "B", KeyGrant.suite == SUITE_HOLDER) == 1


def test_a_key_is_not_let_go_of_while_somebody_could_be_using_it(desk: Desk, case: UUID) -> None:
    place = desk.place
    with place.writing() as services:
        services.key_keeping.add_root()
    with place.writing() as services:
        services.key_keeping.keep_pairs_anew()
        services.key_keeping.add_pair(desk.hub_id)
    with place.writing() as services:
        services.case_key_keeping.add_keys(case)
    with place.writing() as services:
        services.key_keeping.rewrap(size=10_000)
    place.clock.instant += SETTLED - timedelta(seconds=1)
    with place.writing() as services:
        retired = services.key_keeping.retire()
        assert (retired.pairs, retired.roots) == (0, ())
        assert services.case_key_keeping.retire(case) == 0
    assert _opens(desk, case)


def test_a_grant_that_does_not_open_is_left_as_it_is_and_told(desk: Desk, case: UUID) -> None:
    with desk.place.writing() as services:
        bad = services.unit.session.scalars(select(KeyGrant.id).where(KeyGrant.case_id == case)).first()
        services.unit.session.execute(
            update(KeyGrant).where(KeyGrant.id == bad).values(suite=SUITE_HYBRID, wrapped=b"not a grant")
        )
    with desk.place.writing() as services:
        batch = services.key_keeping.rewrap(size=10_000)
    assert batch.unopened == (bad,)
    assert batch.grants > 0
    assert grants_of(desk.place, KeyGrant.wrapped == b"not a grant") == 1


def _keep_another(patch: pytest.MonkeyPatch) -> None:
    def keep(ring: KeyRing, pair: KeyPair) -> KeptPair:
        return right(ring, KeyPair.new(pair.holder, pair.version))

    right = KeyRing.keep_pair
    patch.setattr(KeyRing, "keep_pair", keep)


def _wrap_another(patch: pytest.MonkeyPatch) -> None:
    def wrap(pair: KeyPair, key: DataKey) -> Grant:
        return wrap_under(pair, DataKey.new(key.case_id, key.compartment, generation=key.generation))

    patch.setattr(holders, "wrap_under", wrap)


def _seal_others(patch: pytest.MonkeyPatch) -> None:
    def seal_more(words: bytes, *, key: DataKey, binding: Binding) -> bytes:
        return seal(words + b" ", key=key, binding=binding)

    patch.setattr(case_keys, "seal", seal_more)


def _reseal(services: Services, case: UUID) -> None:
    for sealed in services.case_key_keeping.columns(case):
        services.case_key_keeping.reseal(case, sealed)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("spoil", "act"),
    [
        (_keep_another, lambda services, _case: services.key_keeping.keep_pairs_anew()),
        (_wrap_another, lambda services, _case: services.key_keeping.rewrap()),
        (_seal_others, _reseal),
    ],
    ids=["pair", "grant", "document"],
)
def test_what_opens_as_something_else_does_not_take_the_place_of_what_was_there(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[pytest.MonkeyPatch], None],
    act: Callable[[Services, UUID], object],
) -> None:
    case = desk.arrive()
    with desk.place.writing() as services:
        services.key_keeping.add_root()
        services.case_key_keeping.add_keys(case)
    before = kept(desk.place)
    with monkeypatch.context() as spoilt:
        spoil(spoilt)
        with pytest.raises(CannotOpen, match="does not open again"), desk.place.writing() as services:
            act(services, case)
    assert kept(desk.place) == before
    with desk.place.writing() as services:
        act(services, case)
    assert kept(desk.place) != before


def test_another_ring_touches_nothing(desk: Desk, case: UUID) -> None:
    stranger = KeyRing.new()
    with desk.place.reading() as services:
        unit, clock = services.unit, services.tools.clock
        holders = Holders(unit, clock, stranger)
        work = KeyKeeping(unit, clock, stranger, services.audit, holders)
        assert work.left() == Left(0, 0)
        assert (work.keep_pairs_anew(), work.rewrap().grants) == (0, 0)
        with pytest.raises(CannotOpen, match="not kept by this key ring"):
            work.add_pair(desk.hub_id)
        with pytest.raises(NotFound):
            CaseKeyKeeping(unit, clock, stranger, services.audit, holders).parts(case)


def test_losing_every_password_telephone_and_administrator_loses_no_record(desk: Desk, case: UUID) -> None:
    before = prove(desk.place).opened
    with desk.place.writing() as services:
        session, now = services.unit.session, desk.place.clock.now()
        session.execute(update(Person).values(password_hash=None, seed_sealed=None))
        session.execute(delete(RecoveryCode))
        administrators = update(Membership).where(Membership.role == Role.ADMINISTRATOR)
        session.execute(administrators.values(to_at=now))
        session.execute(update(Person).where(Person.id != desk.sam.person_id).values(disabled_at=now))
    assert _opens(desk, case)
    proof = prove(desk.place)
    assert proof.good
    assert proof.opened == before


def test_a_public_key_that_somebody_put_in_place_of_ours_is_not_sealed_to(desk: Desk) -> None:
    with desk.place.writing() as services:
        services.unit.session.execute(update(OrganisationKey).values(public_half=b"\1" * 1216))
    with pytest.raises(CannotOpen, match="not the one that was made"):
        desk.arrive()


def test_an_organisation_without_a_pair_is_given_one_when_it_is_first_needed(
    place: TestPlace, desk: Desk
) -> None:
    with place.writing() as services:
        assert services.holders.make_missing() == 0
    assert _opens(desk, desk.arrive())


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_keeps_the_ring_is_asked_once_for_many_pairs_and_for_none_that_is_wrapped_anew(
    place: TestPlace, people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring, asked = KeyRing.create(tmp_path / "keys" / "ring.json"), list[RingFile]()
    ring.add_root()
    read = RingFile.read

    def ask(file: RingFile) -> RingKeys:
        asked.append(file)
        return read(file)

    monkeypatch.setattr(RingFile, "read", ask)
    here = TestPlace(place.database, replace(place.tools, key_ring=ring))
    for name in ("One", "Two", "Three"):
        people.school(name=f"{name} (test)")
    with here.writing() as services:
        assert services.holders.make_missing() == 3
    assert len(asked) == 1
    ring.add_root()
    asked.clear()
    with here.writing() as services:
        assert services.key_keeping.keep_pairs_anew() == 3
    assert asked == []
