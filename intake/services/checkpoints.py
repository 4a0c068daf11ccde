"""Signing the trail: a checkpoint every minute or thousand entries, kept here and in a file elsewhere."""

from pathlib import Path

from sqlalchemy.exc import IntegrityError

from intake.audit.log_writer import LogWriter
from intake.audit.note import Checkpoint, LogKey
from intake.audit.witness import Witness
from intake.services.workplace import Services, Workplace


class Checkpoints:
    """Signs what is new, and adds what was signed to the file elsewhere; any number of servers may."""

    def __init__(self, place: Workplace, file: Path | None) -> None:
        self._place = place
        self._key = LogKey(place.tools.key_ring)
        self._witness = None if file is None else Witness(file)

    def round(self) -> tuple[Checkpoint, ...]:
        """Sign if it is time to, and return what was signed. Raises `NotContinued`, `NotConfigured`."""
        with self._place.reading() as services:
            due = self._writer(services).is_due(self._place.tools.clock.now())
        if due:
            return self.sign()
        self._tell()
        return ()

    def sign(self) -> tuple[Checkpoint, ...]:
        """Sign everything that is new. Raises `NotContinued`, `NotConfigured` where the file is not there.

        What was signed before a crash and not yet added to the file is added first.
        """
        self._tell()
        signed = []
        while (one := self._sign_once()) is not None:
            signed.append(one)
            self._tell()
        return tuple(signed)

    def _sign_once(self) -> Checkpoint | None:
        try:
            with self._place.writing() as services:
                return self._writer(services).append(self._place.tools.clock.now())
        except IntegrityError:
            # Another server signed first; what it did not cover waits for the next round.
            return None

    def _tell(self) -> None:
        if self._witness is not None:
            with self._place.reading() as services:
                self._witness.add(self._writer(services).after)

    def _writer(self, services: Services) -> LogWriter:
        return LogWriter(services.unit.session, self._key)
