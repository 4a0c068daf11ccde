"""What `intake directory` prints: whom people are told to ring, and what a check found."""

from collections.abc import Iterator
from datetime import datetime

from intake.calendars.hours import Hours, PeriodHours, UnknownHours, WrittenHours
from intake.calendars.local_time import to_local
from intake.calendars.term import Term
from intake.routing.coverage import Coverage, Gap
from intake.routing.directory import Authority, Directory, Provenance, Service, TimeAllowed


def report(found: list[Coverage], days: int) -> str:
    """Say what a check found, authority by authority."""
    lines = []
    for one in found:
        lines.append(f"{one.authority.name} ({one.authority.code}), next {days} days:")
        lines += [f"  {line}" for line in _findings(one)]
    return "\n".join(lines)


def _findings(one: Coverage) -> Iterator[str]:
    yield from (f"GAP: nobody from {_time(gap.begins_at)} to {_time(gap.ends_at)}" for gap in one.gaps)
    if not one.gaps and not one.accepted:
        yield "somebody can be rung at every minute"
    for gap in one.accepted:
        until = f"from {_time(gap.begins_at)} to {_time(gap.ends_at)}"
        yield f"gaps accepted {until} by {gap.accepted_by} on {gap.accepted_on}: {gap.reason}"
    for overlap in one.overlaps:
        until = f"from {_time(overlap.begins_at)} to {_time(overlap.ends_at)}"
        yield f"on duty at once, {until}: {' and '.join(overlap.services)}"
    yield from (f"hours not known: {slug} (the police stand behind it)" for slug in one.unknown_hours)
    yield from (f"nobody is ever sent to: {slug} ({why.replace('_', ' ')})" for slug, why in one.unreached)
    yield from (f"no number in this language: {language}" for language in one.languages_missing)
    for number in one.not_checked:
        last = f"last on {number.checked_on}" if number.checked_on else "never"
        yield f"number not checked: {number.service} {number.number}, {last}"


def checked(found: list[Coverage], directory: Directory, days: int) -> dict[str, object]:
    """Give what a check found as one object."""
    return {
        "version": directory.version,
        "days": days,
        "covered": not any(one.gaps for one in found),
        "authorities": [
            {
                "code": one.authority.code,
                "name": one.authority.name,
                "gaps": [_times(gap) for gap in one.gaps],
                "accepted_gaps": [
                    {
                        "from": _time(gap.begins_at),
                        "to": _time(gap.ends_at),
                        "reason": gap.reason,
                        "accepted_by": gap.accepted_by,
                    }
                    for gap in one.accepted
                ],
                "overlaps": [
                    {"services": list(each.services), **_times(Gap(each.begins_at, each.ends_at))}
                    for each in one.overlaps
                ],
                "unknown_hours": list(one.unknown_hours),
                "unreached": [{"service": slug, "why": why.value} for slug, why in one.unreached],
                "languages_missing": list(one.languages_missing),
                "numbers_not_checked": [
                    {
                        "service": number.service,
                        "phone": number.number,
                        "checked_on": number.checked_on.isoformat() if number.checked_on else None,
                    }
                    for number in one.not_checked
                ],
            }
            for one in found
        ],
    }


def page(directory: Directory, listed: list[Authority]) -> str:
    """Show some authorities with their services, then what is national."""
    lines = [f"Directory {directory.version}"]
    for authority in listed:
        lines += ["", f"{authority.name} ({authority.code}), {authority.nation.value.title()}"]
        lines += [f"  to {time.of.value}: {_allowed(time)}" for time in authority.clocks]
        lines += [f"  {time.of.value}: {_allowed(time)}" for time in authority.limits]
        for service in directory.by_authority.get(authority.code, ()):
            lines += _service_lines(service)
    lines += ["", "Police"]
    for service in directory.services.values():
        lines += [] if service.covers else _service_lines(service)
    lines += ["", "Support to offer a family"]
    lines += [f"  {one.name}: {one.about} ({one.standing.value})" for one in directory.support]
    return "\n".join(lines)


def _allowed(time: TimeAllowed) -> str:
    counted = " while it is open" if time.working_time else ""
    return f"{time.minutes} minutes{counted}; {time.provenance.source}"


def _service_lines(service: Service) -> list[str]:
    phones = [
        f"    {phone.number}{f' ({phone.language})' if phone.language else ''}{_days(phone.term)}"
        f"{', not verified' if phone.unverified else ''}, {_check(phone.provenance)};"
        f" {phone.provenance.source}"
        for phone in service.phones
    ]
    ways = [
        f"    written: {way.channel.value}{f', {way.where}' if way.where else ''}; {way.provenance.source}"
        for way in service.receives
    ]
    name = f"  {service.name} [{service.slug}]{_days(service.term)}"
    return [name, *phones, f"    {_hours(service.hours, service.on_duty.follows)}", *ways]


def _days(term: Term) -> str:
    first = f" from {term.first.isoformat()}" if term.first else ""
    return first + (f" until {term.last.isoformat()}" if term.last else "")


def _check(provenance: Provenance) -> str:
    if provenance.checked_on is None:
        return "not checked"
    return f"checked {provenance.checked_on.isoformat()} by {provenance.checked_by}"


def _hours(hours: Hours, follows: tuple[str, ...]) -> str:
    if isinstance(hours, UnknownHours):
        return "hours not known"
    if isinstance(hours, WrittenHours):
        days = [f"{day.on.isoformat()} {day.notation}" for day in hours.exceptions]
        return "; ".join([hours.notation, *days])
    if isinstance(hours, PeriodHours):
        return " / ".join(f"{_hours(one.hours, follows)}{_days(one.term)}" for one in hours.periods)
    return f"whenever {' and '.join(follows)} is closed"


def shown(directory: Directory, listed: list[Authority]) -> dict[str, object]:
    """Give some authorities, every service of theirs or of everybody's, and the support, as one object."""
    codes = {authority.code for authority in listed}
    return {
        "version": directory.version,
        "authorities": [
            {"code": one.code, "name": one.name, "nation": one.nation.value, **_source(one.provenance)}
            for one in listed
        ],
        "services": [
            _service(service)
            for service in directory.services.values()
            if not service.covers or service.covers & codes
        ],
        "support": [
            {"slug": one.slug, "name": one.name, "standing": one.standing.value, **_source(one.provenance)}
            for one in directory.support
        ],
    }


def _service(service: Service) -> dict[str, object]:
    return {
        "slug": service.slug,
        "kind": service.kind.value,
        "name": service.name,
        "covers": sorted(service.covers),
        "hours": _hours(service.hours, service.on_duty.follows),
        "phones": [
            {
                "number": phone.number,
                "language": phone.language,
                "unverified": phone.unverified,
                **_source(phone.provenance),
            }
            for phone in service.phones
        ],
        "receives": [
            {"channel": way.channel.value, "where": way.where, **_source(way.provenance)}
            for way in service.receives
        ],
    }


def _source(provenance: Provenance) -> dict[str, str | None]:
    return {
        "source": provenance.source,
        "source_dated": provenance.source_dated,
        "checked_on": provenance.checked_on.isoformat() if provenance.checked_on else None,
        "checked_by": provenance.checked_by,
    }


def _times(gap: Gap) -> dict[str, str]:
    return {"from": _time(gap.begins_at), "to": _time(gap.ends_at)}


def _time(instant: datetime) -> str:
    return to_local(instant).isoformat(timespec="minutes")
