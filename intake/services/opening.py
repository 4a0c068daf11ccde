"""Opening sealed words: the entry in the trail is committed first, and only then is anything decrypted."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from sqlalchemy.exc import DBAPIError

from intake.audit.event import Event, Subject
from intake.audit.log import AuditLog
from intake.audit.spool import Spool
from intake.casework.documents.child import ChildCard
from intake.casework.sealed_form import D
from intake.casework.withheld_home import WithheldHome
from intake.clock import Clock
from intake.crypto.binding import Binding
from intake.crypto.inventory import SealedColumn
from intake.db import Unit, cannot_write
from intake.errors import NotConfirmed
from intake.policy.actor import Actor
from intake.services.card_keys import SealedCard
from intake.services.keys import CaseKeys
from intake.vocabulary import Compartment


class Opened:
    """Proof that an opening is on the record: what `Opening.record` gives, and the only way to the words."""

    def __init__(self, keys: CaseKeys, holder: UUID, home: WithheldHome | None = None) -> None:
        self._keys = keys
        self._holder = holder
        self._home = home

    def withholding(self, card: ChildCard) -> "Opened":
        """Give the same way to the words, but with the home of this card blacked out if it is withheld."""
        return Opened(self._keys, self._holder, card.withheld_home)

    def unseal(self, kind: type[D], blob: bytes, binding: Binding) -> D:
        """Return the document in `blob`; raises `CannotOpen` if the actor's organisation holds no key."""
        document = self._keys.unseal_on_record(kind, blob, binding, holder=self._holder)
        return document if self._home is None else self._home.shown(document)

    def load(self, case_ids: Iterable[UUID], compartments: Iterable[Compartment] = Compartment) -> None:
        """Fetch the keys of many cases in one query, before opening a list of cards."""
        self._keys.load(case_ids, holder=self._holder, compartments=compartments)

    def unseal_many(self, kind: type[D], column: SealedColumn, sealed: Sequence[SealedCard]) -> Iterator[D]:
        """Yield many cards, whose keys are fetched together and forgotten with them."""
        return self._keys.unseal_on_record_many(kind, column, sealed, holder=self._holder)


class Opening:
    """Records what is about to be opened, and commits the record; or keeps it beside a database only read."""

    def __init__(
        self, unit: Unit, clock: Clock, audit: AuditLog, keys: CaseKeys, spool: Spool | None = None
    ) -> None:
        self._unit = unit
        self._clock = clock
        self._audit = audit
        self._keys = keys
        self._spool = spool

    def record(self, event: Event, *, actor: Actor, subject: Subject) -> Opened:
        """Commit the entry that the actor opens these words, and give the way to them.

        It commits whatever the unit has written so far, so open before you write. Nothing is given
        unless the database confirmed the commit: no record, no words. Where it can be read and takes
        nothing, the second sink must have the record instead; raises `NotConfirmed` where neither has it.
        """
        return self.record_of(event, actor, organisation_id=actor.organisation_id, subject=subject)

    def record_of(
        self, event: Event, actor: Actor | None, *, organisation_id: UUID, subject: Subject
    ) -> Opened:
        """Do the same in an organisation's trail; where no actor is given, for whoever is at the machine."""
        self._audit.record(event, actor=actor, organisation_id=organisation_id, subject=subject)
        if not (self._unit.can_record and self._is_committed()):
            self._keep_beside()
        return Opened(self._keys, organisation_id)

    def _is_committed(self) -> bool:
        try:
            self._unit.commit_record()
        except DBAPIError as trouble:
            if not (self._unit.only_opens and cannot_write(trouble)):
                raise
            return False
        return True

    def _keep_beside(self) -> None:
        recorded = self._audit.take_back()
        self._unit.only_read()
        if self._spool is None:
            raise NotConfirmed("the database takes nothing, and there is no second place for the record")
        self._spool.keep(recorded, self._clock.now())
