"""Signing the trail: a checkpoint every minute or thousand entries, kept here and elsewhere."""

from collections.abc import Sequence
from functools import cached_property

from sqlalchemy.exc import IntegrityError

from intake.audit.log_notes import Keeper, LogNotes
from intake.audit.log_writer import LogWriter
from intake.audit.note import Checkpoint, LogKey
from intake.errors import NotConfigured, NotContinued
from intake.services.workplace import Services, Workplace
from intake.vocabulary import Tier


class Checkpoints:
    """Signs what is new, and has it kept elsewhere; any number of servers may."""

    def __init__(self, place: Workplace, keepers: Sequence[Keeper] = ()) -> None:
        self._place = place
        self._keepers = keepers

    @cached_property
    def _key(self) -> LogKey:
        return LogKey(self._place.tools.key_ring, self._place.tools.tier)

    def round(self) -> tuple[Checkpoint, ...]:
        """Sign if it is time to, and return what was signed. Raises `NotContinued`, `NotConfigured`."""
        if not self._signs_here:
            return ()
        with self._place.reading() as services:
            due = self._writer(services).is_due(self._place.tools.clock.now())
        if due:
            return self.sign()
        self.tell()
        return ()

    def sign(self) -> tuple[Checkpoint, ...]:
        """Sign everything that is new; raises `NotContinued`.

        Raises `NotConfigured` where nobody can be told, and in the schools' tier, which signs nothing. What
        was signed before a crash and is not kept elsewhere yet is told first.
        """
        self.tell()
        signed = []
        while (one := self._sign_once()) is not None:
            signed.append(one)
            self.tell()
        return tuple(signed)

    def tell(self) -> None:
        """Tell everybody who keeps checkpoints, whoever of them cannot be told.

        Raises `NotContinued` where one of them keeps what is not here, `NotConfigured` where no one could be
        told: as long as one could, signing goes on. The lookout hears of both. The schools' tier has nothing
        to tell.
        """
        if not (self._signs_here and self._keepers):
            return
        self._require_as_signed()
        behind, away = list[NotContinued](), list[NotConfigured]()
        for keeper in self._keepers:
            try:
                self._tell_one(keeper)
            except NotContinued as trouble:
                behind.append(trouble)
            except NotConfigured as trouble:
                away.append(trouble)
        lookout = self._place.tools.lookout
        lookout.behind, lookout.told = bool(behind), not away
        if behind:
            raise behind[0]
        if away and len(away) == len(self._keepers):
            raise away[0]

    @property
    def _signs_here(self) -> bool:
        """Whether the one log of both tiers' chains is signed here: not where the internet reaches."""
        return self._place.tools.tier is not Tier.SCHOOL

    def _require_as_signed(self) -> None:
        """Raise `NotContinued` where the newest is forged: then nobody is told, and nobody is behind."""
        try:
            with self._place.reading() as services:
                LogNotes(services.unit.session, self._key).newest()
        except NotContinued:
            self._place.tools.lookout.told = False
            raise

    def _tell_one(self, keeper: Keeper) -> None:
        try:
            with self._place.reading() as services:
                keeper.tell(LogNotes(services.unit.session, self._key))
        except NotContinued:
            # Another server may have signed, and told, while this one was looking: look once more.
            with self._place.reading() as services:
                keeper.tell(LogNotes(services.unit.session, self._key))

    def _sign_once(self) -> Checkpoint | None:
        try:
            with self._place.writing() as services:
                return self._writer(services).append(self._place.tools.clock.now())
        except IntegrityError:
            # Another server signed first; what it did not cover waits for the next round.
            return None

    def _writer(self, services: Services) -> LogWriter:
        return LogWriter(services.unit.session, self._key)
