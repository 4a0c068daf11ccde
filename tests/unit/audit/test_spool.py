"""The second sink: on the disk before it returns, once each, and nothing of it where somebody changed it."""

import resource
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from intake.audit.event import INSTALLATION, Subject
from intake.audit.recorded import KEPT, Person, Recorded
from intake.audit.spool import Batch, Spool
from intake.crypto.key_ring import KeyRing
from intake.crypto.ring_keys import RingKeys
from intake.errors import NotConfirmed, NotContinued
from intake.vocabulary import SubjectKind

_RING = KeyRing.new()
_AT = datetime(2026, 11, 23, 10, tzinfo=UTC)
_HUB, _CASE = UUID(int=1), UUID(int=10)
#: A batch as it was once kept, under the ring of nothing but zeros.
_LINE = (
    '{"at":"2026-11-23T10:00:00.000000+00:00","before":"0000000000000000000000000000000000000000000000000000000000000000",'
    '"entries":[{"actor":null,"chain":"00000000-0000-0000-0000-000000000001","detail":{"compartments":["A"]},"event":"referral.opened",'
    '"kind":"referral","reference":"R-7K3M-9QTX","session":null,"subject":"00000000-0000-0000-0000-00000000000a"}],'
    '"id":"01a20ae6-bead-739b-8bbe-a8ff0beaf68e","mac":"356f03892a54d095d2863c11a7b76d48108aed8739f3215ddc35cb7d2ac47420"}'
)


def _opened(number: int = 0, *, by_nobody: bool = False) -> Recorded:
    actor = None if by_nobody else Person(UUID(int=50), None if number % 2 else UUID(int=60))
    subject = Subject(SubjectKind.REFERRAL, UUID(int=_CASE.int + number), "R-7K3M-9QTX")
    return Recorded("referral.opened", {"compartments": ["A", "D"]}, actor, _HUB, subject)


def _kept(path: Path, many: int) -> Spool:
    spool = Spool(path, _RING)
    for number in range(many):
        spool.keep([_opened(number)], _AT)
    return spool


def _handed_over(spool: Spool) -> list[Batch]:
    found: list[Batch] = []
    spool.hand_over(found.extend)
    return found


def test_a_batch_of_nothing_is_no_record(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", _RING)
    with pytest.raises(NotConfirmed, match=r"^no record was given"):
        spool.keep([], _AT)
    assert not spool.waits()


def test_what_was_kept_is_given_once_in_order_and_marked_as_kept_beside(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool", _RING)
    assert (spool.waits(), spool.waiting(), _handed_over(spool)) == (False, 0, [])
    spool.keep([_opened(0), _opened(1)], _AT)
    spool.keep([_opened(2, by_nobody=True)], _AT)
    assert (spool.waits(), spool.waiting()) == (True, 2)

    first, second = _handed_over(spool)
    assert [each.subject.id for each in first.recorded] == [UUID(int=10), UUID(int=11)]
    assert [each.actor for each in first.recorded] == [
        Person(UUID(int=50), UUID(int=60)),
        Person(UUID(int=50)),
    ]
    assert second.recorded[0].actor is None
    mark = {KEPT: {"id": str(first.id), "at": "2026-11-23T10:00:00.000000+00:00"}}
    assert first.recorded[0].detail == {"compartments": ["A", "D"]} | mark
    assert (spool.waits(), _handed_over(spool)) == (False, [])
    assert (tmp_path / "spool").stat().st_mode & 0o777 == 0o600


def test_a_batch_that_was_kept_once_is_still_entered(tmp_path: Path) -> None:
    path, found = tmp_path / "spool", list[Batch]()
    spool = Spool(path, KeyRing(RingKeys(seed=bytes(32), roots={1: bytes(32)}, active=1)))
    assert spool.hand_over(found.extend) == 0
    path.write_text(f"{_LINE}\n")
    assert spool.hand_over(found.extend) == 1
    (one,) = found[0].recorded
    subject = Subject(SubjectKind.REFERRAL, _CASE, "R-7K3M-9QTX")
    assert (one.event, one.organisation_id, one.subject) == ("referral.opened", _HUB, subject)


def test_what_happened_to_nothing_with_an_id_is_kept_too(tmp_path: Path) -> None:
    spool = _kept(tmp_path / "spool", 0)
    spool.keep([Recorded("audit.viewed", {}, None, _HUB, INSTALLATION)], _AT)
    assert _handed_over(spool)[0].recorded[0].subject == INSTALLATION


def test_the_name_of_a_new_file_is_on_the_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced = list[Path]()
    monkeypatch.setattr("intake.audit.spool.sync_folder", synced.append)
    for _ in range(2):
        _kept(tmp_path / "spool", 1)
        assert synced == [tmp_path]


def test_where_they_could_not_be_entered_they_stay_as_they_are(tmp_path: Path) -> None:
    spool = _kept(tmp_path / "spool", 2)
    before = (tmp_path / "spool").read_bytes()

    def fail(batches: Sequence[Batch]) -> None:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        spool.hand_over(fail)
    assert (tmp_path / "spool").read_bytes() == before


def _without(lines: list[bytes], number: int) -> list[bytes]:
    return [*lines[:number], *lines[number + 1 :]]


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [line.replace(b'"A"', b'"B"') for line in lines],
        lambda lines: _without(lines, 0),
        lambda lines: _without(lines, 1),
        lambda lines: [lines[1], lines[0], lines[2]],
        lambda lines: [*lines, lines[2]],
        lambda lines: [*lines, b'{"id":1}'],
        lambda lines: [*lines, b"no json"],
        lambda lines: [*lines, b"[1]"],
    ],
    ids=["word", "first gone", "one gone", "swapped", "twice", "forged", "no json", "no object"],
)
def test_of_a_file_that_somebody_changed_nothing_is_entered_and_it_stays(
    tmp_path: Path, change: Callable[[list[bytes]], list[bytes]]
) -> None:
    path = tmp_path / "spool"
    spool = _kept(path, 3)
    path.write_bytes(b"".join(line + b"\n" for line in change(path.read_bytes().splitlines())))
    changed = path.read_bytes()
    with pytest.raises(NotContinued, match=f"^{path} is not as it was written"):
        _handed_over(spool)
    assert path.read_bytes() == changed


def test_a_file_under_another_key_ring_is_not_entered(tmp_path: Path) -> None:
    _kept(tmp_path / "spool", 1)
    with pytest.raises(NotContinued):
        _handed_over(Spool(tmp_path / "spool", KeyRing.new()))


@pytest.mark.parametrize("cut", [1, 40, 200])
def test_what_a_crash_left_half_written_goes_and_the_rest_is_whole(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "spool"
    spool = _kept(path, 2)
    path.write_bytes(path.read_bytes()[:-cut])
    spool.keep([_opened(7)], _AT)
    assert [batch.recorded[0].subject.id for batch in _handed_over(spool)] == [_CASE, UUID(int=17)]


def test_a_first_batch_that_was_half_written_goes_whole(tmp_path: Path) -> None:
    path = tmp_path / "spool"
    path.write_bytes(b'{"at":')
    _kept(path, 1)
    assert len(_handed_over(Spool(path, _RING))) == 1


def test_many_who_keep_at_once_make_one_file(tmp_path: Path) -> None:
    path = tmp_path / "spool"
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda number: Spool(path, _RING).keep([_opened(number)], _AT), range(60)))
    found = _handed_over(Spool(path, _RING))
    assert len({batch.id for batch in found}) == len(found) == 60


def test_where_the_disk_is_not_there_nothing_is_said_to_be_kept(tmp_path: Path) -> None:
    with pytest.raises(NotConfirmed, match=r"^what is opened could be kept neither"):
        Spool(tmp_path / "not mounted" / "spool", _RING).keep([_opened()], _AT)


def test_half_a_batch_is_not_kept_and_does_not_stand_in_the_way_of_the_next(tmp_path: Path) -> None:
    path = tmp_path / "spool"
    spool = _kept(path, 1)
    whole = path.read_bytes()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The system itself takes only so many bytes of what is written.
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 100, hard))
    try:
        with pytest.raises(NotConfirmed):
            spool.keep([_opened(1)], _AT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == whole
    spool.keep([_opened(2)], _AT)
    assert len(_handed_over(spool)) == 2
