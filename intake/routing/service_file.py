"""One service of a directory's file as a value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from intake.calendars.hours import Period, PeriodHours
from intake.calendars.term import ALWAYS, Term, covers
from intake.routing.codes import WrittenChannel
from intake.routing.directory import Phone, Receives, Service, ServiceHours
from intake.routing.facts_file import codes, language, number, provenance, slug, term
from intake.routing.hours_file import HoursWritten, notation
from intake.routing.toml_table import Table
from intake.vocabulary import Nation, OpenState, ServiceKind

_NOT_SETTLED = PeriodHours((), OpenState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class ServiceWritten:
    """One service as its file has it, before its hours can be settled."""

    table: Table
    hours: HoursWritten
    service: Service

    def settled(self, on_duty: ServiceHours) -> Service:
        """Give the service with its hours: outside its term it is closed, whatever they say."""
        days = self.service.term
        if days != ALWAYS:
            limited = PeriodHours((Period(days, on_duty.hours),), OpenState.CLOSED)
            on_duty = replace(on_duty, hours=limited)
        return replace(self.service, on_duty=on_duty)


def read_service(table: Table, nation: Nation | None) -> ServiceWritten:
    """Read a service; its hours wait for those of the services whose closing they follow."""
    covered = frozenset(codes(table, "covers"))
    force, everywhere = table.maybe_words("police_force"), table.flag("everywhere")
    if sum((bool(covered), force is not None, everywhere)) != 1:
        table.refuse("covers", "give one of: covers, police_force, everywhere = true")
    days = term(table)
    source = provenance(table)
    hours = HoursWritten(table.table("hours"), nation)
    service = Service(
        slug=slug(table),
        kind=table.choice("kind", ServiceKind),
        name=table.words("name"),
        also_called=table.maybe_words("also_called"),
        purpose=table.maybe_words("purpose"),
        address=table.maybe_words("address"),
        accepts=table.maybe_words("accepts"),
        covers=covered,
        police_force=force,
        everywhere=everywhere,
        term=days,
        phones=_phones(table, days),
        on_duty=ServiceHours(_NOT_SETTLED, (), (), source),
        receives=tuple(_receives(table, nation)),
        urgent_only_before_closing=table.number("urgent_only_before_closing", otherwise=0),
        provenance=source,
    )
    table.done()
    return ServiceWritten(table, hours, service)


def _phones(table: Table, days: Term) -> tuple[Phone, ...]:
    phones = []
    for phone in table.tables("phone"):
        phones.append(
            Phone(number(phone), phone.flag("unverified"), language(phone), term(phone), provenance(phone))
        )
        phone.done()
    if not phones:
        table.refuse("phone", "a service nobody can ring is not one to be listed")
    if not covers(days, (phone.term for phone in phones)):
        table.refuse("phone", "there are days on which none of these numbers holds")
    return tuple(phones)


def _receives(table: Table, nation: Nation | None) -> Iterator[Receives]:
    for way in table.tables("receives"):
        yield Receives(
            channel=way.choice("channel", WrittenChannel),
            where=way.maybe_words("where"),
            hours=notation(way, "hours", nation) if "hours" in way.data else None,
            urgent_only=way.flag("urgent_only"),
            provenance=provenance(way),
        )
        way.done()
