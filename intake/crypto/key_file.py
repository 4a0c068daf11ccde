"""The key ring's file: JSON, readable by its owner alone, in a private folder of its own."""

import base64
import json
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Any

from intake.crypto.ring_keys import RingKeys
from intake.errors import KeysMissing

FORMAT = "pass-it-on key ring/1"
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
_UNWRITABLE = "No key ring can be kept at {path} ({why})."


def read(path: Path) -> RingKeys:
    """Read a ring's file; raises `KeysMissing` if it is absent, open to others or broken."""
    try:
        _require_private(path.resolve().parent, _FOLDER_MODE)
        _require_private(path, _FILE_MODE)
        text = path.read_bytes()
    except FileNotFoundError as trouble:
        raise KeysMissing(_ABSENT.format(path=path)) from trouble
    except OSError as trouble:
        raise KeysMissing(_UNREADABLE.format(path=path, why=trouble.strerror)) from trouble
    # What was wrong is not passed on: the trouble could quote half a key.
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        return _parse(json.loads(text))
    raise KeysMissing(_BROKEN.format(path=path))


def write_new(path: Path, keys: RingKeys) -> None:
    """Write a ring, whole or not at all; raises `KeysMissing` rather than overwrite or share a folder."""
    folder = path.parent
    draft = folder / f".{path.name}.{os.urandom(4).hex()}"
    try:
        folder.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        _require_private(folder, _FOLDER_MODE)
        _require_own_folder(path)
        _write_and_sync(draft, _serialise(keys))
        # A link, unlike a rename, never replaces what another process put there meanwhile.
        os.link(draft, path)
        _sync_folder(folder)
    except FileExistsError as trouble:
        raise KeysMissing(_ALREADY.format(path=path)) from trouble
    except OSError as trouble:
        raise KeysMissing(_UNWRITABLE.format(path=path, why=trouble.strerror)) from trouble
    finally:
        with suppress(OSError):
            draft.unlink()


def _require_private(path: Path, mode: int) -> None:
    if path.stat().st_mode & _OTHERS:
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


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
