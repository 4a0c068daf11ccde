"""The second sink: what was opened while the database could only be read, in a file beside it, once each.

A batch is on the disk before anything is opened, under a MAC that covers the batch before it. It is entered
into the chains when the database takes writing again, and then let go here.
"""

import fcntl
import hmac
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from intake.audit.chain import Deriving
from intake.audit.event import Subject, canonical, instant_text
from intake.audit.recorded import KEPT, Person, Recorded
from intake.crypto.key_file import sync_folder
from intake.errors import NotConfirmed, NotContinued
from intake.ids import new_id
from intake.vocabulary import SubjectKind

_MODE = 0o600
_FIRST = bytes(32).hex()
#: Room for the last batch: the longest names a page of fifty cases.
_TAIL = 64 * 1024
_FAILED = "what is opened could be kept neither in the database nor beside it"
_EMPTY = "no record was given to be kept beside the database"
_ALTERED = (
    "{path} is not as it was written: it was changed past the program. Nothing of it is entered. Keep it as "
    "it is, name another file, and tell the auditor."
)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one page recorded before it opened anything; `id` is what it is entered under, once."""

    id: UUID
    recorded: tuple[Recorded, ...]


class Spool:
    """A file on a disk of its own, which any number of processes of one machine may share."""

    def __init__(self, path: Path, key_ring: Deriving) -> None:
        self._path = path
        self._key = key_ring.derive("audit-spool")

    def keep(self, recorded: Iterable[Recorded], at: datetime) -> None:
        """Keep one batch; raises `NotConfirmed` unless it is on the disk, and where it is empty."""
        entries = [_said(each) for each in recorded]
        if not entries:
            raise NotConfirmed(_EMPTY)
        said: dict[str, Any] = {"id": str(new_id()), "at": instant_text(at), "entries": entries}
        try:
            with self._opened() as handle:
                size = self._whole(handle)
                line = self._line(said, _last_mac(handle, size))
                try:
                    self._write(handle, line, new=size == 0)
                except OSError:
                    # Half a batch would stand in the way of the next.
                    with suppress(OSError):
                        os.ftruncate(handle, size)
                    raise
        except (OSError, ValueError, KeyError) as trouble:
            raise NotConfirmed(_FAILED) from trouble

    def hand_over(self, enter: Callable[[Sequence[Batch]], None]) -> int:
        """Give every batch to `enter`, and let them go once it has returned; returns how many.

        Whoever enters them knows a batch by its id: where this ends in between, it is given again. Raises
        `NotContinued` for a file that somebody changed.
        """
        if not self._path.exists():
            return 0
        with self._opened() as handle:
            batches = tuple(self._batches(os.pread(handle, self._whole(handle), 0)))
            if batches:
                enter(batches)
                os.ftruncate(handle, 0)
                os.fsync(handle)
            return len(batches)

    def waiting(self) -> int:
        """Return how many batches have not been entered yet."""
        return self._path.read_bytes().count(b"\n") if self._path.exists() else 0

    def waits(self) -> bool:
        """Whether anything waits: every page asks, so the file is not read."""
        return self._path.exists() and self._path.stat().st_size > 0

    def _batches(self, kept: bytes) -> Iterator[Batch]:
        before = _FIRST
        for line in kept.splitlines():
            said = self._read(line, before)
            before = said["mac"]
            mark = {KEPT: {"id": said["id"], "at": said["at"]}}
            yield Batch(UUID(said["id"]), tuple(_recorded(each, mark) for each in said["entries"]))

    def _read(self, line: bytes, before: str) -> dict[str, Any]:
        try:
            said = json.loads(line)
            mac, genuine = said["mac"], self._mac({**said, "mac": ""})
            if said["before"] == before and hmac.compare_digest(mac, genuine):
                return dict(said)
        except (ValueError, KeyError, TypeError):
            pass
        raise NotContinued(_ALTERED.format(path=self._path))

    def _line(self, said: dict[str, Any], before: str) -> bytes:
        whole = {**said, "before": before, "mac": ""}
        return canonical({**whole, "mac": self._mac(whole)}).encode() + b"\n"

    def _mac(self, said: dict[str, Any]) -> str:
        return hmac.digest(self._key, canonical(said).encode(), "sha256").hex()

    def _write(self, handle: int, line: bytes, *, new: bool) -> None:
        written = os.write(handle, line)
        if written != len(line):
            raise OSError(f"{written} of {len(line)} bytes were taken")
        os.fsync(handle)
        if new:
            sync_folder(self._path.parent)

    def _whole(self, handle: int) -> int:
        """Return how long the file is up to its last whole batch; what a crash left behind it goes."""
        size = os.fstat(handle).st_size
        tail = os.pread(handle, _TAIL, max(0, size - _TAIL))
        whole = size - len(tail) + tail.rfind(b"\n") + 1
        if whole < size:
            os.ftruncate(handle, whole)
        return whole

    @contextmanager
    def _opened(self) -> Iterator[int]:
        handle = os.open(self._path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _MODE)
        try:
            # Held until the file is closed: two processes never write at once, nor while it is entered.
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield handle
        finally:
            os.close(handle)


def _last_mac(handle: int, size: int) -> str:
    if not size:
        return _FIRST
    tail = os.pread(handle, min(size, _TAIL), max(0, size - _TAIL))
    return str(json.loads(tail.splitlines()[-1])["mac"])


def _said(recorded: Recorded) -> dict[str, Any]:
    actor, subject = recorded.actor, recorded.subject
    return {
        "chain": str(recorded.organisation_id),
        "event": recorded.event,
        "detail": recorded.said(),
        "actor": None if actor is None else str(actor.person_id),
        "session": None if actor is None or actor.session_id is None else str(actor.session_id),
        "kind": subject.kind.value,
        "subject": None if subject.id is None else str(subject.id),
        "reference": subject.reference,
    }


def _recorded(said: dict[str, Any], mark: dict[str, Any]) -> Recorded:
    actor, session, subject = (
        None if said[name] is None else UUID(said[name]) for name in ("actor", "session", "subject")
    )
    return Recorded(
        event=said["event"],
        detail=said["detail"] | mark,
        actor=None if actor is None else Person(actor, session),
        organisation_id=UUID(said["chain"]),
        subject=Subject(SubjectKind(said["kind"]), subject, said["reference"]),
    )
