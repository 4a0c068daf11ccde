"""`intake directory`: shows whom people are told to ring, and checks that somebody always answers."""

import argparse
import json
from datetime import datetime
from pathlib import Path

from intake.calendars.hours import UnknownHours, WrittenHours
from intake.calendars.local_time import to_local
from intake.cli import Commands
from intake.clock import SystemClock
from intake.errors import Refused
from intake.routing.coverage import Coverage, coverage
from intake.routing.directory import Directory, Provenance, Service
from intake.routing.directory_folder import read_directory

_DAYS = 400


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "directory",
        help="show or check the directory of services",
        description="Show the directory of duty services, or check that somebody answers at every minute.",
    )
    acts = parser.add_subparsers(title="acts", dest="act", metavar="ACT", required=True)
    check = acts.add_parser(
        "check",
        help="check every minute of the next 400 days; exit 1 on a gap",
        description="Check every minute of the next 400 days for each authority. A gap, when nobody is on"
        " duty, ends in 1. Hours not known and numbers nobody has checked for 180 days are named.",
    )
    show = acts.add_parser(
        "show",
        help="print every authority, service, number and source",
        description="Print every authority, service, number and source of the directory.",
    )
    for act in (check, show):
        act.add_argument(
            "--folder",
            type=Path,
            metavar="FOLDER",
            help="a directory other than the one the program ships with",
        )
        act.add_argument("--json", action="store_true", help="print one JSON object instead")


def run(args: argparse.Namespace) -> int:
    """Show or check."""
    directory = _directory(args.folder)
    if args.act == "show":
        print(json.dumps(_shown(directory), indent=2, ensure_ascii=False) if args.json else _page(directory))
        return 0
    now = SystemClock().now()
    found = [coverage(directory, authority, now, _DAYS) for authority in directory.authorities.values()]
    print(
        json.dumps(_checked(found, directory), indent=2, ensure_ascii=False) if args.json else _report(found)
    )
    return 1 if any(one.gaps for one in found) else 0


def _directory(folder: Path | None) -> Directory:
    try:
        return read_directory(folder)
    except OSError as error:
        raise Refused("folder", f"--folder {folder}: {error.strerror}: {error.filename}") from error


def _report(found: list[Coverage]) -> str:
    lines = []
    for one in found:
        lines.append(f"{one.authority.name} ({one.authority.code}), next {_DAYS} days:")
        lines += [f"  GAP: nobody from {_time(gap.begins_at)} to {_time(gap.ends_at)}" for gap in one.gaps]
        lines += [] if one.gaps else ["  somebody can be rung at every minute"]
        lines += [f"  hours not known: {slug} (the police stand behind it)" for slug in one.unknown_hours]
        lines += [
            f"  number not checked: {number.service} {number.number}, "
            + (f"last on {number.checked_on}" if number.checked_on else "never")
            for number in one.not_checked
        ]
    return "\n".join(lines)


def _checked(found: list[Coverage], directory: Directory) -> dict[str, object]:
    return {
        "version": directory.version,
        "days": _DAYS,
        "covered": not any(one.gaps for one in found),
        "authorities": [
            {
                "code": one.authority.code,
                "name": one.authority.name,
                "gaps": [{"from": _time(gap.begins_at), "to": _time(gap.ends_at)} for gap in one.gaps],
                "unknown_hours": list(one.unknown_hours),
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


def _page(directory: Directory) -> str:
    lines = [f"Directory {directory.version}"]
    for authority in directory.authorities.values():
        lines += ["", f"{authority.name} ({authority.code}), {authority.nation.value.title()}"]
        for service in directory.by_authority.get(authority.code, ()):
            lines += _service_lines(service)
    lines += ["", "Police"]
    for service in directory.services.values():
        lines += [] if service.covers else _service_lines(service)
    lines += ["", "Support to offer a family"]
    lines += [f"  {one.name}: {one.about} ({one.standing.value})" for one in directory.support]
    return "\n".join(lines)


def _service_lines(service: Service) -> list[str]:
    phones = [
        f"    {phone.number}{', not verified' if phone.unverified else ''}, {_check(phone.provenance)}; "
        f"{phone.provenance.source}"
        for phone in service.phones
    ]
    return [f"  {service.name} [{service.slug}]", *phones, f"    {_hours(service)}"]


def _check(provenance: Provenance) -> str:
    if provenance.checked_on is None:
        return "not checked"
    return f"checked {provenance.checked_on.isoformat()} by {provenance.checked_by}"


def _hours(service: Service) -> str:
    hours = service.hours
    if isinstance(hours, UnknownHours):
        return "hours not known"
    if isinstance(hours, WrittenHours):
        days = [f"{day.on.isoformat()} {day.notation}" for day in hours.exceptions]
        return "; ".join([hours.notation, *days])
    return f"whenever {' and '.join(service.on_duty.follows)} is closed"


def _shown(directory: Directory) -> dict[str, object]:
    return {
        "version": directory.version,
        "authorities": [
            {"code": one.code, "name": one.name, "nation": one.nation.value, **_source(one.provenance)}
            for one in directory.authorities.values()
        ],
        "services": [
            {
                "slug": service.slug,
                "kind": service.kind.value,
                "name": service.name,
                "covers": sorted(service.covers),
                "hours": _hours(service),
                "phones": [
                    {"number": p.number, "unverified": p.unverified, **_source(p.provenance)}
                    for p in service.phones
                ],
            }
            for service in directory.services.values()
        ],
        "support": [
            {"slug": one.slug, "name": one.name, "standing": one.standing.value, **_source(one.provenance)}
            for one in directory.support
        ],
    }


def _source(provenance: Provenance) -> dict[str, str | None]:
    return {
        "source": provenance.source,
        "source_dated": provenance.source_dated,
        "checked_on": provenance.checked_on.isoformat() if provenance.checked_on else None,
        "checked_by": provenance.checked_by,
    }


def _time(instant: datetime) -> str:
    return to_local(instant).isoformat(timespec="minutes")
