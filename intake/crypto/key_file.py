"""The key ring's file: JSON, readable by its owner alone, in a private folder of its own.

It holds the keys as they are, or wrapped under a key that never leaves a token or a key service.
"""

import base64
import fcntl
import json
import os
import stat
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from intake.crypto.ring_keys import RingKeys
from intake.errors import KeysMissing

FORMAT = "pass-it-on key ring/1"
WRAPPED = "pass-it-on wrapped key ring/1"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FILE_MODE = 0o600
_FOLDER_MODE = 0o700

_ABSENT = (
    "There is no key ring at {path}. If this database has been used, put back the copy of its key ring that "
    "was kept apart from it: without it nothing sealed can be read, and a new ring would not help. Only for "
    "a new database, make one with: intake keys create"
)
_ALREADY = "There is already something at {path}, and a key ring is never overwritten."
_BROKEN = "The file {path} is not a whole key ring. Put back the copy that was kept apart from the database."
_OPEN_TO_OTHERS = "{path} is open to other users of this machine. Close it with: chmod {mode:o} {path}"
_SHARED = "The key ring wants a folder of its own, and {folder} has other things in it. Name another."
_UNREADABLE = "The key ring at {path} cannot be read ({why}). Start as the user who owns it."
_IS_WRAPPED = (
    "The key ring at {path} is wrapped under {by}. Say with INTAKE_KEYS how to reach it "
    "(docs/runbook/keys.md)."
)
_NOT_WRAPPED = "The key ring at {path} is a plain one, and INTAKE_KEYS says it is wrapped under {by}."
_GIVEN = (
    "The key ring at {path} is given by the service manager and only read: change the file it is given from."
)
_UNWRITABLE = "No key ring can be kept at {path} ({why})."


class Wrapping(Protocol):
    """A key elsewhere, under which a ring's file is kept: a token's, or a key service's."""

    @property
    def name(self) -> str:
        """What it is, for people: which token or service, and which of its keys."""

    def wrap(self, data: bytes) -> bytes:
        """Encrypt the ring; raises `KeysMissing` where the key cannot be had."""

    def unwrap(self, wrapped: bytes) -> bytes:
        """Decrypt it; raises `KeysMissing` likewise, and where it was altered."""


@dataclass(frozen=True, slots=True)
class RingFile:
    """Where a ring is kept: in a file, perhaps under a key elsewhere, perhaps given and only to be read."""

    path: Path
    wrapping: Wrapping | None = None
    given: bool = False

    def read(self) -> RingKeys:
        """Read the ring; raises `KeysMissing` if it is absent, open to others or broken."""
        try:
            _require_private(self.path.resolve().parent, _FOLDER_MODE, given=self.given)
            _require_private(self.path, _FILE_MODE, given=self.given)
            text = self.path.read_bytes()
        except FileNotFoundError as trouble:
            raise KeysMissing(_ABSENT.format(path=self.path)) from trouble
        except OSError as trouble:
            raise KeysMissing(_UNREADABLE.format(path=self.path, why=trouble.strerror)) from trouble
        # What was wrong is not passed on: the trouble could quote half a key.
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            return _parse(self._plain(json.loads(text)))
        raise KeysMissing(_BROKEN.format(path=self.path))

    def write_new(self, keys: RingKeys) -> None:
        """Write a ring, whole or not at all; raises `KeysMissing` rather than overwrite or share a folder."""
        self._write(keys, new=True)

    def change(self, changed: Callable[[RingKeys], RingKeys]) -> RingKeys:
        """Put a changed ring in the place of the one that is there, whole or not at all, and return it.

        Two that change it at once follow each other. Raises `KeysMissing`.
        """
        try:
            folder = os.open(self.path.parent, os.O_RDONLY)
        except OSError as trouble:
            raise KeysMissing(_ABSENT.format(path=self.path)) from trouble
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            keys = changed(self.read())
            self._write(keys, new=False)
        finally:
            os.close(folder)
        return keys

    def _plain(self, said: Any) -> Any:  # noqa: ANN401 - whatever the file holds
        if self.wrapping is None:
            if said["format"] == WRAPPED:
                raise KeysMissing(_IS_WRAPPED.format(path=self.path, by=said["by"]))
            return said
        if said["format"] != WRAPPED:
            raise KeysMissing(_NOT_WRAPPED.format(path=self.path, by=self.wrapping.name))
        return json.loads(self.wrapping.unwrap(base64.b64decode(said["wrapped"], validate=True)))

    def _serialised(self, keys: RingKeys) -> bytes:
        plain = _serialise(keys)
        if self.wrapping is None:
            return plain
        wrapped = base64.b64encode(self.wrapping.wrap(plain)).decode()
        return json.dumps({"format": WRAPPED, "by": self.wrapping.name, "wrapped": wrapped}).encode() + b"\n"

    def _write(self, keys: RingKeys, *, new: bool) -> None:
        if self.given:
            raise KeysMissing(_GIVEN.format(path=self.path))
        folder = self.path.parent
        draft = folder / f".{self.path.name}.{os.urandom(4).hex()}"
        try:
            folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
            _require_private(folder, _FOLDER_MODE)
            if new:
                _require_own_folder(self.path)
            _write_and_sync(draft, self._serialised(keys))
            # A link, unlike a rename, never replaces what another process put there meanwhile.
            (os.link if new else os.rename)(draft, self.path)
            sync_folder(folder)
        except FileExistsError as trouble:
            raise KeysMissing(_ALREADY.format(path=self.path)) from trouble
        except OSError as trouble:
            raise KeysMissing(_UNWRITABLE.format(path=self.path, why=trouble.strerror)) from trouble
        finally:
            with suppress(OSError):
                draft.unlink()


def _require_private(path: Path, mode: int, *, given: bool = False) -> None:
    # The service manager opens what it gives to one service by a list of its own, which shows as the group's.
    if path.stat().st_mode & (stat.S_IRWXO if given else _OTHERS):
        raise KeysMissing(_OPEN_TO_OTHERS.format(path=path, mode=mode))


def _require_own_folder(path: Path) -> None:
    if path.exists():
        raise KeysMissing(_ALREADY.format(path=path))
    if any(path.parent.iterdir()):
        raise KeysMissing(_SHARED.format(folder=path.parent))


def _serialise(keys: RingKeys) -> bytes:
    roots = {str(kid): base64.b64encode(root).decode() for kid, root in sorted(keys.roots.items())}
    seed = base64.b64encode(keys.seed).decode()
    said = {"format": FORMAT, "active": keys.active, "roots": roots, "seed": seed}
    return json.dumps(said, indent=2).encode() + b"\n"


def _parse(said: Any) -> RingKeys:  # noqa: ANN401 - whatever the file holds
    if said["format"] != FORMAT:
        raise ValueError(FORMAT)
    roots = {int(kid): base64.b64decode(root, validate=True) for kid, root in said["roots"].items()}
    return RingKeys(base64.b64decode(said["seed"], validate=True), roots, int(said["active"]))


def _write_and_sync(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the names of what is in a folder on the disk too, as the files are."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
