"""New keys for one case, from the first step to the last, each in a unit of its own."""

from dataclasses import dataclass
from uuid import UUID

from intake.services.workplace import Workplace
from intake.vocabulary import Compartment


@dataclass(frozen=True, slots=True)
class ToDo:
    """What there is to do for a case: which parts of it, and how many documents to seal anew."""

    parts: tuple[Compartment, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: documents sealed anew, parts whose older keys are destroyed, and whether it was all."""

    documents: int
    retired: int
    finished: bool


class CaseRotation:
    """Gives a case new keys, or finishes doing so: older keys are there until then."""

    def __init__(self, place: Workplace) -> None:
        self._place = place

    def to_do(self, case_id: UUID) -> ToDo:
        """Return what there is to do; raises `NotFound` where this ring opens no key of such a case."""
        with self._place.reading() as services:
            keeping = services.case_key_keeping
            parts, under_way = keeping.parts(case_id), keeping.is_under_way(case_id)
            return ToDo(parts, keeping.left(case_id) if under_way else keeping.documents(case_id))

    def run(self, case_id: UUID) -> Done:
        """Do what can be done now; asked again, it goes on. Raises `NotFound`.

        Older keys are destroyed once nobody can be using them.
        """
        with self._place.writing() as services:
            services.case_key_keeping.add_keys(case_id)
            columns = services.case_key_keeping.columns(case_id)
        documents = 0
        for sealed in columns:
            with self._place.writing() as services:
                documents += services.case_key_keeping.reseal(case_id, sealed)
        with self._place.writing() as services:
            retired = services.case_key_keeping.retire(case_id)
            return Done(documents, retired, finished=not services.case_key_keeping.is_under_way(case_id))
