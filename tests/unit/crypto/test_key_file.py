"""A key ring's file is private, whole, never overwritten, and says what to do when it is not there."""

import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from intake.crypto.key_file import RingFile
from intake.crypto.key_ring import KeyRing
from intake.crypto.pairs import KeyPair
from intake.errors import KeysMissing


@pytest.fixture(name="place")
def _place(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "ring.json"


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_new_ring_is_its_owners_alone_whatever_the_umask(place: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        KeyRing.create(place)
    finally:
        os.umask(before)
    assert _mode(place) == 0o600
    assert _mode(place.parent) == 0o700
    assert [file.name for file in place.parent.iterdir()] == ["ring.json"]


def test_every_folder_on_the_way_is_made(tmp_path: Path) -> None:
    assert KeyRing.create(tmp_path / "not" / "yet" / "there" / "ring.json").active == 1


def test_a_new_ring_may_be_kept_in_an_empty_private_folder(place: Path) -> None:
    place.parent.mkdir(mode=0o700)
    assert KeyRing.create(place).active == 1


def test_a_ring_is_never_overwritten(place: Path) -> None:
    ring = KeyRing.create(place)
    with pytest.raises(KeysMissing, match=f"at {place}, and a key ring is never"):
        KeyRing.create(place)
    assert KeyRing.load(place).fingerprint() == ring.fingerprint()


def test_a_ring_made_by_another_process_meanwhile_is_not_overwritten(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = KeyRing.create(place)
    monkeypatch.setattr(Path, "exists", lambda _: False)
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))
    with pytest.raises(KeysMissing, match=f"at {place}, and a key ring is never"):
        KeyRing.create(place)
    monkeypatch.undo()
    assert KeyRing.load(place).fingerprint() == first.fingerprint()
    assert len(list(place.parent.iterdir())) == 1


def test_a_ring_shares_its_folder_with_nothing(place: Path) -> None:
    place.parent.mkdir(mode=0o700)
    (place.parent / "intake.db").touch()
    with pytest.raises(KeysMissing, match=f"a folder of its own, and {place.parent} has"):
        KeyRing.create(place)


def test_a_ring_is_not_put_into_a_folder_open_to_others(place: Path) -> None:
    place.parent.mkdir()
    place.parent.chmod(0o750)
    with pytest.raises(KeysMissing, match=f"chmod 700 {place.parent}$"):
        KeyRing.create(place)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeysMissing, match=f"No key ring can be kept at {tmp_path}"):
        KeyRing.create(tmp_path / "file" / "keys" / "ring.json")


def test_a_write_cut_short_leaves_no_ring(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeysMissing, match="No space left"):
        KeyRing.create(place)
    assert list(place.parent.iterdir()) == []


def test_a_ring_that_is_not_there_says_what_to_do(place: Path) -> None:
    with pytest.raises(KeysMissing) as said:
        KeyRing.load(place)
    assert str(place) in str(said.value)
    assert "put back the copy" in str(said.value)
    assert "intake keys create" in str(said.value)
    assert not place.parent.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o666, 0o610])
def test_a_ring_open_to_others_is_refused(place: Path, mode: int) -> None:
    KeyRing.create(place)
    place.chmod(mode)
    with pytest.raises(KeysMissing, match=f"chmod 600 {place}$"):
        KeyRing.load(place)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_ring_its_owner_may_only_read_is_enough(place: Path, mode: int) -> None:
    KeyRing.create(place)
    place.chmod(mode)
    place.parent.chmod(0o500)
    assert KeyRing.load(place).active == 1


def test_a_ring_in_a_folder_open_to_others_is_refused(place: Path) -> None:
    KeyRing.create(place)
    place.parent.chmod(0o755)
    with pytest.raises(KeysMissing, match=f"chmod 700 {place.parent}$"):
        KeyRing.load(place)


def test_a_ring_that_cannot_be_read_is_said(place: Path) -> None:
    place.mkdir(parents=True, mode=0o700)
    place.parent.chmod(0o700)
    with pytest.raises(KeysMissing, match=f"^The key ring at {place} cannot be read .Is a directory.\\."):
        KeyRing.load(place)


def _whole(place: Path) -> dict[str, Any]:
    KeyRing.create(place)
    whole: dict[str, Any] = json.loads(place.read_text())
    return whole


_BROKEN: dict[str, dict[str, Any]] = {
    "another format": {"format": "pass-it-on key ring/2"},
    "no seed": {"seed": None},
    "a short seed": {"seed": "AAAA"},
    "not base64": {"seed": "é"},
    "no roots": {"roots": {}},
    "roots of another shape": {"roots": []},
    "a root without a number": {"roots": {"one": "AAAA"}},
    "an active root that is not there": {"active": 2},
    "an active root that is no number": {"active": None},
}


@pytest.mark.parametrize("broken", _BROKEN)
def test_a_broken_ring_is_refused_and_nothing_of_it_quoted(place: Path, broken: str) -> None:
    whole = _whole(place)
    place.write_text(json.dumps(whole | _BROKEN[broken]))
    with pytest.raises(KeysMissing, match="not a whole key ring") as said:
        KeyRing.load(place)
    assert said.value.__cause__ is None
    assert whole["seed"] not in str(said.value)


def test_a_key_with_something_between_its_letters_is_not_guessed_at(place: Path) -> None:
    whole = _whole(place)
    for changed in ({"seed": f"!{whole['seed']}"}, {"roots": {"1": f"!{whole['roots']['1']}"}}):
        place.write_text(json.dumps(whole | changed))
        with pytest.raises(KeysMissing, match="not a whole key ring"):
            KeyRing.load(place)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"{}", b'{"format": 1}'])
def test_what_is_no_ring_at_all_is_refused(place: Path, content: bytes) -> None:
    _whole(place)
    place.write_bytes(content)
    with pytest.raises(KeysMissing, match=f"^The file {place} is not a whole key ring"):
        KeyRing.load(place)


def test_a_ring_cut_short_anywhere_is_refused(place: Path) -> None:
    _whole(place)
    content = place.read_bytes().rstrip()
    for end in range(len(content)):
        place.write_bytes(content[:end])
        with pytest.raises(KeysMissing, match="not a whole key ring"):
            KeyRing.load(place)


class _Wrapping:
    """A key elsewhere: it turns every bit, and knows what it turned."""

    name = "the key k of the token t"

    def wrap(self, data: bytes) -> bytes:
        return b"turned" + bytes(each ^ 0xFF for each in data)

    def unwrap(self, wrapped: bytes) -> bytes:
        if not wrapped.startswith(b"turned"):
            raise KeysMissing("the token does not know this")
        return bytes(each ^ 0xFF for each in wrapped[6:])


def test_a_ring_under_a_key_elsewhere_shows_none_of_its_own(place: Path) -> None:
    file = RingFile(place, _Wrapping())
    ring = KeyRing.create(file)
    assert KeyRing.load(file).fingerprint() == ring.fingerprint()
    said = json.loads(place.read_text())
    assert (said["format"], said["by"]) == ("pass-it-on wrapped key ring/1", "the key k of the token t")
    assert set(said) == {"format", "by", "wrapped"}
    place.write_text(json.dumps(said | {"wrapped": f"!{said['wrapped']}"}))
    with pytest.raises(KeysMissing, match="not a whole key ring"):
        KeyRing.load(file)


def test_a_wrapped_ring_and_a_plain_one_are_not_taken_for_each_other(place: Path, tmp_path: Path) -> None:
    KeyRing.create(RingFile(place, _Wrapping()))
    with pytest.raises(KeysMissing, match=f"at {place} is wrapped under the key k of the token t"):
        KeyRing.load(place)
    plain = tmp_path / "plain" / "ring.json"
    KeyRing.create(plain)
    with pytest.raises(KeysMissing, match=f"at {plain} is a plain one, .* under the key k of the token t"):
        KeyRing.load(RingFile(plain, _Wrapping()))


def test_a_given_ring_may_be_open_to_its_group_and_is_only_read(place: Path) -> None:
    KeyRing.create(place)
    place.chmod(0o440)
    place.parent.chmod(0o750)
    ring = KeyRing.load(RingFile(place, given=True))
    with pytest.raises(KeysMissing, match=f"at {place} is given"):
        ring.add_root()
    with pytest.raises(KeysMissing, match="only read"):
        KeyRing.create(RingFile(place, given=True))
    place.chmod(0o444)
    with pytest.raises(KeysMissing, match="open to other users"):
        KeyRing.load(RingFile(place, given=True))


def test_a_new_root_is_kept_before_it_is_used_and_every_other_process_finds_it(place: Path) -> None:
    ring = KeyRing.create(place)
    other, pair = KeyRing.load(place), KeyPair.new(UUID(int=2))
    older = ring.keep_pair(pair)
    assert ring.add_root() == 2
    newer = ring.keep_pair(pair)
    assert (older.root_kid, newer.root_kid) == (1, 2)
    assert other.open_pair(newer).secret == pair.secret
    assert _mode(place) == 0o600
    assert [file.name for file in place.parent.iterdir()] == ["ring.json"]


def test_an_older_root_comes_into_use_no_more_once_another_process_made_a_newer(place: Path) -> None:
    ring, other = KeyRing.create(place), KeyRing.load(place)
    ring.add_root()
    other.read_anew()
    assert other.keep_pair(KeyPair.new(UUID(int=2))).root_kid == 2


def test_roots_are_let_go_of_but_never_the_active_one(place: Path) -> None:
    ring = KeyRing.create(place)
    ring.add_root()
    ring.drop_roots((1, 2))
    assert KeyRing.load(place).root_kids == (2,)


def test_two_that_make_a_new_root_at_once_make_two(place: Path) -> None:
    KeyRing.create(place)
    with ThreadPoolExecutor(4) as pool:
        made = sorted(pool.map(lambda _: KeyRing.load(place).add_root(), range(8)))
    assert made == list(range(2, 10))
    assert KeyRing.load(place).root_kids == tuple(range(1, 10))


def test_a_ring_whose_file_went_away_goes_on_with_what_it_has(place: Path) -> None:
    ring = KeyRing.create(place)
    place.unlink()
    ring.read_anew()
    assert ring.keep_pair(KeyPair.new(UUID(int=2))).root_kid == 1
    with pytest.raises(KeysMissing):
        ring.add_root()
    place.parent.rmdir()
    with pytest.raises(KeysMissing, match=f"no key ring at {place}"):
        ring.add_root()


def test_another_ring_put_in_the_file_s_place_is_not_taken_up(place: Path) -> None:
    ring = KeyRing.create(place)
    place.unlink()
    KeyRing.create(place).add_root()
    ring.read_anew()
    assert ring.keep_pair(KeyPair.new(UUID(int=2))).root_kid == 1


def test_a_copy_takes_newer_roots_and_keeps_those_it_has(place: Path, tmp_path: Path) -> None:
    ring, copy = KeyRing.create(place), tmp_path / "copy" / "ring.json"
    ring.keep(copy)
    ring.add_root()
    ring.drop_roots((1,))
    kept = KeyRing.load(copy)
    assert not kept.has_all_of(ring)
    kept.take_roots(ring)
    assert kept.has_all_of(ring)
    assert kept.has_all_of(KeyRing.load(copy))
    assert (kept.root_kids, kept.active) == ((1, 2), 2)


def test_two_copies_that_went_apart_are_not_put_together(place: Path, tmp_path: Path) -> None:
    ring, copy = KeyRing.create(place), tmp_path / "copy" / "ring.json"
    ring.keep(copy)
    ring.add_root()
    apart = KeyRing.load(copy)
    apart.add_root()
    with pytest.raises(KeysMissing, match="different roots of one number"):
        apart.take_roots(ring)
