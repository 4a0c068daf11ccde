"""New keys for one case, from the first step to the last, each in a unit of its own."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from intake.models.concern import Concern
from intake.models.referral import Referral
from intake.services.workplace import Services, Workplace
from intake.vocabulary import Compartment, KeyChange, RequestKind, Tier


@dataclass(frozen=True, slots=True)
class ToDo:
    """What there is to do for a case: which parts of it, and how many documents to seal anew."""

    parts: tuple[Compartment, ...]
    documents: int


@dataclass(frozen=True, slots=True)
class Done:
    """What was done: documents sealed anew, parts whose older keys are destroyed, and whether it was all.

    Not `allowed`, there were no two people who could have been asked.
    """

    documents: int
    retired: int
    finished: bool
    allowed: bool


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

        Two people of an organisation that holds the case must have allowed it, else `Refused`; where it is
        under way already, that is enough. Older keys are destroyed once nobody can be using them.
        """
        with self._place.writing() as services:
            keeping = services.case_key_keeping
            keeping.parts(case_id)
            allowed = keeping.is_under_way(case_id) or services.approvals.use_at_machine(
                RequestKind.KEYS, (KeyChange.CASE, _known_as(services, case_id)), keeping.holders_of(case_id)
            )
            keeping.add_keys(case_id)
            columns = keeping.columns(case_id)
        documents = 0
        for sealed in columns:
            with self._place.writing() as services:
                documents += services.case_key_keeping.reseal(case_id, sealed)
        with self._place.writing() as services:
            retired = services.case_key_keeping.retire(case_id)
            return Done(
                documents,
                retired,
                finished=not services.case_key_keeping.is_under_way(case_id),
                allowed=allowed,
            )


def _known_as(services: Services, case_id: UUID) -> str:
    """Return the reference by which people ask for new keys of a case, or its id where it has none."""
    # Concerns are no table of the hubs' tier.
    tables = (Referral,) if services.tools.tier is Tier.HUB else (Referral, Concern)
    for table in tables:
        found = services.unit.session.scalars(select(table.reference).where(table.id == case_id)).first()
        if found is not None:
            return found
    return str(case_id)
