"""Who is on duty when, as a duty manager wrote it down, and what may be written (ADR 162)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from intake.errors import Refused

#: People come before their shift begins, and stay to finish.
LEEWAY: Final = timedelta(minutes=60)
#: A day, and the hour more that one day in the year has.
LONGEST: Final = timedelta(hours=25)
#: So long afterwards can it be written down that a colleague was on duty.
WRITTEN_WITHIN: Final = timedelta(days=7)
#: No rota is made further ahead.
AHEAD: Final = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody is on duty from one instant to before another."""

    person_id: UUID
    begins_at: datetime
    ends_at: datetime


class Rota:
    """The shifts of one service about a time."""

    def __init__(self, shifts: Iterable[Shift] = ()) -> None:
        self._shifts = tuple(shifts)
        self._of: dict[UUID, list[Shift]] = defaultdict(list)
        for shift in self._shifts:
            self._of[shift.person_id].append(shift)

    @property
    def is_kept(self) -> bool:
        """Whether anybody stands on it at all."""
        return bool(self._shifts)

    def covers(self, at: datetime) -> bool:
        """Whether it has anybody on duty then: if not, it says nothing of that time."""
        return any(shift.begins_at <= at < shift.ends_at for shift in self._shifts)

    def has(self, person_id: UUID, at: datetime) -> bool:
        """Whether it has this person on duty then, or within the leeway of then."""
        return any(
            shift.begins_at - LEEWAY <= at <= shift.ends_at + LEEWAY for shift in self._of.get(person_id, ())
        )


def require_shift(shift: Shift, *, by: UUID, now: datetime) -> None:
    """Raise `Refused` unless this is a shift that `by` may write down now."""
    if shift.ends_at <= shift.begins_at:
        raise Refused("until_time", "rota.ends_before")
    if shift.ends_at - shift.begins_at > LONGEST:
        raise Refused("until_time", "rota.too_long")
    if shift.begins_at < now - WRITTEN_WITHIN:
        raise Refused("on", "rota.too_late")
    if shift.begins_at > now + AHEAD:
        raise Refused("on", "rota.too_far")
    if shift.person_id == by and shift.begins_at < now:
        raise Refused("person", "rota.own_past")
