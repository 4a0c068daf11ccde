"""What precisely is asked for when somebody asks who saw what: in codes that two people can agree on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

_INSTANT: Final = "%Y%m%dT%H%M%SZ"
_EVERYBODY: Final = "everybody"
_ON_THE_PAGE, _WITH_EVERY_CASE = "page", "machine"


@dataclass(frozen=True, slots=True)
class PackAsked:
    """From one instant to before another, of everybody or one person; `whole`, it is made at the machine."""

    begins: datetime
    ends: datetime
    person_id: UUID | None = None
    whole: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Say precisely what is asked for, without a word."""
        return (
            *(each.astimezone(UTC).strftime(_INSTANT) for each in (self.begins, self.ends)),
            _EVERYBODY if self.person_id is None else str(self.person_id),
            _WITH_EVERY_CASE if self.whole else _ON_THE_PAGE,
        )


def pack_of(codes: Sequence[str]) -> PackAsked:
    """Return what was asked for by its codes."""
    begins, ends, person, where = codes
    return PackAsked(
        datetime.fromisoformat(begins),
        datetime.fromisoformat(ends),
        None if person == _EVERYBODY else UUID(person),
        whole=where == _WITH_EVERY_CASE,
    )
