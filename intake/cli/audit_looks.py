"""`intake audit pack` and `intake audit looking`: who saw what, and which looks are worth asking about."""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from intake.calendars.local_time import from_local, to_local
from intake.cli import Commands
from intake.cli.at_work import at_work
from intake.errors import Refused
from intake.models.organisation import Organisation
from intake.queries.looks import Period
from intake.services.looking import Asking, Reported
from intake.services.operator import Operator
from intake.services.packs import Pack, Saw, SeenOf, Wanted
from intake.services.workplace import Services, Workplace

_A_WEEK = timedelta(days=7)
_NO_TIME = "{said!r} is no time. Write it as 2026-11-20 or 2026-11-20T08:30, by the clock on the wall."


def add_acts(acts: Commands) -> None:
    """Add both acts."""
    pack = acts.add_parser(
        "pack",
        help="print who saw what of children's records between two times",
        description="Print, from the trail alone, who saw what of children's records between two times: "
        "which records by reference, which parts, and how often. No word is opened. Cases restricted to "
        "named people are in it. Two people of each organisation must have allowed it on the page 'Trail', "
        "for this very time and whom it is about; the others' trails are not read, and they are named. That "
        "it was printed stands in the trail of each organisation it is about.",
    )
    pack.add_argument(
        "--from", required=True, dest="begins", metavar="TIME", help="2026-11-20T08:30, or a day"
    )
    pack.add_argument(
        "--to", required=True, dest="ends", metavar="TIME", help="up to this; a day is taken whole"
    )
    about = pack.add_mutually_exclusive_group()
    about.add_argument(
        "--person", metavar="EMAIL", help="only what this person saw, in whichever organisation"
    )
    about.add_argument("--organisation", metavar="NAME", help="only in this organisation")
    looking = acts.add_parser(
        "looking",
        help="print which looks are worth asking about",
        description="Print which looks are worth asking somebody about, and why (docs/looking.md). Names and "
        "homes are compared for it, which stands in the trail, and none is printed. Each line is a reason to "
        "ask, and no finding.",
    )
    looking.add_argument("--organisation", required=True, metavar="NAME")
    looking.add_argument(
        "--from", dest="begins", metavar="TIME", help="where not given: seven days before its end"
    )
    looking.add_argument("--to", dest="ends", metavar="TIME", help="where not given: now")
    for act in (pack, looking):
        act.add_argument("--json", action="store_true", help="print JSON instead")


def pack(args: argparse.Namespace) -> int:
    """Make and print the packs."""
    period = Period(_time(args.begins), _time(args.ends, whole_day=True))
    if period.ends <= period.begins:
        raise Refused("to", "The end is before the beginning.")
    packs, not_allowed = [], []
    with at_work() as place:
        with place.reading() as services:
            asked = tuple(_wanted(services, args, period))
        for wanted in asked:
            try:
                with place.opening() as services:
                    packs.append(services.packs.make_whole(wanted))
            except Refused as refused:
                if args.organisation is not None:
                    raise
                not_allowed.append((wanted.organisation_id, refused))
        names = _names(place, [organisation_id for organisation_id, _ in not_allowed])
    # Of many organisations only those are printed in which anybody saw anything.
    packs = packs if args.organisation else [each for each in packs if each.readings]
    if args.json:
        print(json.dumps([_pack_json(each) for each in packs], indent=2, ensure_ascii=False))
    else:
        print(
            "\n\n".join("\n".join(_pack_lines(each)) for each in packs) or "Nobody saw anything in that time."
        )
    if not_allowed:
        print(f"NOT READ: {'; '.join(names)}. {not_allowed[0][1].message}", file=sys.stderr)
    return 1 if not_allowed else 0


def looking(args: argparse.Namespace) -> int:
    """Make and print the report."""
    with at_work() as place, place.opening() as services:
        ends = services.tools.clock.now() if args.ends is None else _time(args.ends, whole_day=True)
        begins = ends - _A_WEEK if args.begins is None else _time(args.begins)
        if ends <= begins:
            raise Refused("to", "The end is before the beginning.")
        organisation_id = _organisation(services, args.organisation)
        report = services.looking.report_whole(organisation_id, Period(begins, ends))
    if args.json:
        print(json.dumps(_report_json(report), indent=2, ensure_ascii=False))
    else:
        lines = [_asking_line(each) for each in report.asking] or ["Nothing to ask about."]
        print("\n".join([f"{report.organisation}: {report.readings} readings", *lines, *_compared(report)]))
    return 0


def _wanted(services: Services, args: argparse.Namespace, period: Period) -> Iterator[Wanted]:
    person_id: UUID | None = None if args.person is None else Operator(services).person(args.person).id
    if args.organisation is not None:
        yield Wanted(_organisation(services, args.organisation), period)
        return
    found = services.unit.session.scalars(select(Organisation.id).order_by(Organisation.name)).all()
    for organisation_id in sorted(services.side.chains(found)):
        yield Wanted(organisation_id, period, person_id)


def _names(place: Workplace, organisation_ids: Sequence[UUID]) -> list[str]:
    with place.reading() as services:
        return sorted(services.staff.organisation(each) for each in organisation_ids)


def _organisation(services: Services, named: str) -> UUID:
    organisation_id = Operator(services).organisation(named).id
    if not services.side.is_ours(organisation_id):
        raise Refused("organisation", f"The trail of {named!r} is kept in the other tier: ask there.")
    return organisation_id


def _time(said: str, *, whole_day: bool = False) -> datetime:
    try:
        found = datetime.fromisoformat(said)
    except ValueError as trouble:
        raise Refused("time", _NO_TIME.format(said=said)) from trouble
    if not said.startswith(f"{found:%Y-%m-%d}"):
        # Without its dashes a day would be taken for its first moment.
        raise Refused("time", _NO_TIME.format(said=said))
    if whole_day and len(said) == len("2026-11-20"):
        found += timedelta(days=1)
    return found if found.tzinfo else from_local(found)


def _pack_lines(made: Pack) -> Iterator[str]:
    yield f"{made.organisation}, {_when(made.period.begins)} to {_when(made.period.ends)}"
    yield f"{len(made.people)} people, {made.records} records, {made.readings} readings; entry {made.number}"
    for saw in made.people:
        glass = ", behind broken glass" if saw.glass else ""
        yield (
            f"  {saw.name}: opened {saw.records} records {saw.opened} times ({_parts(saw)}), "
            f"{saw.names} names on lists, {_when(saw.first)} to {_when(saw.last)}{glass}"
        )
    for seen in made.opened:
        yield (
            f"  {_references(seen.references)}: {seen.opened} times ({_parts(seen)}) "
            f"by {', '.join(seen.by)}, {_when(seen.first)} to {_when(seen.last)}"
        )
    if made.only_listed or made.listed_without_reference:
        others = (
            [f"{made.listed_without_reference} children's files"] if made.listed_without_reference else []
        )
        yield f"  only the name, on a list: {', '.join([*made.only_listed, *others])}"


def _pack_json(made: Pack) -> dict[str, Any]:
    return {
        "organisation": made.organisation,
        "entry": made.number,
        "from": made.period.begins.isoformat(),
        "to": made.period.ends.isoformat(),
        "person": made.about,
        "readings": made.readings,
        "records": made.records,
        "people": [
            {"name": saw.name, "records": saw.records, "names_on_lists": saw.names, **_common(saw)}
            | {"behind_glass": saw.glass}
            for saw in made.people
        ],
        "opened": [{"references": seen.references, "by": seen.by, **_common(seen)} for seen in made.opened],
        "only_listed": made.only_listed,
        "listed_without_reference": made.listed_without_reference,
    }


def _common(seen: Saw | SeenOf) -> dict[str, Any]:
    return {
        "opened": seen.opened,
        "parts": sorted(part.value for part in seen.parts),
        "first": seen.first.isoformat(),
        "last": seen.last.isoformat(),
    }


def _report_json(report: Reported) -> dict[str, Any]:
    return {
        "organisation": report.organisation,
        "from": report.period.begins.isoformat(),
        "to": report.period.ends.isoformat(),
        "readings": report.readings,
        "asking": [
            {"at": each.at.isoformat(), "who": each.who, "why": each.why.value}
            | {"references": each.references, "many": each.many}
            for each in report.asking
        ],
        "compared": {
            "records": report.compared.cards,
            "not_opened": report.compared.gone,
            "people": report.compared.people,
            "people_without_postcode": report.compared.homeless,
        },
    }


def _compared(report: Reported) -> Iterator[str]:
    said = report.compared
    if said.people:
        yield (
            f"Names and homes of {said.cards} records compared with {said.people} people, {said.homeless} of "
            f"whom have given no postcode; {said.gone} records could not be opened."
        )


def _asking_line(each: Asking) -> str:
    of = _references(each.references) if each.references else f"{each.many} of them"
    return f"  {_when(each.at)}  {each.who}: {each.why.value.replace('_', ' ')} ({of})"


def _references(references: tuple[str, ...]) -> str:
    return ", ".join(references) or "a child's file without a concern"


def _parts(seen: Saw | SeenOf) -> str:
    return "".join(sorted(part.value for part in seen.parts)) or "names only"


def _when(at: datetime) -> str:
    return f"{to_local(at):%Y-%m-%d %H:%M}"
