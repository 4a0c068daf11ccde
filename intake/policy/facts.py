"""What policy must know of a case to answer: ids only."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Facts:
    """The ids that tie a thing to people and organisations; None where the thing has none."""

    school_id: UUID | None = None
    hub_id: UUID | None = None
    organisation_id: UUID | None = None
    recorded_by: UUID | None = None
    sent_by: UUID | None = None
    #: The case it is part of, whom that names, and to whom it is restricted; None where it is not.
    case_id: UUID | None = None
    named: frozenset[UUID] = frozenset()
    only: frozenset[UUID] | None = None
    #: Whether of those it is restricted to too few are left for one to ask and another to approve.
    too_few: bool = False
    #: Whether the organisation it is seen from has erased it.
    erased: bool = False

    def shuts_out(self, person_id: UUID) -> bool:
        """Whether the case names this person, or is restricted and not to them."""
        return person_id in self.named or (self.only is not None and person_id not in self.only)
