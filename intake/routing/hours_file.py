"""The hours of a service as its file has them, and what becomes of them once the others' are known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from intake.calendars.hours import (
    DatedHours,
    Hours,
    Period,
    PeriodHours,
    UnknownHours,
    WheneverClosed,
    WrittenHours,
)
from intake.calendars.term import Term
from intake.errors import Refused
from intake.routing.directory import Provenance, ServiceHours
from intake.routing.facts_file import provenance, term
from intake.routing.toml_table import Table
from intake.vocabulary import Nation, OpenState

_WAYS = ("notation", "unknown", "whenever_closed", "period")


@dataclass(frozen=True, slots=True)
class HoursWritten:
    """The hours of one service as its file has them, and the nation of the file's authority, if any."""

    table: Table
    nation: Nation | None

    def whose_closing(self) -> tuple[str, ...]:
        """Give the services whose closing these hours follow, each once."""
        parts = (self.table, *self.table.tables("period"))
        return tuple(dict.fromkeys(slug for part in parts for slug in part.one_or_several("whenever_closed")))

    def value(self, others: Mapping[str, Hours]) -> ServiceHours:
        """Make the hours; `others` has those of every service whose closing they follow, by its slug."""
        table = self.table
        nation = table.choice("nation", Nation) if "nation" in table.data else self.nation
        _one_way(table, _WAYS)
        periods = tuple(_periods(table, nation, others))
        if periods:
            hours: Hours = PeriodHours(tuple(period for period, _ in periods), OpenState.UNKNOWN)
        else:
            hours = _hours(table, nation, others)
        sources = tuple((period.term, source) for period, source in periods)
        written = ServiceHours(hours, self.whose_closing(), sources, provenance(table))
        table.done()
        return written


def notation(
    table: Table, name: str, nation: Nation | None, days: tuple[DatedHours, ...] = ()
) -> WrittenHours:
    """Read hours in notation; DataFault says which rule cannot be taken, and why."""
    rules = table.words(name)
    if nation is None and "PH" in rules:
        table.refuse("nation", "say whose bank holidays PH means: this file has no authority")
    try:
        # Without PH the nation makes no difference.
        return WrittenHours(rules, nation or Nation.ENGLAND, days)
    except Refused as refusal:
        table.refuse(name, refusal.message)


def _periods(
    table: Table, nation: Nation | None, others: Mapping[str, Hours]
) -> Iterator[tuple[Period, Provenance]]:
    parts = [(part, term(part)) for part in table.tables("period")]
    for (_, before), (part, after) in pairwise(parts):
        if _begins_too_soon(before, after):
            part.refuse("valid_from", "begins before the period above it has ended")
    for part, days in parts:
        _one_way(part, _WAYS[:-1])
        yield Period(days, _hours(part, nation, others)), provenance(part)
        part.done()


def _begins_too_soon(before: Term, after: Term) -> bool:
    return before.last is None or after.first is None or after.first <= before.last


def _one_way(table: Table, ways: tuple[str, ...]) -> None:
    if sum(name in table.data for name in ways) != 1:
        table.refuse(ways[0], f"give one of: {', '.join(ways)}")


def _hours(table: Table, nation: Nation | None, others: Mapping[str, Hours]) -> Hours:
    if "notation" in table.data:
        return notation(table, "notation", nation, tuple(_exceptions(table)))
    if "unknown" in table.data:
        if not table.flag("unknown"):
            table.refuse("unknown", "can only be true; give the hours when they are known")
        return UnknownHours()
    return WheneverClosed(tuple(others[slug] for slug in table.one_or_several("whenever_closed")))


def _exceptions(table: Table) -> Iterator[DatedHours]:
    seen = set()
    for day in table.tables("exception"):
        on = day.day("on")
        if on in seen:
            day.refuse("on", f"{on.isoformat()} has an exception already")
        seen.add(on)
        yield DatedHours(on, day.words("hours"))
        day.done()
