"""A witness's part: it keeps the newest checkpoint of one log, and takes only one that grew from it.

The request and the signature are those of C2SP's tlog-witness and tlog-cosignature.
"""

import base64
import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from intake.audit.note import Checkpoint, PublicKey, in_base64, key_id, notes_in, read_key
from intake.audit.tree import is_consistent
from intake.errors import NotConfigured

_COSIGNATURE = b"\x04"
_TIME = 8
_LONGEST_PATH = 63
_MODE = 0o600
_SEED = 32


@dataclass(frozen=True, slots=True)
class Answered:
    """What a witness answers: a status of HTTP, and a size or a signature."""

    status: int
    words: str = ""


class CosigningKey:
    """The witness's own key: a file with 32 random bytes, made when there is none."""

    def __init__(self, name: str, file: Path) -> None:
        try:
            seed = file.read_bytes() if file.exists() else _new_seed(file)
            self._private = Ed25519PrivateKey.from_private_bytes(seed)
        except (OSError, ValueError) as trouble:
            raise NotConfigured(f"The witness's key in {file} cannot be used ({trouble}).") from trouble
        self.name = name
        public = _COSIGNATURE + self._private.public_key().public_bytes_raw()
        self._id = key_id(name, public)
        #: The public key with its name, as one line.
        self.public = f"{name}+{self._id.hex()}+{in_base64(public)}"

    def cosign(self, note: str, at: datetime) -> str:
        """Return the line that says: at this time, this was the newest this witness had seen."""
        seconds = int(at.timestamp())
        signature = self._private.sign(_cosigned(note, seconds))
        return f"\u2014 {self.name} {in_base64(self._id + seconds.to_bytes(_TIME) + signature)}\n"


class WitnessKey:
    """The public key by which a witness's cosignatures are known."""

    def __init__(self, line: str) -> None:
        """Read the line that the witness prints; raises `ValueError` for anything else."""
        self._name, self._id, self._key = read_key(line, _COSIGNATURE)

    def is_cosigned(self, note: str, answer: str) -> bool:
        """Whether one of the lines of an answer is this witness's cosignature of a note."""
        return any(self._signed(note, line) for line in answer.splitlines())

    def _signed(self, note: str, line: str) -> bool:
        try:
            said = base64.b64decode(line.removeprefix(f"\u2014 {self._name} "), validate=True)
            seconds = int.from_bytes(said[len(self._id) :][:_TIME])
            self._key.verify(said[len(self._id) + _TIME :], _cosigned(note, seconds))
        except (ValueError, InvalidSignature):
            return False
        return said.startswith(self._id)


class Witnessing:
    """Keeps the checkpoints of one log in a file; the newest is what the next one must have grown from."""

    def __init__(self, log: PublicKey, own: CosigningKey, file: Path) -> None:
        self._log = log
        self._own = own
        self._file = file
        self._lock = threading.Lock()
        self._held = self._last()

    def add(self, asked: bytes, now: datetime) -> Answered:
        """Take a checkpoint, or say why not: 400, 403, 404, 409 with the size that is held, or 422."""
        with self._lock:
            try:
                old, path, note = _read(asked)
            except ValueError:
                return Answered(400)
            if not note.startswith(f"{self._log.name}\n"):
                return Answered(404)
            said = self._log.open(note)
            if said is None:
                return Answered(403)
            return self._answer(old, path, said, now)

    def newest(self) -> str:
        """Return the newest note; empty where there is none yet."""
        return "" if self._held is None else self._held.note

    def _answer(self, old: int, path: list[bytes], said: Checkpoint, now: datetime) -> Answered:
        held = self._held
        size, root = (0, b"") if held is None else (held.size, held.root)
        if old > said.size:
            return Answered(400)
        if old != size or (old == said.size and root != said.root):
            return Answered(409, f"{size}\n")
        if not is_consistent(old, root, said.size, said.root, path):
            return Answered(422)
        if said.size != size:
            self._keep(said)
        return Answered(200, self._own.cosign(said.note, now))

    def _keep(self, said: Checkpoint) -> None:
        """Keep it before anybody is told: a witness that forgets could be told anything."""
        with self._file.open("ab") as file:
            file.write((f"\n{said.note}" if file.tell() else said.note).encode())
            file.flush()
            os.fsync(file.fileno())
        self._held = said

    def _last(self) -> Checkpoint | None:
        try:
            text = self._file.read_text(encoding="utf-8") if self._file.exists() else ""
        except (OSError, ValueError) as trouble:
            raise NotConfigured(f"{self._file} cannot be read ({trouble}).") from trouble
        found = [*notes_in(text)]
        if not text:
            return None
        notes, rest = [note for _, note in found if note], found[-1][0]
        last = self._log.open(notes[-1]) if notes else None
        if last is None or rest.strip():
            raise NotConfigured(f"{self._file} ends with no checkpoint of this log. Keep it, and look.")
        return last


def _cosigned(note: str, seconds: int) -> bytes:
    """Return what a cosignature is over: a note without its signatures, and when it was the newest seen."""
    text = note.partition("\n\n")[0] + "\n"
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _read(asked: bytes) -> tuple[int, list[bytes], str]:
    head, blank, note = asked.decode().partition("\n\n")
    first, *hashes = head.split("\n")
    word, _, size = first.partition(" ")
    if word != "old" or not (size.isascii() and size.isdecimal()) or not blank or len(hashes) > _LONGEST_PATH:
        raise ValueError("not a request of a log")
    path = [base64.b64decode(each, validate=True) for each in hashes]
    return int(size), path, note


def _new_seed(file: Path) -> bytes:
    seed = os.urandom(_SEED)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE), "wb") as made:
        made.write(seed)
        made.flush()
        os.fsync(made.fileno())
    return seed
