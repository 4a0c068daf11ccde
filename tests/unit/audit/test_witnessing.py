"""A witness's part: it takes only what grew, says what it holds, and forgets nothing."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from intake.audit.note import Checkpoint, LogKey, PublicKey, in_base64
from intake.audit.tree import Frontier, consistency_path
from intake.audit.witnessing import Answered, CosigningKey, Witnessing
from intake.crypto.key_ring import KeyRing
from intake.errors import NotConfigured

_NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


@dataclass
class _Log:
    """A log that is only added to, and what it asks of a witness."""

    key: LogKey = field(default_factory=lambda: LogKey(KeyRing.new()))
    leaves: list[bytes] = field(default_factory=list)

    def grow(self, many: int) -> Checkpoint:
        self.leaves += [bytes([len(self.leaves) + number]) * 32 for number in range(many)]
        return self.at(len(self.leaves))

    def at(self, size: int) -> Checkpoint:
        return self.key.sign(size, self._frontier(size).root, _NOW)

    def asks(self, old: int, new: Checkpoint) -> bytes:
        path = (
            consistency_path(self._frontier(old), self.leaves[old : new.size]) if 0 < old < new.size else []
        )
        return f"old {old}\n{''.join(in_base64(each) + chr(10) for each in path)}\n{new.note}".encode()

    def _frontier(self, size: int) -> Frontier:
        frontier = Frontier()
        for leaf in self.leaves[:size]:
            frontier.add(leaf)
        return frontier


@pytest.fixture(name="log")
def _log() -> _Log:
    return _Log()


@pytest.fixture(name="witnessing")
def _witnessing(log: _Log, tmp_path: Path) -> Witnessing:
    return _witness(log, tmp_path)


def _witness(log: _Log, folder: Path) -> Witnessing:
    own = CosigningKey("watch", folder / "key")
    return Witnessing(PublicKey(log.key.public), own, folder / "checkpoints")


def _verified(said: str, note: str, public: str) -> bool:
    """Whether a line is a cosignature as C2SP says it: reckoned here, from the public line alone."""
    _, name, signature = said.rstrip("\n").split(" ")
    raw = base64.b64decode(signature)
    text = note.partition("\n\n")[0] + "\n"
    seconds = int.from_bytes(raw[4:12])
    key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public.split("+", 2)[2])[1:])
    key.verify(raw[12:], f"cosignature/v1\ntime {seconds}\n{text}".encode())
    signer, identity, _ = public.split("+", 2)
    return (name, raw[:4].hex(), seconds) == (signer, identity, _NOW.timestamp())


def test_what_grew_is_taken_signed_and_kept_over_a_restart(
    log: _Log, witnessing: Witnessing, tmp_path: Path
) -> None:
    assert witnessing.newest() == ""
    size, note, kept = 0, log.at(0), list[str]()
    for many in (3, 1, 7):
        note = log.grow(many)
        answered = witnessing.add(log.asks(size, note), _NOW)
        assert answered.status == 200
        assert _verified(answered.words, note.note, CosigningKey("watch", tmp_path / "key").public)
        size = note.size
        kept.append(note.note)
    assert witnessing.newest() == note.note
    again = _witness(log, tmp_path)
    assert again.newest() == note.note
    assert again.add(log.asks(size, note), _NOW).status == 200
    assert (tmp_path / "checkpoints").read_text() == "\n".join(kept)
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_whoever_is_behind_or_ahead_is_told_what_is_held(log: _Log, witnessing: Witnessing) -> None:
    note = log.grow(4)
    witnessing.add(log.asks(0, note), _NOW)
    assert witnessing.add(log.asks(0, note), _NOW) == Answered(409, "4\n")
    assert witnessing.add(log.asks(2, log.grow(1)), _NOW) == Answered(409, "4\n")
    assert witnessing.add(log.asks(4, log.at(3)), _NOW) == Answered(400)


def test_a_log_that_was_rewritten_is_not_taken_whatever_it_proves(log: _Log, witnessing: Witnessing) -> None:
    note = log.grow(4)
    witnessing.add(log.asks(0, note), _NOW)
    other = _Log(log.key, [bytes([9]) * 32])
    other.grow(3)
    assert witnessing.add(other.asks(4, other.at(4)), _NOW) == Answered(409, "4\n")
    assert witnessing.add(other.asks(4, other.grow(2)), _NOW) == Answered(422)
    assert witnessing.newest() == note.note


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (lambda asked: b"\xff" + asked, 400),
        (lambda asked: asked.replace(b"old 0", b"new 0"), 400),
        (lambda asked: asked.replace(b"old 0", b"old -1"), 400),
        (lambda asked: asked.replace(b"old 0\n", b"old 0\nno base64!\n"), 400),
        (lambda asked: asked.replace(b"old 0\n", b"old 0\n" + b"AAAA\n" * 64), 400),
        (lambda asked: asked.replace(b"old 0\n", b"old 0\n" + b"AAAA\n" * 63), 422),
        (lambda asked: asked.replace(b"\n\n", b"\n", 1), 400),
        (lambda asked: asked.replace(b"pass-it-on/", b"another/", 1), 404),
        (lambda asked: asked.replace(b"signed 2026", b"signed 2027"), 403),
    ],
    ids=[
        "bytes",
        "word",
        "size",
        "path",
        "long path",
        "longest path",
        "no blank",
        "another log",
        "signature",
    ],
)
def test_anything_else_is_refused(
    log: _Log, witnessing: Witnessing, spoil: Callable[[bytes], bytes], status: int
) -> None:
    assert witnessing.add(spoil(log.asks(0, log.grow(2))), _NOW) == Answered(status)
    assert witnessing.newest() == ""


@pytest.mark.parametrize("said", ["nothing\n", None], ids=["alien", "cut short"])
def test_a_witness_whose_file_does_not_end_with_the_log_does_not_begin(
    log: _Log, witnessing: Witnessing, tmp_path: Path, said: str | None
) -> None:
    witnessing.add(log.asks(0, log.grow(2)), _NOW)
    file = tmp_path / "checkpoints"
    file.write_text(file.read_text()[:-5] if said is None else file.read_text() + said)
    with pytest.raises(NotConfigured, match="Keep it, and look"):
        _witness(log, tmp_path)


def test_a_file_or_a_key_that_cannot_be_used_is_said_so(log: _Log, tmp_path: Path) -> None:
    (tmp_path / "key").write_bytes(b"too short")
    with pytest.raises(NotConfigured, match="The witness's key"):
        _witness(log, tmp_path)
    (tmp_path / "key").unlink()
    (tmp_path / "checkpoints").mkdir()
    with pytest.raises(NotConfigured, match="cannot be read"):
        _witness(log, tmp_path)
