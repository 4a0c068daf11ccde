"""Opening sealed words: the entry in the trail is committed first, and only then is anything decrypted."""

from collections.abc import Iterable
from uuid import UUID

from intake.audit.event import Event, Subject
from intake.audit.log import AuditLog
from intake.casework.sealed_form import D
from intake.crypto.binding import Binding
from intake.db import Unit
from intake.policy.actor import Actor
from intake.services.keys import CaseKeys
from intake.vocabulary import Compartment


class Opened:
    """Proof that an opening is on the record: what `Opening.record` gives, and the only way to the words."""

    def __init__(self, keys: CaseKeys, holder: UUID) -> None:
        self._keys = keys
        self._holder = holder

    def unseal(self, kind: type[D], blob: bytes, binding: Binding) -> D:
        """Return the document in `blob`; raises `CannotOpen` if the actor's organisation holds no key."""
        return self._keys.unseal_on_record(kind, blob, binding, holder=self._holder)

    def load(self, case_ids: Iterable[UUID], compartments: Iterable[Compartment] = Compartment) -> None:
        """Fetch the keys of many cases in one query, before opening a list of cards."""
        self._keys.load(case_ids, holder=self._holder, compartments=compartments)


class Opening:
    """Records what is about to be opened, and commits the record."""

    def __init__(self, unit: Unit, audit: AuditLog, keys: CaseKeys) -> None:
        self._unit = unit
        self._audit = audit
        self._keys = keys

    def record(self, event: Event, *, actor: Actor, subject: Subject) -> Opened:
        """Commit the entry that the actor opens these words, and give the way to them.

        It commits whatever the unit has written so far, so open before you write. Nothing is given
        unless the database confirmed the commit: no record, no words.
        """
        self._audit.record(event, actor=actor, organisation_id=actor.organisation_id, subject=subject)
        self._unit.commit_record()
        return Opened(self._keys, actor.organisation_id)
