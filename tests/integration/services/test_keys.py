"""The keys of cases: made once, held by those who may open, and by nobody else."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from intake.audit.event import Subject
from intake.audit.events.concerns import ConcernRead
from intake.audit.log import AuditLog
from intake.casework.documents.concern import KeptReason
from intake.casework.documents.person import FormDraft
from intake.clock import SetClock
from intake.crypto.binding import Binding
from intake.crypto.data_keys import DataKey
from intake.crypto.grants import wrap_under
from intake.crypto.inventory import CONCERN_KEPT, FORM_DRAFT
from intake.crypto.key_ring import KeyRing
from intake.db import Database
from intake.errors import CannotOpen
from intake.ids import new_id
from intake.models.key_grant import KeyGrant
from intake.models.organisation import Organisation
from intake.services.holders import newest_pairs
from intake.services.keys import CaseKeys
from intake.vocabulary import Compartment, OrganisationKind, SubjectKind

_RING = KeyRing.new()
_CLOCK = SetClock(datetime(2026, 11, 23, 10, tzinfo=UTC))
_SCHOOL, _HUB, _OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
_CASE = UUID(int=10)
_WORDS = KeptReason(reason="Her gran collects her.", doing_instead="", feedback_to_reporter="")
_PLACE = CONCERN_KEPT.place(row_id=_CASE, case_id=_CASE)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Somewhere to seal and open, on one database with three organisations in it."""

    database: Database

    @contextmanager
    def writing(self) -> Iterator[CaseKeys]:
        with self.database.writing() as unit:
            audit = AuditLog(unit, _CLOCK, _RING)
            audit.record(
                ConcernRead(),
                actor=None,
                organisation_id=_SCHOOL,
                subject=Subject(SubjectKind.CONCERN, _CASE),
            )
            yield CaseKeys(unit, _CLOCK, _RING, audit)

    @contextmanager
    def reading(self) -> Iterator[CaseKeys]:
        with self.database.reading() as unit:
            yield CaseKeys(unit, _CLOCK, _RING, AuditLog(unit, _CLOCK, _RING))

    def seal(self, *holders: UUID, place: Binding = _PLACE) -> bytes:
        with self.writing() as keys:
            return keys.seal(_WORDS, place, holders=holders)

    def opens(self, blob: bytes, holder: UUID, place: Binding = _PLACE) -> bool:
        with self.reading() as keys:
            try:
                return keys.unseal_on_record(KeptReason, blob, place, holder=holder) == _WORDS
            except CannotOpen:
                return False

    def count(self) -> int:
        with self.database.reading() as unit:
            return unit.session.scalars(select(func.count()).select_from(KeyGrant)).one()


@pytest.fixture(name="desk")
def _desk(database: Database) -> _Desk:
    with database.writing() as unit:
        for number, kind in enumerate(
            (OrganisationKind.SCHOOL, OrganisationKind.HUB, OrganisationKind.HUB), 1
        ):
            unit.session.add(
                Organisation(
                    id=UUID(int=number),
                    kind=kind,
                    name=f"Organisation {number} (test)",
                    authority_code="E06000006",
                    made_at=_CLOCK.now(),
                )
            )
    return _Desk(database)


def test_those_who_hold_the_key_open_the_words_and_nobody_else(desk: _Desk) -> None:
    blob = desk.seal(_SCHOOL, _HUB)
    assert desk.opens(blob, _SCHOOL)
    assert desk.opens(blob, _HUB)
    assert not desk.opens(blob, _OTHER)
    assert desk.count() == 2


def test_a_second_document_of_the_case_is_sealed_under_the_same_key(desk: _Desk) -> None:
    first, second = desk.seal(_SCHOOL), desk.seal(_SCHOOL)
    assert first[:6] == second[:6]
    assert desk.count() == 1
    assert desk.opens(first, _SCHOOL)
    assert desk.opens(second, _SCHOOL)


def test_two_documents_sealed_in_one_unit_share_a_key(desk: _Desk) -> None:
    with desk.writing() as keys:
        blobs = [keys.seal(_WORDS, _PLACE, holders=(_SCHOOL,)) for _ in range(2)]
        assert keys.unseal_on_record(KeptReason, blobs[0], _PLACE, holder=_SCHOOL) == _WORDS
    assert desk.count() == 1
    assert all(desk.opens(blob, _SCHOOL) for blob in blobs)


def test_each_compartment_has_a_key_of_its_own(desk: _Desk) -> None:
    desk.seal(_SCHOOL)
    hub_place = Binding("case_note", "note_sealed", _CASE, _CASE, Compartment.HUB, 1)
    blob = desk.seal(_HUB, place=hub_place)
    assert desk.count() == 2
    assert desk.opens(blob, _HUB, hub_place)
    assert not desk.opens(blob, _SCHOOL, hub_place)


def test_who_is_named_later_is_granted_the_key_that_is_there(desk: _Desk) -> None:
    before = desk.seal(_SCHOOL)
    after = desk.seal(_SCHOOL, _HUB)
    assert desk.count() == 2
    assert desk.opens(before, _HUB)
    assert desk.opens(after, _HUB)


def test_nobody_seals_into_a_case_whose_key_they_do_not_hold(desk: _Desk) -> None:
    desk.seal(_SCHOOL)
    with pytest.raises(CannotOpen, match="none of these organisations"):
        desk.seal(_OTHER)
    assert desk.count() == 1


def test_a_case_begun_in_this_unit_needs_no_looking_up(desk: _Desk) -> None:
    with desk.writing() as keys:
        keys.begin(_CASE, (Compartment.SCHOOL, Compartment.IDENTITY), holders=(_SCHOOL, _HUB))
        blob = keys.seal(_WORDS, _PLACE, holders=(_SCHOOL, _HUB))
    assert desk.count() == 4
    assert desk.opens(blob, _HUB)


def test_a_key_is_shared_and_its_holding_ended(desk: _Desk) -> None:
    blob = desk.seal(_SCHOOL)
    with desk.writing() as keys:
        keys.share(_CASE, Compartment.SCHOOL, by=_SCHOOL, with_organisation=_HUB)
        assert keys.unseal_on_record(KeptReason, blob, _PLACE, holder=_HUB) == _WORDS
    assert desk.opens(blob, _HUB)
    with desk.writing() as keys:
        keys.end(_CASE, Compartment.SCHOOL, organisation_id=_HUB)
        with pytest.raises(CannotOpen):
            keys.unseal_on_record(KeptReason, blob, _PLACE, holder=_HUB)
    assert not desk.opens(blob, _HUB)
    assert desk.opens(blob, _SCHOOL)


def test_an_organisation_whose_holding_ended_does_not_seal_or_share_any_more(desk: _Desk) -> None:
    desk.seal(_SCHOOL, _HUB)
    with desk.writing() as keys:
        keys.end(_CASE, Compartment.SCHOOL, organisation_id=_HUB)
    with pytest.raises(CannotOpen):
        desk.seal(_HUB)
    with pytest.raises(CannotOpen, match="no key to share"), desk.writing() as keys:
        keys.share(_CASE, Compartment.SCHOOL, by=_HUB, with_organisation=_OTHER)


def test_a_holding_that_ended_can_be_given_again(desk: _Desk) -> None:
    blob = desk.seal(_SCHOOL, _HUB)
    with desk.writing() as keys:
        keys.end(_CASE, Compartment.SCHOOL, organisation_id=_HUB)
    with desk.writing() as keys:
        keys.share(_CASE, Compartment.SCHOOL, by=_SCHOOL, with_organisation=_HUB)
    assert desk.opens(blob, _HUB)
    assert desk.count() == 2


def test_sharing_twice_changes_nothing(desk: _Desk) -> None:
    desk.seal(_SCHOOL, _HUB)
    with desk.writing() as keys:
        keys.share(_CASE, Compartment.SCHOOL, by=_SCHOOL, with_organisation=_HUB)
    assert desk.count() == 2


def test_an_older_generation_still_opens_and_the_newest_seals(desk: _Desk) -> None:
    first = desk.seal(_SCHOOL)
    newer = DataKey.new(_CASE, Compartment.SCHOOL, generation=2)
    with desk.database.writing() as unit:
        grant = wrap_under(newest_pairs(unit.session, _RING)[_SCHOOL], newer)
        unit.session.add(
            KeyGrant(
                id=new_id(),
                case_id=_CASE,
                compartment=Compartment.SCHOOL,
                generation=2,
                organisation_id=_SCHOOL,
                suite=grant.suite,
                kid=grant.kid,
                wrapped=grant.wrapped,
                commitment=grant.commitment,
                granted_at=_CLOCK.now(),
            )
        )
    second = desk.seal(_SCHOOL)
    assert second[2:6] == b"\0\0\0\2"
    assert desk.opens(first, _SCHOOL)
    assert desk.opens(second, _SCHOOL)


def test_keys_of_many_cases_are_fetched_in_one_query(desk: _Desk) -> None:
    cases = [UUID(int=100 + number) for number in range(5)]
    places = [CONCERN_KEPT.place(row_id=case, case_id=case) for case in cases]
    blobs = [desk.seal(_SCHOOL, place=place) for place in places]
    with desk.database.reading() as unit:
        keys = CaseKeys(unit, _CLOCK, _RING, AuditLog(unit, _CLOCK, _RING))
        keys.load(cases, holder=_SCHOOL)
        unit.session.close()
        unit.session.bind = None
        for blob, place in zip(blobs, places, strict=True):
            assert keys.unseal_on_record(KeptReason, blob, place, holder=_SCHOOL) == _WORDS


def test_words_about_a_child_do_not_open_without_a_record(desk: _Desk) -> None:
    blob = desk.seal(_SCHOOL)
    with desk.reading() as keys, pytest.raises(RuntimeError, match="on the record"):
        keys.unseal(KeptReason, blob, _PLACE, holder=_SCHOOL)


def test_a_draft_opens_for_its_author_without_one(desk: _Desk) -> None:
    draft = FormDraft(path="/concerns/new", fields=(("happened", "She said"),))
    place = FORM_DRAFT.place(row_id=new_id(), case_id=UUID(int=50), version=3)
    with desk.database.writing() as unit:
        blob = CaseKeys(unit, _CLOCK, _RING, AuditLog(unit, _CLOCK, _RING)).seal(
            draft, place, holders=(_SCHOOL,)
        )
    with desk.reading() as keys:
        assert keys.unseal(FormDraft, blob, place, holder=_SCHOOL) == draft


def test_an_altered_grant_gives_no_key(desk: _Desk) -> None:
    blob = desk.seal(_SCHOOL)
    with desk.database.writing() as unit:
        grant = unit.session.scalars(select(KeyGrant)).one()
        grant.commitment = bytes(16)
    assert not desk.opens(blob, _SCHOOL)


def test_two_units_that_seal_first_into_one_case_agree_on_its_key(desk: _Desk) -> None:
    blobs: list[bytes] = []
    failures: list[BaseException] = []
    gate = threading.Barrier(2)

    def work(*holders: UUID) -> None:
        try:
            gate.wait(10)
            blobs.append(desk.seal(*holders))
        except BaseException as failure:  # noqa: BLE001 - shown by the test
            failures.append(failure)

    threads = [threading.Thread(target=work, args=holders) for holders in ((_SCHOOL, _HUB), (_HUB, _OTHER))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert failures == []
    assert all(desk.opens(blob, _HUB) for blob in blobs)
    assert desk.count() == 3
