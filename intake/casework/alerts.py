"""Who is told, and when, while nobody has read a concern."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from intake.calendars.clocks import elapsed, working_time
from intake.calendars.hours import Hours, WrittenHours
from intake.vocabulary import Nation

#: When a school is taken to be at its desk until it says otherwise: longer than lessons, because a lead can
#: usually be reached before and after them, and not on the bank holidays of its nation.
USUAL_SCHOOL_TIME: Final = "Mo-Fr 08:00-18:00; PH off"

#: Minutes of school time for which a concern may lie unread with one person.
PATIENCE_MINUTES: Final = 30


@dataclass(frozen=True, slots=True)
class Rung:
    """One person of the ladder and the instant at which they are told; `rung` 0 is told at once."""

    rung: int
    person_id: UUID
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Ladder:
    """Everybody who is to be told, in order, and when the last of them has had their time.

    `exhausted_at` is None once the concern was read: after it, the reporter is told that nobody has.
    """

    rungs: tuple[Rung, ...]
    exhausted_at: datetime | None


def school_time(nation: Nation, notation: str = USUAL_SCHOOL_TIME) -> WrittenHours:
    """Return a school's hours; raises Refused when the notation cannot be read."""
    return WrittenHours(notation, nation)


def unread_ladder(
    recorded_at: datetime,
    people: Sequence[UUID],
    *,
    hours: Hours,
    reads: Iterable[datetime] = (),
    patience: int = PATIENCE_MINUTES,
) -> Ladder:
    """Return who is told of a concern and when: the lead as it is recorded, then each deputy in turn.

    `people` is the lead and then the deputies in order, each once; `reads` is when any of them first read
    it, and nobody is told from that instant on. `patience` is minutes of school time.
    """
    first_read = min(reads, default=None)
    rungs: list[Rung] = []
    at = recorded_at
    for person_id in people:
        if first_read is not None and first_read <= at:
            break
        rungs.append(Rung(len(rungs), person_id, at))
        at = _patience_over(at, patience, hours)
    return Ladder(tuple(rungs), at if first_read is None else None)


def _patience_over(since: datetime, patience: int, hours: Hours) -> datetime:
    # A school whose hours cannot be reckoned is told too soon and not too late.
    return working_time(since, patience, hours) or elapsed(since, patience)
