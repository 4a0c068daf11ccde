"""The text of the directory's files as values: one file per authority, one for what is national."""

from collections.abc import Callable
from dataclasses import dataclass

from intake.calendars.hours import DatedHours, Hours, UnknownHours, WheneverClosed, WrittenHours
from intake.calendars.term import ALWAYS
from intake.errors import Refused
from intake.routing.codes import Audience, Standing, WrittenChannel
from intake.routing.directory import (
    Authority,
    Phone,
    Provenance,
    Receives,
    Service,
    ServiceHours,
    SupportResource,
)
from intake.routing.toml_table import Table, read_table
from intake.vocabulary import Nation, ServiceKind

#: Finds the hours of another service by its slug, None when there is no such service.
HoursOf = Callable[[str], Hours | None]


@dataclass(frozen=True, slots=True)
class HoursWritten:
    """The hours of one service as its file has them, and how to make a value of them."""

    table: Table
    nation: Nation

    def whose_closing(self) -> str | None:
        """Give the service whose closing these hours follow, if they do."""
        return self.table.maybe_words("whenever_closed")

    def value(self, other: Hours | None) -> ServiceHours:
        """Make the hours; `other` are those of the service whose closing they follow."""
        table = self.table
        given = [name for name in ("notation", "unknown", "whenever_closed") if name in table.data]
        if len(given) != 1:
            table.refuse("notation", "give one of: notation, unknown = true, whenever_closed")
        if given == ["whenever_closed"] and other is None:
            table.refuse("whenever_closed", "is not the slug of another service with hours of its own")
        written = ServiceHours(self._hours(given[0], other), self.whose_closing(), provenance(table))
        table.done()
        return written

    def _hours(self, given: str, other: Hours | None) -> Hours:
        if given == "unknown":
            if not self.table.flag("unknown"):
                self.table.refuse("unknown", "can only be true; give the hours when they are known")
            return UnknownHours()
        if other is not None:
            return WheneverClosed(other)
        try:
            return WrittenHours(self.table.words("notation"), self.nation, self._exceptions())
        except Refused as refusal:
            self.table.refuse("notation", refusal.message)

    def _exceptions(self) -> tuple[DatedHours, ...]:
        days = []
        for day in self.table.tables("exception"):
            on = day.maybe_day("on")
            if on is None:
                day.refuse("on", "is missing")
            days.append(DatedHours(on, day.words("hours")))
            day.done()
        return tuple(days)


@dataclass(frozen=True, slots=True)
class ServiceWritten:
    """One service as its file has it, before its hours can be settled."""

    table: Table
    service: Callable[[ServiceHours], Service]
    hours: HoursWritten
    slug: str


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
    # What is national keeps one set of hours; the nations' calendars meet only in bank holidays.
    nation = authority.nation if authority else Nation.ENGLAND
    services = tuple(_service(table, nation) for table in root.tables("service"))
    support = tuple(_support(table) for table in root.tables("support"))
    root.done()
    return FileRead(authority, services, support)


def provenance(table: Table) -> Provenance:
    """Read where a fact comes from: `source` always, the rest when it is known."""
    checked_on, checked_by = table.maybe_day("checked_on"), table.maybe_words("checked_by")
    if (checked_on is None) != (checked_by is None):
        table.refuse("checked_on", "a check has a day and the name of whoever made it, or neither")
    return Provenance(
        source=table.words("source"),
        source_url=table.maybe_words("source_url"),
        source_dated=table.maybe_words("source_dated"),
        checked_on=checked_on,
        checked_by=checked_by,
        note=table.maybe_words("note"),
    )


def _authority(table: Table) -> Authority:
    authority = Authority(
        code=table.words("code"),
        name=table.words("name"),
        nation=table.choice("nation", Nation),
        police_force=table.maybe_words("police_force"),
        languages=table.several_words("languages"),
        provenance=provenance(table),
    )
    table.done()
    return authority


def _service(table: Table, nation: Nation) -> ServiceWritten:
    kind, covers = table.choice("kind", ServiceKind), frozenset(table.several_words("covers"))
    force, everywhere = table.maybe_words("police_force"), table.flag("everywhere")
    if sum((bool(covers), force is not None, everywhere)) != 1:
        table.refuse("covers", "give one of: covers, police_force, everywhere = true")
    slug, name = table.words("slug"), table.words("name")
    also_called, purpose = table.maybe_words("also_called"), table.maybe_words("purpose")
    phones, written, source = _phones(table), _written(table.maybe_table("written")), provenance(table)
    hours = HoursWritten(table.table("hours"), nation)
    table.done()

    def on_duty(on_duty: ServiceHours) -> Service:
        return Service(
            slug=slug,
            kind=kind,
            name=name,
            also_called=also_called,
            purpose=purpose,
            address=None,
            accepts=None,
            term=ALWAYS,
            covers=covers,
            police_force=force,
            everywhere=everywhere,
            phones=phones,
            on_duty=on_duty,
            receives=written,
            urgent_only_before_closing=0,
            provenance=source,
        )

    return ServiceWritten(table, on_duty, hours, slug)


def _phones(table: Table) -> tuple[Phone, ...]:
    phones = []
    for phone in table.tables("phone"):
        number, unverified = phone.words("number"), phone.flag("unverified")
        phones.append(Phone(number, unverified, phone.maybe_words("language"), ALWAYS, provenance(phone)))
        phone.done()
    if not phones:
        table.refuse("phone", "a service nobody can ring is not one to be listed")
    return tuple(phones)


def _written(table: Table | None) -> tuple[Receives, ...]:
    if table is None:
        return ()
    way = Receives(
        channel=table.choice("channel", WrittenChannel),
        where=None,
        hours=None,
        urgent_only=False,
        provenance=provenance(table),
    )
    table.done()
    return (way,)


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
