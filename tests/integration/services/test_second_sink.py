"""The database takes nothing: what is opened is kept beside it, entered later, once; or nothing is opened."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from intake.audit.recorded import KEPT
from intake.audit.spool import Batch, Spool
from intake.audit.trail import Trail
from intake.crypto.binding import Binding
from intake.crypto.data_keys import DataKey
from intake.crypto.envelope import open_sealed
from intake.errors import NotConfirmed, NotContinued
from intake.models.audit import AuditBatch, AuditEntry
from intake.services import keys
from intake.services.concern_reading import OpenConcern
from intake.services.kept_beside import KeptBeside
from intake.services.keys import UNRECORDED
from intake.vocabulary import Compartment
from tests.factories.people import People
from tests.factories.school import School, make_school
from tests.support.only_read import disk_full, full_at_the_commit, only_read
from tests.support.place import TestPlace


@pytest.fixture(name="sinks")
def _sinks(place: TestPlace, tmp_path: Path) -> TestPlace:
    """The workplace with a second sink."""
    return _with_spool(place, tmp_path / "spool")


@pytest.fixture(name="here")
def _here(sinks: TestPlace) -> School:
    return make_school(sinks, People(sinks))


def _with_spool(place: TestPlace, path: Path) -> TestPlace:
    return TestPlace(place.database, replace(place.tools, spool=Spool(path, place.tools.key_ring)))


def _open(place: TestPlace, school: School, concern: UUID) -> OpenConcern:
    with place.opening() as services:
        return services.concern_reading.open(school.lead, concern)


def _openings(place: TestPlace, concern: UUID) -> list[dict[str, object]]:
    with place.reading() as services:
        found = services.unit.session.scalars(
            select(AuditEntry.detail)
            .where(AuditEntry.event == "concern.opened", AuditEntry.subject_id == concern)
            .order_by(AuditEntry.seq)
        )
        return [json.loads(each) for each in found]


def _is_whole(place: TestPlace) -> bool:
    with place.reading() as services:
        checked = [*Trail(services.unit.session, place.tools.key_ring).check_everything()]
    return bool(checked) and all(each.whole for each in checked)


def test_what_was_opened_while_nothing_could_be_written_is_entered_later_and_once(
    sinks: TestPlace, here: School
) -> None:
    concern = here.record()
    with only_read(sinks.database):
        for _ in range(2):
            assert "silver car" in _open(sinks, here, concern).words.happened
        assert _openings(sinks, concern) == []
        assert sinks.tools.spool is not None
        assert (sinks.tools.spool.waiting(), sinks.tools.kept_beside()) == (2, True)
    beside = KeptBeside(sinks)
    assert (beside.round(), beside.round()) == (2, 0)
    assert not sinks.tools.kept_beside()
    entered = _openings(sinks, concern)
    assert len({json.dumps(said[KEPT]) for said in entered}) == len(entered) == 2
    assert _is_whole(sinks)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_disk_that_is_full_in_the_middle_of_the_day_is_the_same(sinks: TestPlace, here: School) -> None:
    concern = here.record()
    assert sinks.tools.spool is not None
    with disk_full(sinks.database):
        for _ in range(100):
            assert "silver car" in _open(sinks, here, concern).words.happened
            if sinks.tools.spool.waiting() == 3:
                break
        kept_here = len(_openings(sinks, concern))
    assert KeptBeside(sinks).round() == 3
    assert len(_openings(sinks, concern)) == kept_here + 3
    assert _is_whole(sinks)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_only_the_commit_itself_lost_is_kept_beside(sinks: TestPlace, here: School) -> None:
    concern = here.record()
    with full_at_the_commit(sinks.database):
        assert "silver car" in _open(sinks, here, concern).words.happened
    assert _openings(sinks, concern) == []
    assert KeptBeside(sinks).round() == 1
    assert len(_openings(sinks, concern)) == 1
    assert _is_whole(sinks)


@pytest.mark.parametrize("second", ["none", "not mounted"])
def test_where_neither_takes_the_record_no_word_is_opened(
    place: TestPlace, tmp_path: Path, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    sinks = place if second == "none" else _with_spool(place, tmp_path / "not mounted" / "spool")
    here = make_school(sinks, People(sinks))
    concern = here.record()
    opened: list[Compartment] = []

    def look(blob: bytes, *, key: DataKey, binding: Binding) -> bytes:
        opened.append(binding.compartment)
        return open_sealed(blob, key=key, binding=binding)

    monkeypatch.setattr(keys, "open_sealed", look)
    with only_read(sinks.database), pytest.raises(NotConfirmed):
        _open(sinks, here, concern)
    assert {*opened} <= UNRECORDED
    assert _openings(sinks, concern) == []
    _open(sinks, here, concern)
    assert not {*opened} <= UNRECORDED


def test_a_write_is_never_kept_beside(sinks: TestPlace, here: School) -> None:
    with only_read(sinks.database), pytest.raises(Exception, match=r"(?i)read-?only"):
        here.record()
    assert not sinks.tools.kept_beside()


def test_where_the_entering_is_cut_off_after_its_commit_nothing_is_entered_twice(
    sinks: TestPlace, here: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    concern = here.record()
    with only_read(sinks.database):
        _open(sinks, here, concern)
    beside, enter = KeptBeside(sinks), KeptBeside._enter  # noqa: SLF001 - cut off just after it

    def cut_off(self: KeptBeside, batches: Sequence[Batch]) -> None:
        enter(self, batches)
        raise KeyboardInterrupt

    monkeypatch.setattr(KeptBeside, "_enter", cut_off)
    with pytest.raises(KeyboardInterrupt):
        beside.round()
    monkeypatch.undo()
    assert sinks.tools.kept_beside()
    assert beside.round() == 1
    assert len(_openings(sinks, concern)) == 1
    with sinks.reading() as services:
        assert services.unit.session.scalar(select(func.count()).select_from(AuditBatch)) == 1


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_of_a_spool_that_somebody_changed_nothing_is_entered(
    sinks: TestPlace, here: School, tmp_path: Path
) -> None:
    concern = here.record()
    with only_read(sinks.database):
        _open(sinks, here, concern)
    file = tmp_path / "spool"
    file.write_bytes(file.read_bytes().replace(b"concern.opened", b"concern.listed"))
    with pytest.raises(NotContinued):
        KeptBeside(sinks).round()
    assert _openings(sinks, concern) == []
    assert sinks.tools.kept_beside()


def test_a_place_without_a_second_sink_has_nothing_to_enter(place: TestPlace) -> None:
    assert KeptBeside(place).round() == 0
    assert not place.tools.kept_beside()
