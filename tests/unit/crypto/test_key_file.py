"""A key ring's file is private, whole, never overwritten, and says what to do when it is not there."""

import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from intake.crypto.key_ring import KeyRing
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


def test_a_new_ring_may_be_kept_in_an_empty_private_folder(place: Path) -> None:
    place.parent.mkdir(mode=0o700)
    assert KeyRing.create(place).active == 1


def test_a_ring_is_never_overwritten(place: Path) -> None:
    ring = KeyRing.create(place)
    with pytest.raises(KeysMissing, match="never overwritten"):
        KeyRing.create(place)
    assert KeyRing.load(place).fingerprint() == ring.fingerprint()


def test_a_ring_made_by_another_process_meanwhile_is_not_overwritten(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = KeyRing.create(place)
    monkeypatch.setattr(Path, "exists", lambda _: False)
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))
    with pytest.raises(KeysMissing, match="never overwritten"):
        KeyRing.create(place)
    monkeypatch.undo()
    assert KeyRing.load(place).fingerprint() == first.fingerprint()
    assert len(list(place.parent.iterdir())) == 1


def test_a_ring_shares_its_folder_with_nothing(place: Path) -> None:
    place.parent.mkdir(mode=0o700)
    (place.parent / "intake.db").touch()
    with pytest.raises(KeysMissing, match="a folder of its own"):
        KeyRing.create(place)


def test_a_ring_is_not_put_into_a_folder_open_to_others(place: Path) -> None:
    place.parent.mkdir()
    place.parent.chmod(0o750)
    with pytest.raises(KeysMissing, match="chmod 700"):
        KeyRing.create(place)


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KeysMissing, match="No key ring can be kept at"):
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
    with pytest.raises(KeysMissing, match="chmod 600"):
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
    with pytest.raises(KeysMissing, match="chmod 700"):
        KeyRing.load(place)


def test_a_ring_that_cannot_be_read_is_said(place: Path) -> None:
    place.mkdir(parents=True, mode=0o700)
    place.parent.chmod(0o700)
    with pytest.raises(KeysMissing, match="cannot be read"):
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


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"format": 1}'])
def test_what_is_no_ring_at_all_is_refused(place: Path, content: bytes) -> None:
    _whole(place)
    place.write_bytes(content)
    with pytest.raises(KeysMissing, match="not a whole key ring"):
        KeyRing.load(place)


def test_a_ring_cut_short_anywhere_is_refused(place: Path) -> None:
    _whole(place)
    content = place.read_bytes().rstrip()
    for end in range(len(content)):
        place.write_bytes(content[:end])
        with pytest.raises(KeysMissing, match="not a whole key ring"):
            KeyRing.load(place)
