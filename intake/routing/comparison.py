"""What a new directory would change for whom, and when, against the one it follows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum, unique
from typing import TypeVar

from intake.calendars.local_time import midnight, to_local
from intake.routing.directory import Directory, Service
from intake.routing.engine import route
from intake.routing.places import in_authority
from intake.routing.question import Question
from intake.vocabulary import OpenState


@unique
class Difference(StrEnum):
    """What is different about one service."""

    ADDED = "added"
    GONE = "gone"
    RENAMED = "renamed"
    NUMBER_ADDED = "number_added"
    NUMBER_GONE = "number_gone"
    CHECKED = "checked"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class ServiceDiffers:
    """One thing that differs about a service; `what` is the number or name it is about."""

    service: str
    difference: Difference
    what: str


@dataclass(frozen=True, slots=True)
class HoursDiffer:
    """A time in which a service would be open, closed or not known where it was something else; aware UTC."""

    service: str
    begins_at: datetime
    ends_at: datetime
    was: OpenState
    would_be: OpenState


@dataclass(frozen=True, slots=True)
class FirstDiffers:
    """A time in which somebody else would be the first to ring; names and numbers, aware UTC."""

    begins_at: datetime
    ends_at: datetime
    was: tuple[str, str]
    would_be: tuple[str, str]


S = TypeVar("S", bound=HoursDiffer | FirstDiffers)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs for one authority; `code` is empty for what concerns everybody."""

    code: str
    name: str
    services: tuple[ServiceDiffers, ...]
    hours: tuple[HoursDiffer, ...]
    first: tuple[FirstDiffers, ...]


def compare(old: Directory, new: Directory, begins_at: datetime, days: int = 14) -> tuple[Comparison, ...]:
    """Compare two directories over the coming days, authority by authority; those unchanged are left out."""
    ends_at = begins_at + timedelta(days=days)
    everywhere = _compared(_uncovered(old), _uncovered(new), begins_at, ends_at)
    found = [Comparison("", "", *everywhere, ())] if any(everywhere) else []
    authorities = {**old.authorities, **new.authorities}
    for code in sorted(authorities):
        before, after = _listed(old, code), _listed(new, code)
        if before == after and old.authority(code) == new.authority(code) and not everywhere[0]:
            continue
        services, hours = _compared(before, after, begins_at, ends_at)
        first = _first_differs(old, new, code, begins_at, ends_at)
        if services or hours or first or old.authority(code) != new.authority(code):
            found.append(Comparison(code, authorities[code].name, services, hours, first))
    return tuple(found)


def _listed(directory: Directory, code: str) -> dict[str, Service]:
    return {service.slug: service for service in directory.by_authority.get(code, ())}


def _uncovered(directory: Directory) -> dict[str, Service]:
    return {slug: service for slug, service in directory.services.items() if not service.covers}


def _compared(
    old: dict[str, Service], new: dict[str, Service], begins_at: datetime, ends_at: datetime
) -> tuple[tuple[ServiceDiffers, ...], tuple[HoursDiffer, ...]]:
    services: list[ServiceDiffers] = []
    hours: list[HoursDiffer] = []
    for slug in sorted({*old, *new}):
        before, after = old.get(slug), new.get(slug)
        if before is None and after is not None:
            services.append(ServiceDiffers(after.name, Difference.ADDED, after.phones[0].number))
        elif after is None and before is not None:
            services.append(ServiceDiffers(before.name, Difference.GONE, before.phones[0].number))
        elif before is not None and after is not None and before != after:
            differs = tuple(_differs(before, after))
            spans = _hours_differ(before, after, begins_at, ends_at)
            services += differs or (() if spans else (ServiceDiffers(after.name, Difference.OTHER, ""),))
            hours += spans
    return tuple(services), tuple(hours)


def _differs(old: Service, new: Service) -> Iterator[ServiceDiffers]:
    if old.name != new.name:
        yield ServiceDiffers(old.name, Difference.RENAMED, new.name)
    before = {phone.number: phone for phone in old.phones}
    after = {phone.number: phone for phone in new.phones}
    for number in sorted(before.keys() - after.keys()):
        yield ServiceDiffers(new.name, Difference.NUMBER_GONE, number)
    for number in sorted(after.keys() - before.keys()):
        yield ServiceDiffers(new.name, Difference.NUMBER_ADDED, number)
    for number, phone in after.items():
        was = before.get(number)
        if was is not None and was.provenance.checked_on != phone.provenance.checked_on:
            yield ServiceDiffers(new.name, Difference.CHECKED, number)


def _hours_differ(
    old: Service, new: Service, begins_at: datetime, ends_at: datetime
) -> tuple[HoursDiffer, ...]:
    found: tuple[HoursDiffer, ...] = ()
    at = begins_at
    while at < ends_at:
        until = min(_next(at, ends_at, old, new), ends_at)
        was, would_be = old.hours.state_at(at), new.hours.state_at(at)
        if was is not would_be:
            found = _joined(found, HoursDiffer(new.name, at, until, was, would_be))
        at = until
    return found


def _next(at: datetime, ends_at: datetime, *services: Service) -> datetime:
    """Give the next instant at which anything can change: hours at any time, numbers as a day begins."""
    changes = (service.hours.next_change(at) or ends_at for service in services)
    return min((midnight(to_local(at).date() + timedelta(days=1)), *changes))


def _first_differs(
    old: Directory, new: Directory, code: str, begins_at: datetime, ends_at: datetime
) -> tuple[FirstDiffers, ...]:
    services = [service for directory in (old, new) for service in _listed(directory, code).values()]
    found: tuple[FirstDiffers, ...] = ()
    at = begins_at
    while at < ends_at:
        until = min(_next(at, ends_at, *services), ends_at)
        was, would_be = _first(old, code, at), _first(new, code, at)
        if was != would_be:
            found = _joined(found, FirstDiffers(at, until, was, would_be))
        at = until
    return found


def _joined(found: tuple[S, ...], new: S) -> tuple[S, ...]:
    """Add a time, making one of two that follow each other and say the same."""
    if found and found[-1] == replace(new, begins_at=found[-1].begins_at, ends_at=new.begins_at):
        return (*found[:-1], replace(new, begins_at=found[-1].begins_at))
    return (*found, new)


def _first(directory: Directory, code: str, at: datetime) -> tuple[str, str]:
    step = route(Question(home=in_authority(code), at=at), directory).first
    return step.name, step.phone
