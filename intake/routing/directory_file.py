"""The text of the directory's files as values: one file per authority, and some of what several share."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from intake.calendars.local_time import LONDON, from_local
from intake.routing.codes import Audience, Standing
from intake.routing.directory import AcceptedGap, Authority, SupportResource, TimeAllowed, TimedAct
from intake.routing.facts_file import code, codes, languages, provenance
from intake.routing.service_file import ServiceWritten, read_service
from intake.routing.toml_table import Table, read_table
from intake.vocabulary import Colour, Nation

#: No council has so many; the check looks at every minute of each, and of those it waits for.
_MOST_SERVICES = 30

T = TypeVar("T", bound=TimedAct | Colour)


@dataclass(frozen=True, slots=True)
class FileRead:
    """What one file of the directory says."""

    authority: Authority | None
    services: tuple[ServiceWritten, ...]
    support: tuple[SupportResource, ...]


def read_file(file: str, text: str) -> FileRead:
    """Read one file; DataFault names the file, the line and the field that cannot be taken."""
    root = read_table(file, text)
    table = root.maybe_table("authority")
    authority = _authority(table) if table else None
    nation = authority.nation if authority else None
    services = tuple(read_service(table, nation) for table in root.tables("service", _MOST_SERVICES))
    support = tuple(_support(table) for table in root.tables("support"))
    root.done()
    return FileRead(authority, services, support)


def _authority(table: Table) -> Authority:
    zone = table.maybe_words("zone") or LONDON.key
    if zone != LONDON.key:
        table.refuse("zone", f"must be {LONDON.key}: every time in the program is of that zone")
    authority = Authority(
        code=code(table),
        name=table.words("name"),
        nation=table.choice("nation", Nation),
        zone=zone,
        police_force=table.maybe_words("police_force"),
        languages=languages(table),
        neighbours=codes(table, "neighbours"),
        clocks=tuple(_times(table, "clock", "act", TimedAct)),
        limits=tuple(_times(table, "limit", "colour", Colour)),
        accepted_gaps=tuple(_accepted_gaps(table)),
        provenance=provenance(table),
    )
    if (authority.nation is Nation.WALES) != authority.code.startswith("W"):
        table.refuse("nation", f"{authority.code} is not a code of that nation")
    table.done()
    return authority


def _times(table: Table, name: str, field: str, kinds: type[T]) -> Iterator[TimeAllowed]:
    seen: set[StrEnum] = set()
    for row in table.tables(name):
        of = row.choice(field, kinds)
        if of in seen:
            row.refuse(field, f"{of} has a time already")
        seen.add(of)
        minutes = row.number("minutes")
        if minutes < 1:
            row.refuse("minutes", "must be one or more; leave the table out when the time is not known")
        yield TimeAllowed(of, minutes, row.flag("working_time"), provenance(row))
        row.done()


def _accepted_gaps(table: Table) -> Iterator[AcceptedGap]:
    for row in table.tables("accepted_gap"):
        gap = AcceptedGap(
            begins_at=from_local(row.moment("begins")),
            ends_at=from_local(row.moment("ends")),
            reason=row.words("reason"),
            accepted_by=row.words("accepted_by"),
            accepted_on=row.day("accepted_on"),
        )
        if gap.ends_at <= gap.begins_at:
            row.refuse("ends", "is not after it begins")
        yield gap
        row.done()


def _support(table: Table) -> SupportResource:
    resource = SupportResource(
        slug=table.words("slug"),
        name=table.words("name"),
        about=table.words("about"),
        audience=table.choice("audience", Audience),
        standing=table.choice("standing", Standing),
        phone=table.maybe_words("phone"),
        url=table.maybe_words("url"),
        provenance=provenance(table),
    )
    table.done()
    return resource
