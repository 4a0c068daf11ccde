"""The file elsewhere, to which every checkpoint is added: what a rewritten database cannot take back."""

import fcntl
import os
from pathlib import Path
from typing import BinaryIO

from intake.audit.log_notes import LogNotes
from intake.audit.note import notes_in
from intake.errors import NotConfigured, NotContinued

#: Room for the last note and for one that was only half written after it.
_TAIL = 4096
_MODE = 0o600
_ALIEN = "What {path} ends with is no checkpoint of this log. Keep it as it is, and look: intake audit verify"


class Witness:
    """Adds checkpoints to the file, each once and in order, whoever else is adding to it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def tell(self, notes: LogNotes) -> None:
        """Add the notes that follow the last; one that was cut short by a crash is completed.

        Raises `NotConfigured` if the file cannot be used, `NotContinued` if it ends with something else.
        """
        with self._opened() as file:
            last, torn = _end(file)
            text = "".join(f"\n{note}" for note in notes.after(last))
            added = (text if last else text.removeprefix("\n")).encode()
            if not added.startswith(torn):
                raise NotContinued(_ALIEN.format(path=self._path))
            try:
                file.write(added.removeprefix(torn))
                file.flush()
                os.fsync(file.fileno())
            except OSError as trouble:
                raise NotConfigured(self._unusable(trouble)) from trouble

    def _opened(self) -> BinaryIO:
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _MODE)
        except OSError as trouble:
            raise NotConfigured(self._unusable(trouble)) from trouble
        # Held until the file is closed: two servers never add the same note.
        fcntl.flock(handle, fcntl.LOCK_EX)
        return os.fdopen(handle, "a+b")

    def _unusable(self, trouble: OSError) -> str:
        return f"Checkpoints cannot be added to {self._path} ({trouble.strerror}): is its disk there?"


def _end(file: BinaryIO) -> tuple[str, bytes]:
    """Return the last whole note of a file, and the bytes that stand after it."""
    file.seek(max(file.seek(0, os.SEEK_END) - _TAIL, 0))
    found = file.read()
    # What is read may begin, and a note cut short may end, in the middle of a character.
    last = next((note for _, note in reversed([*notes_in(found.decode(errors="ignore"))]) if note), "")
    return last, found.rpartition(last.encode())[2] if last else found
