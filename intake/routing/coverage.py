"""Whether somebody answers at every minute: the check a directory must pass before anybody relies on it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake.calendars.local_time import to_local
from intake.routing.directory import Authority, Directory, Phone, Service
from intake.vocabulary import OpenState

#: A number nobody has checked for so long is named.
CHECKED_WITHIN = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Gap:
    """A time at which an authority has nobody on duty; aware UTC, the end not included."""

    begins_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class NumberNotChecked:
    """A number that nobody has checked, or not lately."""

    service: str
    number: str
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the check found of one authority; only a gap makes it fail."""

    authority: Authority
    gaps: tuple[Gap, ...]
    unknown_hours: tuple[str, ...]
    not_checked: tuple[NumberNotChecked, ...]


def coverage(directory: Directory, authority: Authority, begins_at: datetime, days: int) -> Coverage:
    """Look at every minute of `days` days of one authority.

    Hours nobody has confirmed are named and are no gap while the police answer at that minute.
    """
    services, police = directory.duty_services(authority.code, begins_at), directory.police(authority)
    gaps: list[Gap] = []
    at, ends_at = begins_at, begins_at + timedelta(days=days)
    while at < ends_at:
        until = min(_next_change((*services, police), at) or ends_at, ends_at)
        if not _answered(services, police, at):
            begun = gaps.pop().begins_at if gaps and gaps[-1].ends_at == at else at
            gaps.append(Gap(begun, until))
        at = until
    unknown = [s.slug for s in services if s.hours.state_at(begins_at) is OpenState.UNKNOWN]
    today = to_local(begins_at).date()
    everybody = directory.by_authority.get(authority.code, ())
    return Coverage(authority, tuple(gaps), tuple(unknown), not_checked((*everybody, police), today))


def not_checked(services: tuple[Service, ...], today: date) -> tuple[NumberNotChecked, ...]:
    """Give the numbers nobody has checked in the last 180 days."""
    return tuple(
        NumberNotChecked(service.slug, phone.number, phone.provenance.checked_on)
        for service in services
        for phone in service.phones
        if _is_stale(phone, today)
    )


def _is_stale(phone: Phone, today: date) -> bool:
    checked_on = phone.provenance.checked_on
    return checked_on is None or today - checked_on > CHECKED_WITHIN


def _answered(services: tuple[Service, ...], police: Service, at: datetime) -> bool:
    states = {service.hours.state_at(at) for service in services}
    behind = police.hours.state_at(at) is OpenState.OPEN
    return OpenState.OPEN in states or (OpenState.UNKNOWN in states and behind)


def _next_change(services: tuple[Service, ...], at: datetime) -> datetime | None:
    changes = (service.hours.next_change(at) for service in services)
    return min((change for change in changes if change is not None), default=None)
