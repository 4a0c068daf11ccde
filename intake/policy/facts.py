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
    named: frozenset[UUID] = frozenset()
