"""Telling a witness on another machine, and proving to it that the log only grew since."""

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

from intake.audit.log_notes import LogNotes
from intake.audit.note import Checkpoint, in_base64
from intake.audit.witnessing import WitnessKey
from intake.errors import NotConfigured, NotContinued

_SECONDS = 5.0
_LONGEST = 4096
_TRIES = 3
_BEHIND = (
    "The witness elsewhere holds a checkpoint that this database has not got, or not so: it was put back to "
    "an earlier state, or lost or changed what was written. Nothing more is signed. Look: intake audit verify"
)
_NO_ADDRESS = (
    "INTAKE_WITNESS must be like 'https://witness.example/ NAME+…', with the public key that 'intake audit "
    "witness' prints, not {said!r}."
)
_NOT_ITS_KEY = "Somebody answered in place of the witness: its key signed nothing in the answer."
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class FarWitness:
    """Sends the newest checkpoint to a witness; what that holds already is asked once and remembered."""

    def __init__(self, said: str) -> None:
        """Read the address of a witness and its public key; raises `NotConfigured`."""
        address, _, key = said.partition(" ")
        parts = urlsplit(address)
        secure = parts.scheme == "https"
        here = parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not (parts.hostname and (secure or here)):
            raise NotConfigured(_NO_ADDRESS.format(said=said))
        try:
            self._key = WitnessKey(key)
        except ValueError as trouble:
            raise NotConfigured(_NO_ADDRESS.format(said=said)) from trouble
        self._connects = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        self._host, self._port = parts.hostname, parts.port
        self._path = f"{parts.path.rstrip('/')}/add-checkpoint"
        self._held = 0
        self._last: Checkpoint | None = None

    def tell(self, notes: LogNotes) -> None:
        """Have the newest witnessed. Raises `NotConfigured`, `NotContinued` where the witness disagrees."""
        newest = notes.newest()
        if newest == self._last:
            return
        if newest is None:
            raise NotContinued(_BEHIND)
        answer = self._send(notes, newest)
        if answer.status == http.client.UNPROCESSABLE_ENTITY:
            raise NotContinued(_BEHIND)
        if answer.status != http.client.OK:
            raise NotConfigured(f"The witness did not take a checkpoint, and answered {answer.status}.")
        if not self._key.is_cosigned(newest.note, answer.words):
            raise NotConfigured(_NOT_ITS_KEY)
        self._held, self._last = newest.size, newest

    def _send(self, notes: LogNotes, newest: Checkpoint) -> "_Answer":
        """Send the newest, from where the witness says it stands, and return what it answered last."""
        answer = _Answer(http.client.CONFLICT, self._held, "")
        for _ in range(_TRIES):
            if self._held > newest.size:
                raise NotContinued(_BEHIND)
            answer = self._ask(notes, newest)
            if answer.status != http.client.CONFLICT:
                break
            if answer.size == self._held:
                # It holds another checkpoint of the very same size.
                raise NotContinued(_BEHIND)
            self._held = answer.size
        return answer

    def _ask(self, notes: LogNotes, newest: Checkpoint) -> "_Answer":
        path = "".join(f"{in_base64(each)}\n" for each in notes.growth(self._held, newest))
        asked = f"old {self._held}\n{path}\n{newest.note}".encode()
        connection = self._connects(self._host, self._port, timeout=_SECONDS)
        try:
            connection.request("POST", self._path, asked, {"Content-Type": "text/plain; charset=utf-8"})
            answer = connection.getresponse()
            said = answer.read(_LONGEST).decode(errors="replace").strip()
            conflict = answer.status == http.client.CONFLICT
            return _Answer(answer.status, int(said) if conflict else 0, said)
        except (OSError, http.client.HTTPException, ValueError) as trouble:
            raise NotConfigured(f"The witness cannot be reached ({type(trouble).__name__}).") from trouble
        finally:
            connection.close()


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the witness said, in its words; `size` is what it holds, where it holds something else."""

    status: int
    size: int
    words: str
