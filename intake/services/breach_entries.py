"""What is written down about a breach: each thing once, sealed for the organisations it concerns."""

from uuid import UUID

from intake.casework.documents.passing import BreachWords
from intake.clock import Clock
from intake.crypto.inventory import BREACH_WORDS
from intake.db import Unit
from intake.ids import new_id
from intake.models.passing import Breach, BreachEntry
from intake.policy.actor import Actor
from intake.services.keys import CaseKeys
from intake.services.staff import Staff
from intake.vocabulary import BreachAct


class BreachEntries:
    """Adds to breaches; the caller records the event, which carries what was sealed."""

    def __init__(self, unit: Unit, clock: Clock, keys: CaseKeys, staff: Staff) -> None:
        self._session = unit.session
        self._clock = clock
        self._keys = keys
        self._staff = staff

    def add(
        self, actor: Actor, breach: Breach, act: BreachAct, words: str, *, holders: tuple[UUID, ...]
    ) -> UUID:
        """Write one thing down and return its id."""
        entry_id = new_id()
        place = BREACH_WORDS.place(row_id=entry_id, case_id=breach.id)
        document = BreachWords(words, self._staff.name_and_post(actor.person_id))
        self._session.add(
            BreachEntry(
                id=entry_id,
                breach_id=breach.id,
                act=act,
                written_by=actor.person_id,
                written_at=self._clock.now(),
                words_sealed=self._keys.seal(document, place, holders=holders),
            )
        )
        return entry_id
