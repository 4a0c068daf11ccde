"""Whether a child's surname or home is the looker's own as well (ADR 162)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from intake.casework.spelling import parts
from intake.vocabulary import AskWhy

#: A part of a name of fewer letters is a particle, or an initial.
_SHORTEST: Final = 3
#: A surname is common where one child in so many bears it, in so many different homes.
COMMON_ONE_IN: Final = 100
COMMON_HOMES: Final = 4


@dataclass(frozen=True, slots=True)
class Known:
    """A child, or whoever looked: a surname as written, and a whole postcode in one form; '' if not known."""

    surname: str
    postcode: str

    @property
    def names(self) -> frozenset[str]:
        """What of the surname is compared."""
        return frozenset(part for part in parts(self.surname) if len(part) >= _SHORTEST)


def of_their_own(
    pairs: Iterable[tuple[UUID, UUID]], lookers: Mapping[UUID, Known], children: Mapping[UUID, Known]
) -> dict[tuple[UUID, UUID], frozenset[AskWhy]]:
    """Return, by who looked and at which case, what of the child's is theirs; where nothing is, nothing.

    `children` are all that are compared, by case: a name that is common among them says nothing.
    """
    common = _common(children.values())
    found = {}
    for person_id, case_id in pairs:
        if case_id not in children:
            continue
        looker, child = lookers[person_id], children[case_id]
        why = set()
        if (looker.names & child.names) - common:
            why.add(AskWhy.OWN_SURNAME)
        if looker.postcode and looker.postcode == child.postcode:
            why.add(AskWhy.OWN_POSTCODE)
        if why:
            found[person_id, case_id] = frozenset(why)
    return found


def _common(children: Iterable[Known]) -> frozenset[str]:
    homes: dict[str, set[str]] = defaultdict(set)
    times: dict[str, int] = defaultdict(int)
    compared = 0
    for child in children:
        compared += 1
        for name in child.names:
            times[name] += 1
            if child.postcode:
                homes[name].add(child.postcode)
    return frozenset(
        name
        for name, often in times.items()
        if often * COMMON_ONE_IN >= compared and len(homes[name]) >= COMMON_HOMES
    )
